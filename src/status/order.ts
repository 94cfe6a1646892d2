/**
 * Which index each place of a list stands for: a random order of all indices, decided by the list's secret.
 *
 * Indices must not tell when, or next to whom, a credential was issued (Bitstring Status List 1.0 section 5.2). Drawing one at
 * random and trying again when it is taken gets slow as a list fills; counting through a secret shuffle gives the same
 * distribution in one step each, up to the last index.
 */

/** The two ways through the order. */
export interface ListOrder {
  readonly indexOf: (place: number) => number | undefined
  readonly placeOf: (index: number) => number | undefined
}

/** Shuffles the indices (Fisher and Yates) by the key stream of AES-256 in counter mode. Same secret, same order. */
export async function listOrder(secret: Uint8Array, length: number): Promise<ListOrder> {
  const words = await keyStream(secret, 2 * length)
  const indices = Uint32Array.from({ length }, (_, index) => index)
  for (let place = length - 1; place > 0; place -= 1) {
    // 53 random bits: with lists of some million entries no index is likelier than another by more than one part in 2^30.
    const random = ((words[2 * place] as number) >>> 5) * 2 ** 26 + ((words[2 * place + 1] as number) >>> 6)
    const other = Math.floor((random / 2 ** 53) * (place + 1))
    const index = indices[place] as number
    indices[place] = indices[other] as number
    indices[other] = index
  }
  const places = new Uint32Array(length)
  for (let place = 0; place < length; place += 1) places[indices[place] as number] = place
  return { indexOf: (place) => indices[place], placeOf: (index) => places[index] }
}

async function keyStream(secret: Uint8Array, words: number): Promise<Uint32Array> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'AES-CTR', false, ['encrypt'])
  const algorithm = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 }
  const stream = new DataView(await crypto.subtle.encrypt(algorithm, key, new Uint8Array(4 * words)))
  // Read in one byte order on every platform: the order of a list must be the same wherever it is worked out.
  return Uint32Array.from({ length: words }, (_, index) => stream.getUint32(4 * index, true))
}
