/** SD-JWTs past every check of `issue`: made disclosure by disclosure, as another program or a forger could. */

import { createHash } from 'node:crypto'
import type { JsonObject, Signer } from 'testamur'
import { signJws } from '../../src/envelopes/jws.ts'
import { copyOf, school } from './fixtures.ts'

/** The text of a disclosure. */
export function disclosure(...content: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(['c2FsdA', ...content])).toString('base64url')
}

/** The digest of a disclosure, or of any text. */
export function digestOf(text: string, algorithm = 'sha256'): string {
  return createHash(algorithm).update(text).digest('base64url')
}

/** A payload, signed, with disclosures behind it. */
export async function sdJwtOf(
  payload: object,
  disclosures: readonly string[],
  header: object = {},
  key: Signer = school,
): Promise<string> {
  const jwt = await signJws({ kid: key.id, typ: 'vc+sd-jwt', ...header }, copyOf(payload) as JsonObject, key)
  return `${[jwt, ...disclosures].join('~')}~`
}

/** The text with a key binding of these claims. */
export async function bind(text: string, key: Signer, claims: object, header: object = {}): Promise<string> {
  const payload = { sd_hash: digestOf(text), ...claims }
  return text + (await signJws({ typ: 'kb+jwt', ...header }, copyOf(payload) as JsonObject, key))
}
