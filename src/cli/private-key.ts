/** Recognises private keys where something public is expected, so that they are neither taken for it nor printed again. */

import { isObject, readJson } from '../encoding/json.ts'
import { decodeSecretMultikey } from '../encoding/multikey.ts'

/** Longest text that is looked at: an RSA key of 8192 bits has 7,000 characters. */
const LONGEST = 20_000

/** What to say to who typed one. */
export const neverTyped =
  '--key takes the name of a file, never the key itself: other users see the arguments of every process, and the shell keeps them. Take this key as known to others, and make a new one'

/** Whether a text is a private key: PEM, a Multikey secret, or JSON that has its private part. */
export function isPrivateKey(text: string): boolean {
  if (text.length > LONGEST) return false
  if (/-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(text)) return true
  if (/^\s*z[1-9A-HJ-NP-Za-km-z]{40,120}\s*$/.test(text)) return decodeSecretMultikey(text.trim()) !== undefined
  const read = /^\s*\{/.test(text) ? readJson(text) : undefined
  return read !== undefined && 'value' in read && hasSecret(read.value)
}

/** A JWK, a set of them, or a verification method with its private half. */
function hasSecret(value: unknown): boolean {
  if (!isObject(value)) return false
  if (typeof value['kty'] === 'string' && ('d' in value || 'k' in value)) return true
  if (Object.keys(value).some((name) => /^(private|secret)Key/.test(name))) return true
  return Array.isArray(value['keys']) && value['keys'].some(hasSecret)
}
