/** Attack: the verification method is an https URL: at a server of the thief's, or spelled so that two programs see two servers. */

import type { DidDocument, Key } from 'testamur'
import { verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, didDocument, edit, judge, now, school, thief } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const url = 'https://school.example/keys'

async function signedAt(method: string, issuer: string, key: Key = school): Promise<object> {
  const document = { ...badge(), issuer }
  return { ...document, proof: await proofOver(document, key, { verificationMethod: method }) }
}

function documentAt(id: string, more: object = {}, method: object = {}, key: Key = school): DidDocument {
  const name = `${id}#key`
  const lists = { id, assertionMethod: [name], authentication: [] }
  return didDocument(key, { ...lists, ...more }, { id: name, controller: id, ...method })
}

const good = await signedAt(`${url}#key`, url)
const resolveController = async (id: string) => (id === url ? documentAt(url) : undefined)

it('is refused by default', async () => {
  expect(await judge(good)).toEqual(['KEY_NOT_FOUND'])
})

it('is good where the caller resolves controllers, and the document is the issuer’s own', async () => {
  const report = await verify({ credential: good, now, resolveController })
  expect(report).toMatchObject({ verdict: 'valid', issuer: url })
})

describe('a document', () => {
  it.each<readonly [string, DidDocument | undefined, string]>([
    ['that is not there', undefined, 'KEY_NOT_FOUND'],
    ['of another id', documentAt('https://school.example/other'), 'CONTROLLER_MISMATCH'],
    [
      'whose key is of another controller',
      documentAt(url, {}, { controller: thief.controller }),
      'CONTROLLER_MISMATCH',
    ],
    ['that does not allow the key for this', documentAt(url, { assertionMethod: [] }), 'KEY_PURPOSE_MISMATCH'],
    ['with a revoked key', documentAt(url, {}, { revoked: '2026-01-01T00:00:00Z' }), 'KEY_REVOKED'],
    ['with another key of that name', documentAt(url, {}, {}, thief), 'PROOF_INVALID'],
  ])('%s is refused', async (_name, document, code) => {
    expect(await judge(good, { resolveController: async () => document })).toEqual([code])
  })

  it('that cannot be had leaves it open', async () => {
    const down = { resolveController: () => Promise.reject(new Error('the line is down')) }
    expect(await judge(good, down)).toEqual(['KEY_UNAVAILABLE'])
  })

  it('of the thief’s own signs for nobody else', async () => {
    const forged = await signedAt('https://thief.example/keys#key', url, thief)
    const everything = { resolveController: async (id: string) => documentAt(id, {}, {}, thief) }
    expect(await judge(forged, everything)).toEqual(['ISSUER_MISMATCH'])
  })
})

it.each([
  'http://school.example/keys#key',
  'https://school.example/keys',
  'https://school.example/keys#',
  'https://school.example/keys#key#key',
  'https://SCHOOL.example/keys#key',
  'https://school.example/other/../keys#key',
  'https://school.example:443/keys#key',
  'https://school.example@thief.example/keys#key',
  'https://school.example\\@thief.example/keys#key',
  'file:///keys#key',
])('the name %s is not looked up', async (name) => {
  const asked: string[] = []
  const codes = await judge(edit(good, '/proof/verificationMethod', name), {
    resolveController: async (id) => {
      asked.push(id)
      return documentAt(id)
    },
  })
  expect(codes).toEqual(['KEY_NOT_FOUND'])
  expect(asked).toEqual([])
})

it('the option must be a function', async () => {
  await expect(verify({ credential: good, now, resolveController: {} as never })).rejects.toThrow(/resolveController/)
})
