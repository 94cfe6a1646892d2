/**
 * Numbers by names of 16 bytes, in one typed array: some 30 bytes for each, where a `Map` of texts takes 150. Names must be as good as
 * random (digests), since the place of one follows from its first bytes. Open addressing with linear probing.
 */

/** A name as four words. */
export type HashKey = readonly [number, number, number, number]

/** Remembers numbers from 0 to 2^32 - 2. */
export interface HashTable {
  get(key: HashKey): number | undefined
  set(key: HashKey, value: number): void
}

/** Words of a name, and one for its number. */
const WORDS = 5
const FIRST_CAPACITY = 1_024
/** Share of the slots that may be taken. */
const FULL = 0.8
const GROWTH = 1.5

/** An empty table. It grows as it fills, and never shrinks. */
export function createHashTable(): HashTable {
  let capacity = FIRST_CAPACITY
  let table = new Uint32Array(capacity * WORDS)
  let size = 0

  /** Where a name is, or the free slot where it belongs. The number is kept one higher: 0 is a free slot. */
  function find(a: number, b: number, c: number, d: number): number {
    let slot = a % capacity
    for (;;) {
      const at = slot * WORDS
      if (table[at + 4] === 0) return at
      if (table[at] === a && table[at + 1] === b && table[at + 2] === c && table[at + 3] === d) return at
      slot = slot + 1 === capacity ? 0 : slot + 1
    }
  }

  function put(at: number, [a, b, c, d]: HashKey, kept: number): void {
    table[at] = a
    table[at + 1] = b
    table[at + 2] = c
    table[at + 3] = d
    table[at + 4] = kept
  }

  function grow(): void {
    const before = table
    capacity = Math.ceil(capacity * GROWTH)
    table = new Uint32Array(capacity * WORDS)
    for (let at = 0; at < before.length; at += WORDS) {
      const kept = before[at + 4] as number
      if (kept === 0) continue
      const key = [before[at], before[at + 1], before[at + 2], before[at + 3]] as unknown as HashKey
      put(find(...key), key, kept)
    }
  }

  return {
    get(key) {
      const kept = table[find(...key) + 4] as number
      return kept === 0 ? undefined : kept - 1
    },
    set(key, value) {
      if (!(Number.isInteger(value) && value >= 0 && value < 0xffffffff)) throw new RangeError(`no number: ${value}`)
      const at = find(...key)
      if (table[at + 4] === 0) size += 1
      put(at, key, value + 1)
      if (size > capacity * FULL) grow()
    },
  }
}

/** The name that begins bytes, such as those of a digest. */
export function hashKeyOf(bytes: Uint8Array): HashKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16)
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}
