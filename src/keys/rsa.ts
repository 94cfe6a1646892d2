/**
 * RSA (RFC 8017) as JOSE's RS256 uses it: RSASSA-PKCS1-v1_5 with SHA-256, through WebCrypto. There is no second
 * implementation in JavaScript: where the platform has none, that is said.
 */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { CredentialError } from '../errors.ts'
import type { PublicKey } from './algorithm.ts'
import type { PublishedJwk, RsaPrivateJwk } from './jwk.ts'

/** Least and most bits of a modulus (RFC 7518 section 3.3 asks for 2048; the cost of a check grows with its square). */
const MIN_BITS = 2048
const MAX_BITS = 8192
/** Most bytes of the public exponent. */
const MAX_EXPONENT = 4

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** Modulus and public exponent, without leading zero bytes. */
interface Numbers {
  readonly n: Uint8Array
  readonly e: Uint8Array
}

/** Public key of a JWK; `undefined` when it is none, or too small or too large to be used. */
export function readRsaJwk(jwk: PublishedJwk): PublicKey | undefined {
  const n = positive(jwk.n)
  const e = positive(jwk.e)
  const bytes = n && e && writeDer({ n, e })
  return bytes && isSoundRsa(bytes) ? { algorithm: 'RSA', bytes } : undefined
}

/** Modulus and exponent of a public key, as a JWK has them. */
export function rsaJwkOf(bytes: Uint8Array): { readonly kty: 'RSA'; readonly n: string; readonly e: string } {
  const { n, e } = numbersOf(bytes)
  return { kty: 'RSA', n: toBase64Url(n), e: toBase64Url(e) }
}

/** Whether the bytes are an RSAPublicKey (RFC 8017 appendix A.1.1) of 2048 to 8192 bits with an odd exponent above 1. */
export function isSoundRsa(bytes: Uint8Array): boolean {
  const numbers = readDer(bytes)
  if (!numbers) return false
  const { n, e } = numbers
  const bits = n.length * 8 - Math.clz32(n[0] as number) + 24
  const isOdd = (number: Uint8Array) => ((number.at(-1) as number) & 1) === 1
  const isExponent = e.length <= MAX_EXPONENT && isOdd(e) && !(e.length === 1 && e[0] === 1)
  return bits >= MIN_BITS && bits <= MAX_BITS && isOdd(n) && isExponent
}

const imported = new WeakMap<PublicKey, CryptoKey>()

/**
 * Whether the signature is good.
 * @throws CredentialError `KEY_UNSUPPORTED` where the platform has no WebCrypto: it could not be found out.
 */
export async function verifyRsa(key: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const subtle = subtleCrypto()
  if (!isSoundRsa(key.bytes) || signature.length !== numbersOf(key.bytes).n.length) return false
  let cryptoKey = imported.get(key)
  if (!cryptoKey) {
    cryptoKey = await subtle.importKey('jwk', rsaJwkOf(key.bytes), algorithm, false, ['verify'])
    imported.set(key, cryptoKey)
  }
  return subtle.verify(algorithm.name, cryptoKey, Uint8Array.from(signature), Uint8Array.from(data))
}

/** What a private RSA key does and is. */
export interface RsaSecret {
  readonly publicKey: Uint8Array
  readonly jwk: RsaPrivateJwk
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** A fresh key of 3072 bits, which SP 800-57 rates as high as P-256. */
export async function generateRsa(): Promise<RsaSecret> {
  const subtle = subtleCrypto()
  const options = { ...algorithm, modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) }
  const { privateKey } = await subtle.generateKey(options, true, ['sign', 'verify'])
  return readRsaSecret((await subtle.exportKey('jwk', privateKey)) as PublishedJwk)
}

