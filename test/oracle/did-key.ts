/** did:key fixtures by curve: the key of our document is that of the fixture's. */

import { type DidDocument, didKey } from 'testamur'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

interface Fixture {
  readonly didDocument?: DidDocument
  readonly publicKeyJwk?: object
}

/** Every fixture of the folder. Curves that no supported proof uses are not resolved. */
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
    const supported = /^did:key:(z6Mk|zDn|z82|zUC7)/.test(did)
    const document = await resolve(did)
    if (!supported) return { unsupported: 'curve' }
    const expected = await readPublicKey(fixture.didDocument?.verificationMethod?.[0] ?? {})
    const found = await readPublicKey(document?.verificationMethod?.[0] ?? {})
    const same = expected && found && expected.algorithm === found.algorithm && equal(expected.bytes, found.bytes)
    return same
      ? undefined
      : { differs: `the keys are not the same: ${JSON.stringify(fixture.didDocument?.verificationMethod)}` }
  })
}

function equal(one: Uint8Array, two: Uint8Array): boolean {
  return one.length === two.length && one.every((byte, index) => byte === two[index])
}
