/** What every kind of proof must do. */

import {
  type Algorithm,
  type Cryptosuite,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  generateKey,
  type JsonObject,
  type Key,
  type Proof,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, bundledLoader, copyOf, edit, learner, now, plainCredential, school } from '../helpers/fixtures.ts'

const suites: readonly (readonly [string, () => Cryptosuite, Algorithm])[] = [
  ['eddsa-rdfc-2022', eddsaRdfc2022, 'Ed25519'],
  ['Ed25519Signature2020', ed25519Signature2020, 'Ed25519'],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019, 'P-256'],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019, 'P-384'],
  ['eddsa-jcs-2022', eddsaJcs2022, 'Ed25519'],
  ['ecdsa-jcs-2019', ecdsaJcs2019, 'P-256'],
  ['ecdsa-jcs-2019', ecdsaJcs2019, 'P-384'],
]

describe.each(suites)('%s', (name, make, algorithm) => {
  describe(`with ${algorithm}`, async () => {
    const suite = make()
    const key = await generateKey({ algorithm })
    const other = await generateKey({ algorithm })
    const document = secured({ ...badge(), issuer: school.controller })
    const input = { document, purpose: 'assertionMethod', created: now, loadDocument: bundledLoader } as const
    const proof = await suite.sign(input, key)
    const verify = (what: object, by: Proof, of: Key = key) =>
      suite.verify(
        { document: what as JsonObject, proof: by, loadDocument: bundledLoader },
        { algorithm, bytes: of.publicKey },
      )

    /** With the contexts that the proof needs, as `issue` puts them there. */
    function secured(plain: object): JsonObject {
      const context = make().requiredContext(copyOf(plain) as JsonObject)
      const contexts = [(plain as { '@context': unknown })['@context']].flat()
      return copyOf({ ...plain, '@context': context === undefined ? contexts : [...contexts, context] }) as JsonObject
    }

    it('is named as its proofs name it, and takes this algorithm', () => {
      expect(suite).toMatchObject({ kind: 'proof', name })
      expect(suite.algorithms).toContain(algorithm)
      expect(proof.cryptosuite ?? proof.type).toBe(name)
      expect(proof).toMatchObject({
        verificationMethod: key.id,
        proofPurpose: 'assertionMethod',
        created: '2026-11-22T12:00:00Z',
      })
    })

    it('verifies what it signed, as often as it is asked, also after a way through JSON', async () => {
      for (let time = 0; time < 3; time += 1) expect(await verify(document, proof)).toBe(true)
      expect(await verify(copyOf(document), JSON.parse(JSON.stringify(proof)) as Proof)).toBe(true)
    })

    it('changes neither the document nor the proof', async () => {
      const before = JSON.stringify([document, proof])
      await suite.sign(input, key)
      await verify(document, proof)
      expect(JSON.stringify([document, proof])).toBe(before)
      expect(document).not.toHaveProperty('proof')
    })

    it('answers false for another key', async () => {
      expect(await verify(document, proof, other)).toBe(false)
    })

    it('answers false for another document, or other options of the proof', async () => {
      expect(await verify(edit(document, '/name', 'Doctorate'), proof)).toBe(false)
      expect(await verify(edit(document, '/validUntil', '2036-01-01T00:00:00Z'), proof)).toBe(false)
      for (const change of [
        { created: '2026-11-22T12:00:01Z' },
        { proofPurpose: 'authentication' },
        { challenge: 'x' },
        { domain: 'x' },
      ]) {
        expect(await verify(document, { ...proof, ...change }), JSON.stringify(change)).toBe(false)
      }
    })

    it('answers false for what is no signature', async () => {
      for (const proofValue of [
        '',
        'z',
        'z1',
        `${proof.proofValue}1`,
        proof.proofValue.slice(0, -1),
        proof.proofValue.slice(1),
      ]) {
        expect(await verify(document, { ...proof, proofValue }), proofValue).toBe(false)
      }
    })

    it('answers false for a document that would lose members on the way', async () => {
      expect(await verify(edit(document, '/honours', 'cum laude'), proof)).toBe(false)
    })

    it.skipIf(suite.coversJson)('throws where a context is not at hand: that is no verdict', async () => {
      const unknown = edit(document, '/@context', [...(document['@context'] as string[]), 'https://context.example/v1'])
      await expect(verify(unknown, proof)).rejects.toThrow('https://context.example/v1')
      const down = () => Promise.reject(new Error('the line is down'))
      await expect(
        suite.verify(
          { document: unknown as JsonObject, proof, loadDocument: down },
          { algorithm, bytes: key.publicKey },
        ),
      ).rejects.toThrow('the line is down')
    })

    it('binds challenge and domain where they are given', async () => {
      const presentation = secured({
        ...plainCredential(),
        type: ['VerifiablePresentation'],
        credentialSubject: undefined,
        holder: learner.controller,
      })
      const bound = await suite.sign(
        { ...input, document: presentation, purpose: 'authentication', challenge: 'c', domain: 'd.example' },
        key,
      )
      expect(bound).toMatchObject({ challenge: 'c', domain: 'd.example', proofPurpose: 'authentication' })
      expect(await verify(presentation, bound)).toBe(true)
      expect(await verify(presentation, { ...bound, challenge: 'e' })).toBe(false)
      const { domain: _, ...unbound } = bound
      expect(await verify(presentation, unbound)).toBe(false)
    })
  })
})
