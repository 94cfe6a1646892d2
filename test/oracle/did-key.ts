/** did:key fixtures by curve: the key of our document is that of the fixture's. */

import { base58btc } from 'multiformats/bases/base58'
import { type DidDocument, didKey, type VerificationMethod } from 'testamur'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

interface Fixture {
  readonly didDocument?: DidDocument
  readonly publicKeyJwk?: object
}

/** Every fixture of the folder. */
export function runDidKey(): Promise<SetResult> {
  const resolve = didKey()
  const cases = listOracle('vectors/did-key').flatMap((file) =>
    Object.entries(readOracleJson<Record<string, Fixture>>(`vectors/did-key/${file}`))
      .flatMap(([did, fixture]) =>
        did.startsWith('did:')
          ? [[did, fixture] as const]
          : Object.entries(fixture).map(([id, document]) => [id, { didDocument: document } as Fixture] as const),
      )
      .filter(([did]) => did.startsWith('did:key:'))
      .map(([did, fixture]) => [`${file} ${did.slice(0, 30)}`, { did, fixture }] as const),
  )
  return runSet('did:key', cases, async ({ did, fixture }) => {
    const [found, expected] = [await resolve(did), fixture.didDocument].map((each) => each?.verificationMethod?.[0])
    if (!found || !expected) return { differs: 'there is no document' }
    const key = await readPublicKey(found)
    const wanted = await readPublicKey(expected)
    // What no proof here is made with is compared as it stands, by its point or its first coordinate.
    const same = wanted
      ? key && wanted.algorithm === key.algorithm && equal(wanted.bytes, key.bytes)
      : isNamed(did, expected)
    return same ? undefined : { differs: `the keys are not the same: ${JSON.stringify(expected)}` }
  })
}

function equal(one: Uint8Array, two: Uint8Array): boolean {
  return one.length === two.length && one.every((byte, index) => byte === two[index])
}

/** Whether the bytes that the name stands for hold the key of the fixture. */
function isNamed(did: string, { publicKeyBase58, publicKeyJwk }: VerificationMethod): boolean {
  const name = Buffer.from(base58btc.decode(did.slice('did:key:'.length)))
  const { x } = (publicKeyJwk ?? {}) as { readonly x?: string }
  const part = publicKeyBase58 ? base58btc.decode(`z${publicKeyBase58}`) : Buffer.from(x ?? '', 'base64url')
  return part.length > 0 && name.includes(Buffer.from(part))
}
