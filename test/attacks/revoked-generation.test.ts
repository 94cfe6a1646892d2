/** Attack: a key of a school's past, which the school gave up because it was stolen, signs once more, with any date. */

import { type DidWebKey, didWebDocument, generateKey, type Key } from 'testamur'
import { expect, it } from 'vitest'
import { eddsaRdfc2022 } from '../../src/proofs/suites.ts'
import type { JsonObject } from '../../src/types.ts'
import {
  bundledLoader,
  challenge,
  type Document,
  judge,
  judgePresentation,
  plainCredential,
} from '../helpers/fixtures.ts'
import { webDid, webDidUrl, webOnline } from '../helpers/web-school.ts'

const generations = await Promise.all(
  [21, 22, 23].map((byte) => generateKey({ seed: new Uint8Array(32).fill(byte), controller: webDid })),
)
const [first, second, third] = generations as [Key, Key, Key]

/** A record, or a presentation, signed by this key, with this date in it and in its proof. */
async function signedAt(date: string, key: Key, purpose: 'assertionMethod' | 'authentication' = 'assertionMethod') {
  const record = plainCredential({
    id: 'urn:uuid:5f0c9a10-6f9e-4b1c-8a52-1d6d3f2f7e04',
    issuer: webDid,
    validFrom: date,
  })
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: webDid,
  }
  const document = (purpose === 'assertionMethod' ? record : presentation) as unknown as JsonObject
  const more = purpose === 'authentication' ? { challenge } : {}
  const created = new Date(date)
  const proof = await eddsaRdfc2022().sign({ document, purpose, created, loadDocument: bundledLoader, ...more }, key)
  return { ...document, proof } as unknown as Document
}

const network = (keys: readonly DidWebKey[]) =>
  webOnline({ [webDidUrl]: { body: JSON.stringify(didWebDocument({ did: webDid, keys }), null, 2) } })

const records = {
  first: await signedAt('2024-06-01T00:00:00Z', first),
  second: await signedAt('2025-06-01T00:00:00Z', second),
  third: await signedAt('2026-06-01T00:00:00Z', third),
}
const backdated = await signedAt('2023-01-01T00:00:00Z', first)
const revoked = new Date('2026-03-01T00:00:00Z')

/** What stands against the records of the three keys. */
async function verdicts(keys: readonly DidWebKey[]) {
  const online = network(keys)
  return Promise.all(Object.values(records).map(async (record) => (await judge(record, online)).join()))
}

it('what a revoked key signed is refused, before and after, and what the others signed is good', async () => {
  const keys = [{ ...first, revoked }, { ...second, retired: true }, third]
  expect(await verdicts(keys)).toEqual(['KEY_REVOKED', 'valid', 'valid'])
  expect(await judge(backdated, network(keys))).toEqual(['KEY_REVOKED'])
  expect(await judge(await signedAt('2026-11-01T00:00:00Z', first), network(keys))).toEqual(['KEY_REVOKED'])
})

it('a key that was revoked in this very minute is refused as well', async () => {
  const keys = [{ ...first, revoked: new Date('2026-11-22T12:00:00Z') }, third]
  expect(await judge(records.first, network(keys))).toEqual(['KEY_PURPOSE_MISMATCH'])
})

it('a key that was left out is unknown', async () => {
  expect(await verdicts([second, third])).toEqual(['KEY_NOT_FOUND', 'valid', 'valid'])
})

it('a retired key presents nothing', async () => {
  const [old, present] = [
    await signedAt('2026-11-22T11:00:00Z', second, 'authentication'),
    await signedAt('2026-11-22T11:00:00Z', third, 'authentication'),
  ]
  const keys = [{ ...second, retired: true }, third]
  expect(await judgePresentation(old, network(keys))).toEqual(['KEY_PURPOSE_MISMATCH'])
  expect(await judgePresentation(present, network(keys))).toEqual(['valid'])
})

it.each([
  ['first', [first], ['valid', 'KEY_NOT_FOUND', 'KEY_NOT_FOUND']],
  ['second, announced', [first, second], ['valid', 'valid', 'KEY_NOT_FOUND']],
  ['third', [{ ...first, retired: true }, { ...second, retired: true }, third], ['valid', 'valid', 'valid']],
] as const)('in the time of the %s nothing that was signed is lost', async (_name, keys, expected) => {
  expect(await verdicts(keys)).toEqual(expected)
})
