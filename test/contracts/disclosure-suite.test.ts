/** What every suite of selective disclosure must do, besides what test/contracts/cryptosuite.test.ts asks of the others. */

import {
  type Algorithm,
  acceptBaseProof,
  bbs2023,
  type DisclosureSuite,
  ecdsaSd2023,
  exportKeyMultibase,
  generateKey,
  importKey,
  type JsonObject,
  type Key,
  type Proof,
  type Signer,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/proofs/selective-disclosure/cbor.ts'
import { changeComponent, componentsOf, proofOf } from '../helpers/disclosed.ts'
import { bundledLoader, copyOf, edit, kms, now, plainCredential } from '../helpers/fixtures.ts'

const suites: readonly (readonly [string, () => DisclosureSuite, Algorithm])[] = [
  ['ecdsa-sd-2023', ecdsaSd2023, 'P-256'],
  ['bbs-2023', bbs2023, 'Bls12381G2'],
]

const document = copyOf(
  plainCredential({
    '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'https://school.example/terms#' }],
    id: 'urn:example:1',
    issuer: 'did:example:school',
    validFrom: '2026-11-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:ada',
      courses: [
        { code: 'LAT-1', grade: 'A' },
        { code: 'LAT-2', grade: 'C' },
      ],
      motto: 'a',
    },
  }),
) as unknown as JsonObject
const mandatoryPointers = ['/issuer', '/credentialSubject/courses/1/grade']