/** Reads a private JWK. */
export async function readRsaSecret(jwk: PublishedJwk): Promise<RsaSecret> {
  const subtle = subtleCrypto()
  const { n, e, d, p, q, dp, dq, qi } = jwk
  const key = readRsaJwk({ n, e } as PublishedJwk)
  if (!key) {
    throw malformed(`its modulus n must have ${MIN_BITS} to ${MAX_BITS} bits, its exponent e must be odd and above 1`)
  }
  if (![d, p, q, dp, dq, qi].every((part) => typeof part === 'string')) {
    throw malformed('its private part is in d, p, q, dp, dq and qi, each as base64url text')
  }
  const exact = { ...rsaJwkOf(key.bytes), d, p, q, dp, dq, qi } as RsaPrivateJwk
  let cryptoKey: CryptoKey
  try {
    cryptoKey = await subtle.importKey('jwk', exact as JsonWebKey, algorithm, false, ['sign'])
    const probe = new Uint8Array(1)
    const signature = new Uint8Array(await subtle.sign(algorithm.name, cryptoKey, probe))
    if (!(await verifyRsa(key, probe, signature))) throw new Error('another public part')
  } catch {
    // No cause: the platform's message may quote the key.
    throw malformed('its private part cannot be read, or does not belong to its public part')
  }
  const sign = async (data: Uint8Array) =>
    new Uint8Array(await subtle.sign(algorithm.name, cryptoKey, Uint8Array.from(data)))
  return { publicKey: key.bytes, jwk: Object.freeze(exact), sign }
}

function malformed(right: string): CredentialError {
  return new CredentialError('KEY_MALFORMED', `importKey: an RSA key has kty "RSA"; ${right}`)
}

function subtleCrypto(): SubtleCrypto {
  const { subtle } = globalThis.crypto ?? {}
  if (subtle) return subtle
  throw new CredentialError('KEY_UNSUPPORTED', 'RSA needs WebCrypto (crypto.subtle), which this platform does not have')
}

/** A number as JOSE writes it; leading zero bytes, which RFC 7518 section 2 forbids, do not change it. */
function positive(text: unknown): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined
  const start = bytes?.findIndex((byte) => byte !== 0) ?? -1
  return start < 0 ? undefined : bytes?.subarray(start)
}

function numbersOf(bytes: Uint8Array): Numbers {
  const numbers = readDer(bytes)
  if (numbers) return numbers
  throw new CredentialError('KEY_MALFORMED', 'the bytes are no RSAPublicKey')
}

/** RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, in DER. */
function writeDer({ n, e }: Numbers): Uint8Array {
  return element(0x30, Uint8Array.from([...integer(n), ...integer(e)]))
}

function integer(number: Uint8Array): Uint8Array {
  const isNegative = (number[0] as number) >= 0x80
  return element(0x02, isNegative ? Uint8Array.from([0, ...number]) : number)
}

function element(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Uint8Array.from([tag, ...head, ...content])
}

/** Reads what `writeDer` writes, and nothing else: text that it would write differently is refused. */
function readDer(bytes: Uint8Array): Numbers | undefined {
  const sequence = content(bytes, 0, 0x30)
  const modulus = sequence && content(bytes, sequence.start, 0x02)
  const exponent = modulus && content(bytes, modulus.end, 0x02)
  if (!exponent || exponent.end !== bytes.length) return undefined
  const [n, e] = [modulus, exponent].map(({ start, end }) => {
    const number = bytes.subarray(start, end)
    return number[0] === 0 ? number.subarray(1) : number
  }) as [Uint8Array, Uint8Array]
  if (n.length === 0 || e.length === 0 || n[0] === 0 || e[0] === 0) return undefined
  const written = writeDer({ n, e })
  return written.length === bytes.length && written.every((byte, index) => byte === bytes[index]) ? { n, e } : undefined
}

function content(
  bytes: Uint8Array,
  at: number,
  tag: number,
): { readonly start: number; readonly end: number } | undefined {
  const first = bytes[at + 1]
  if (bytes[at] !== tag || first === undefined) return undefined
  const width = first < 0x80 ? 0 : first - 0x80
  if (width > 2) return undefined
  const start = at + 2 + width
  const length = width === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0)
  return start + length <= bytes.length ? { start, end: start + length } : undefined
}
