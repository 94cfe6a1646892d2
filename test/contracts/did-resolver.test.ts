/** What every resolver of DIDs must do: find, say that there is none, and throw where it could not find out. */

import { Resolver } from 'did-resolver'
import { getResolver } from 'key-did-resolver'
import { createDidResolver, type DidResolver, didKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { toDidResolver } from '../../src/dids/resolver.ts'
import { findVerificationMethod } from '../../src/dids/verification-method.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { didDocument, judge, school, signedBadge } from '../helpers/fixtures.ts'

/** `foreign` says what comes of a DID of a method that the resolver does not have. */
const resolvers: readonly (readonly [string, DidResolver, { readonly foreign: 'none' | 'throws' }])[] = [
  ['didKey', didKey(), { foreign: 'none' }],
  ['createDidResolver', createDidResolver({ key: didKey() }), { foreign: 'throws' }],
  ['a Resolver of did-resolver', toDidResolver(new Resolver(getResolver())), { foreign: 'throws' }],
  [
    'a plain function',
    async (did) => (did === school.controller ? didDocument(school) : undefined),
    { foreign: 'none' },
  ],
]

const credential = await signedBadge()

describe.each(resolvers)('%s', (_name, resolve, { foreign }) => {
  it('finds a document of the DID that was asked for, with its key', async () => {
    const document = await resolve(school.controller)
    expect(document?.id).toBe(school.controller)
    for (const purpose of ['assertionMethod', 'authentication'] as const) {
      const found = document && findVerificationMethod(document, school.id, purpose)
      expect(found?.listed).toBe(true)
      expect(await readPublicKey(found?.method ?? {})).toEqual({ algorithm: 'Ed25519', bytes: school.publicKey })
    }
  })

  it('answers the same when asked again, and at once', async () => {
    const answers = await Promise.all([resolve(school.controller), resolve(school.controller)])
    expect(answers[1]).toEqual(answers[0])
    expect(await resolve(school.controller)).toEqual(answers[0])
  })

  it('says "none" or throws for what it does not know, and never makes something up', async () => {
    const answer = await resolve('did:example:nobody').catch(() => 'threw')
    expect(answer).toBe(foreign === 'none' ? undefined : 'threw')
    for (const odd of ['did:key:', 'did:key:zzz', 'did:key:z6Mk', '', 'did', 'https://school.example']) {
      expect(await resolve(odd).catch(() => undefined), odd).toBeUndefined()
    }
  })

  it('serves verify', async () => {
    expect(await judge(credential, { resolveDid: resolve })).toEqual(['valid'])
  })
})