describe.each(suites)('%s', async (name, make, algorithm) => {
  const suite = make()
  const key = await generateKey({ algorithm, seed: new Uint8Array(32).fill(3) })
  const other = await generateKey({ algorithm, seed: new Uint8Array(32).fill(4) })
  const loadDocument = bundledLoader
  const publicOf = (of: Key) => ({ algorithm, bytes: of.publicKey })
  const signWith = (signer: Signer, of: Key = key) =>
    suite.sign(
      { document, purpose: 'assertionMethod', created: now, mandatoryPointers, publicKey: publicOf(of), loadDocument },
      signer,
    )
  const base = await signWith(key)
  const input = (of: object, proof: Proof) => ({ document: of as JsonObject, proof, loadDocument })
  const derive = (pointers: readonly string[], proof = base, of: object = document) =>
    suite.derive({ ...input(of, proof), pointers })
  const isGood = async (of: object, proof: Proof, by: Key = key) =>
    (await suite.verify(input(of, proof), publicOf(by))) !== false
  const isGoodBase = async (of: object, proof: Proof, by: Key = key) =>
    (await suite.verifyBase(input(of, proof), publicOf(by))) !== false
  const part = await derive(['/credentialSubject/courses/0/code'])

  it('names itself, its keys and its signer', () => {
    expect(suite).toMatchObject({ kind: 'proof', name, algorithms: [algorithm] })
    expect(base).toMatchObject({ cryptosuite: name, verificationMethod: key.id, proofPurpose: 'assertionMethod' })
  })

  it('makes base proofs, which are good for the holder alone', async () => {
    expect([suite.isBase(base), suite.isBase(part.proof)]).toEqual([true, false])
    expect(await isGoodBase(document, base)).toBe(true)
    expect(await isGood(document, base)).toBe(false)
    expect(await isGoodBase(part.document, part.proof)).toBe(false)
    expect(await suite.mandatoryPointersOf(base)).toEqual(mandatoryPointers)
    const held = acceptBaseProof(suite)
    expect(await held.verify(input(document, base), publicOf(key))).not.toBe(false)
    expect(await held.verify(input(part.document, part.proof), publicOf(key))).not.toBe(false)
    expect(await held.verify(input(document, { ...base, proofValue: 'u' }), publicOf(key))).toBe(false)
  })

  it('makes another proof each time, of the same length', async () => {
    const again = await signWith(key)
    expect(again.proofValue).not.toBe(base.proofValue)
    expect(again.proofValue.length).toBe(base.proofValue.length)
  })

  it('signs with a key that was imported, and with one in a KMS', async () => {
    const imported = await importKey(await exportKeyMultibase(key))
    expect(imported.id).toBe(key.id)
    for (const signer of [imported, kms(key)]) expect(await isGoodBase(document, await signWith(signer))).toBe(true)
  })

  it('refuses a signer that answers with something else', async () => {
    const short = { ...key, sign: async () => new Uint8Array(63) }
    await expect(signWith(short)).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
  })

  it('discloses what pointers name, and what is mandatory', async () => {
    expect(part.document).toEqual({
      '@context': document['@context'],
      id: document['id'],
      type: document['type'],
      issuer: document['issuer'],
      credentialSubject: { id: 'did:example:ada', courses: [{ code: 'LAT-1' }, { grade: 'C' }] },
    })
    expect(part.proof).toEqual({ ...base, proofValue: part.proof.proofValue })
    expect(await isGood(part.document, part.proof)).toBe(true)
  })

  it.each([[[]], [['']], [['/credentialSubject']], [['/validFrom', '/credentialSubject/motto']]])(
    'discloses %j',
    async (pointers) => {
      const { document: shown, proof } = await derive(pointers)
      expect(shown).toMatchObject({ issuer: document['issuer'] })
      expect(await isGood(shown, proof)).toBe(true)
    },
  )

  it('tells how much of what is shown was mandatory', async () => {
    expect(await suite.verify(input(part.document, part.proof), publicOf(key))).toEqual({
      note: expect.stringMatching(/of \d+ statements the issuer made \d+ mandatory/),
    })
  })

  it('answers false for another key, document, or other options of the proof', async () => {
    expect(await isGood(part.document, part.proof, other)).toBe(false)
    expect(await isGoodBase(document, base, other)).toBe(false)
    const changed = edit(part.document, '/credentialSubject/courses/0/code', 'LAT-9')
    expect(await isGood(changed, part.proof)).toBe(false)
    expect(await isGoodBase(edit(document, '/credentialSubject/motto', 'b'), base)).toBe(false)
    for (const change of [{ created: '2026-11-22T12:00:01Z' }, { proofPurpose: 'authentication' }, { domain: 'x' }]) {
      expect(await isGood(part.document, { ...part.proof, ...change }), JSON.stringify(change)).toBe(false)
      expect(await isGoodBase(document, { ...base, ...change }), JSON.stringify(change)).toBe(false)
    }
  })

  it('answers false for what is no proof value', async () => {
    const { proofValue } = part.proof
    for (const wrong of [
      '',
      'u',
      'z',
      `${proofValue}A`,
      proofValue.slice(0, -1),
      proofValue.slice(1),
      `${proofValue}=`,
    ]) {
      expect(await isGood(part.document, { ...part.proof, proofValue: wrong }), wrong).toBe(false)
    }
  })

  it('answers false for a document that would lose members on the way', async () => {
    const lossy = edit(part.document, '/@context/1', { nothing: null })
    expect(await isGood(lossy, part.proof)).toBe(false)
  })

  it('answers false for one thing that is shown as two, each with a part of it', async () => {
    const { document: shown, proof } = await derive(['/credentialSubject/courses/0'])
    expect(await isGood(shown, proof)).toBe(true)
    const split = edit(shown, '/credentialSubject/courses', [{ code: 'LAT-1' }, { grade: 'A' }, { grade: 'C' }])
    const place = name === 'bbs-2023' ? 1 : 3
    const [one, two] = [...(componentsOf({ proof })[place] as ReadonlyMap<number, CborValue>).values()]
    const labels = [one, two] as readonly CborValue[]
    for (const [first, second, third] of [...'abcdefgh'].map((_, index) => [index & 1, (index >> 1) & 1, index >> 2])) {
      const map = new Map([first, second, third].map((which, index) => [index, labels[which as number] as CborValue]))
      const changed = proofOf(changeComponent({ proof }, place, () => map)) as unknown as Proof
      expect(await isGood(split, changed), `${first}${second}${third}`).toBe(false)
    }
  })

  it('throws where a context is not at hand: that is no verdict', async () => {
    const unknown = edit(part.document, '/@context', [
      ...(document['@context'] as string[]),
      'https://context.example/v1',
    ])
    await expect(isGood(unknown, part.proof)).rejects.toThrow('https://context.example/v1')
    await expect(isGoodBase(unknown, base)).rejects.toThrow('https://context.example/v1')
    await expect(derive([], base, unknown)).rejects.toThrow('https://context.example/v1')
  })

  it('throws for a pointer that points at nothing, and for a base proof that does not fit', async () => {
    await expect(derive(['/honours'])).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    const none = { ...base, proofValue: part.proof.proofValue }
    await expect(derive([], none)).rejects.toMatchObject({ code: 'CREDENTIAL_MALFORMED' })
    await expect(suite.mandatoryPointersOf(none)).rejects.toMatchObject({ code: 'CREDENTIAL_MALFORMED' })
    const longer = edit(document, '/credentialSubject/more', 'x')
    await expect(derive([], base, longer)).rejects.toMatchObject({ code: 'CREDENTIAL_MALFORMED' })
  })

  it('knows nothing that it could not do of its own proofs', () => {
    expect(suite.findUnsupported?.(base)).toBeUndefined()
    expect(suite.findUnsupported?.(part.proof)).toBeUndefined()
  })
})
