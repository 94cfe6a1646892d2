/** Statements that another library sorted by UTF-16 unit before it signed: RDFC-1.0 sorts by code point, and few texts show it. */

import { createHash } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { sha256 } from '../../src/encoding/hash.ts'
import { makeForm } from '../../src/jsonld/form.ts'
import { canonicalLines, type Order } from '../../src/jsonld/rdfc.ts'
import { badge, bundledLoader, copyOf, type Document, edit, now, school } from '../helpers/fixtures.ts'

/** Data Integrity EdDSA Cryptosuites 1.0 section 3.2, with statements in this order. */
async function signedIn(order: Order, tags: readonly string[]): Promise<Document> {
  const plain = edit(copyOf({ ...badge(), issuer: school.controller }), '/credentialSubject/achievement/tag', tags)
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: now.toISOString(),
    verificationMethod: school.id,
    proofPurpose: 'assertionMethod',
  }
  const document = { ...plain, id: 'urn:x:a', validFrom: '2026-01-01T00:00:00Z' }
  const hashes = await Promise.all(
    [{ '@context': plain['@context'], ...options }, document].map(async (each) => {
      const form = await makeForm(copyOf(each) as never, bundledLoader)
      if (!('dataset' in form)) throw new Error('it has no statements')
      return createHash('sha256')
        .update(canonicalLines(form.dataset, sha256, order).join(''))
        .digest()
    }),
  )
  return { ...document, proof: { ...options, proofValue: base58btc.encode(await school.sign(Buffer.concat(hashes))) } }
}

const proofOf = async (credential: Document) => {
  const { checks } = await verify({ credential, now })
  return checks.find(({ name }) => name === 'proof')
}
const apart = ['\u{1F600}', '\uFF21']

it('are genuine, and it is told', async () => {
  const check = await proofOf(await signedIn('utf-16', apart))
  expect(check).toMatchObject({ outcome: 'passed', notes: [expect.stringContaining('sorted by UTF-16 unit')] })
})

it('are told of only where the orders part', async () => {
  for (const [order, tags] of [
    ['code-point', apart],
    ['utf-16', ['\u{1F600}', '\uD7FF']],
    ['utf-16', ['\uFF21', '\uD7FF']],
  ] as const) {
    const check = await proofOf(await signedIn(order, tags))
    expect([check?.outcome, JSON.stringify(check)]).toEqual(['passed', expect.not.stringContaining('UTF-16')])
  }
})

it('are forged where they were changed', async () => {
  const forged = edit(await signedIn('utf-16', apart), '/credentialSubject/achievement/tag/1', '\uFF22')
  expect(await proofOf(forged)).toMatchObject({ outcome: 'failed', code: 'PROOF_INVALID' })
})
