/**
 * Public keys of Ed25519 (RFC 8032 section 5.1.3): whether bytes are one, without the arithmetic that signatures need. Where the
 * platform checks signatures, reading a key then loads no library.
 */

import type { PublicKeyRow } from './algorithm.ts'

/** The field's prime, and the constant d of the curve -x² + y² = 1 + dx²y². */
const prime = 2n ** 255n - 19n
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/** What can be done with a public key alone. */
export const ed25519PublicKeys: PublicKeyRow = {
  assertPublicKey: (publicKey) => {
    if (publicKey.length !== 32) throw new Error('not 32 bytes')
    const y = yOf(publicKey)
    if (y >= prime) throw new Error('not the canonical form')
    const ySquared = (y * y) % prime
    if (isOfSmallOrder(y, ySquared)) throw new Error('a point of small order')
    // x² = (y² - 1) / (dy² + 1), and a quotient is a square just where the product is one.
    if (!isSquare(modulo((ySquared - 1n) * (d * ySquared + 1n)))) throw new Error('no point of the curve')
  },
  toCoordinates: (publicKey) => ({ x: publicKey }),
  fromCoordinates: (x) => x,
}

/** Little-endian, without the highest bit, which is the sign of x. */
function yOf(publicKey: Uint8Array): bigint {
  let y = BigInt((publicKey[31] as number) & 0x7f)
  for (let index = 30; index >= 0; index -= 1) y = (y << 8n) | BigInt(publicKey[index] as number)
  return y
}

/**
 * Of order 1, 2 and 4 are the points with y = 1, -1 and 0. A point of order 8, doubled, has y = 0: x² + y² = 0, which with
 * the curve gives dy⁴ + 2y² = 1.
 */
function isOfSmallOrder(y: bigint, ySquared: bigint): boolean {
  return y === 0n || ySquared === 1n || modulo(d * ySquared * ySquared + 2n * ySquared) === 1n
}

/** Euler's criterion. */
function isSquare(value: bigint): boolean {
  let power = 1n
  for (const bit of exponentBits) {
    power = (power * power) % prime
    if (bit === '1') power = (power * value) % prime
  }
  return power <= 1n
}

const exponentBits = ((prime - 1n) / 2n).toString(2)

function modulo(value: bigint): bigint {
  const rest = value % prime
  return rest < 0n ? rest + prime : rest
}
