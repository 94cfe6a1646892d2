/**
 * The same payload as an EdDSA JWT with `jose`. A record is a JWT of the whole, and one for each credential in it; no
 * payload has the proofs of the JSON-LD form. Keys are imported once.
 */

import { importJWK, jwtVerify, SignJWT } from 'jose'
import { credentialsIn } from './credentials-in.ts'

/** A private Ed25519 key. */
export interface PrivateKey {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly d: string
}

/** What `jose` does for us. */
export interface Jwt {
  /** Signs the payload of each credential; the answer verifies all of them. */
  prepare(text: string): Promise<() => Promise<void>>
  issue(credential: object): Promise<string>
}

/** Sets it up with one key for everything. */
export async function createJwt({ kty, crv, x, d }: PrivateKey): Promise<Jwt> {
  const privateKey = await importJWK({ kty, crv, x, d }, 'EdDSA')
  const publicKey = await importJWK({ kty, crv, x }, 'EdDSA')
  const sign = (payload: object) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt' }).sign(privateKey)
  return {
    prepare: async (text) => {
      const tokens: string[] = []
      for (const credential of credentialsIn(JSON.parse(text))) tokens.push(await sign(withoutProofs(credential)))
      return async () => {
        for (const token of tokens) await jwtVerify(token, publicKey, { typ: 'vc+jwt' })
      }
    },
    issue: sign,
  }
}

function withoutProofs(credential: object): object {
  return JSON.parse(JSON.stringify(credential, (name, value: unknown) => (name === 'proof' ? undefined : value)))
}
