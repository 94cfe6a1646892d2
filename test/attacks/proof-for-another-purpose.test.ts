/** Attack: a signature made for one use is put to another: a login becomes a diploma, a diploma a presentation. */

import { verify, withoutChallenge } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  didDocument,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  school,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const unsigned = { ...badge(), issuer: school.controller }

it('an authentication proof on a credential is refused', async () => {
  expect(await judge(await withProof(unsigned, school, { purpose: 'authentication' }))).toEqual([
    'PROOF_PURPOSE_MISMATCH',
  ])
  expect(await judge(await withProof(unsigned, school))).toEqual(['valid'])
})

it('an assertion proof on a presentation is refused', async () => {
  const { proof, ...presentation } = await presented([await signedBadge()])
  const assertion = await proofOver(presentation, learner, { challenge })
  expect(await judgePresentation({ ...presentation, proof: assertion })).toEqual(['PROOF_PURPOSE_MISMATCH'])
  expect(await judgePresentation({ ...presentation, proof })).toEqual(['valid'])
})

const accept = { acceptProofPurpose: () => true }

/** What a wallet makes that signs for assertions: the learner's badge, for this challenge. */
async function assertedBy(key = learner, more: object = {}, options: object = { challenge }) {
  const { proof: _, ...presentation } = await presented([await signedBadge()], { key })
  const document = { ...presentation, ...more }
  return { ...document, proof: await proofOver(document, key, options) }
}

describe('where the caller accepts assertion proofs of presentations', () => {
  it('one is good, and what was accepted is told', async () => {
    const report = await verify({ presentation: await assertedBy(), challenge, now, ...accept })
    expect(report.verdict).toBe('valid')
    expect(report.checks.find(({ name }) => name === 'proof')?.notes).toEqual([
      'Accepted by option: the proof is for the purpose "assertionMethod".',
    ])
  })

  it('whose they are is for the caller to say; none is asked about that was made as it should be', async () => {
    const asserted = await assertedBy()
    const asked: unknown[] = []
    const judged = await judgePresentation(asserted, { acceptProofPurpose: (proof) => asked.push(proof) > 1 })
    expect(judged).toEqual(['PROOF_PURPOSE_MISMATCH'])
    expect(asked).toEqual([{ controller: learner.controller, proofPurpose: 'assertionMethod' }])
    expect(await judgePresentation(asserted, { acceptProofPurpose: () => 'no' as never })).toEqual([
      'PROOF_PURPOSE_MISMATCH',
    ])
    const usual = await presented([await signedBadge()])
    expect(await judgePresentation(usual, { acceptProofPurpose: () => expect.unreachable() })).toEqual(['valid'])
  })

  it('without it the option is named, and only where it would help', async () => {
    const purposeIn = async (presentation: object, more: object = {}) =>
      (await verify({ presentation, challenge, now, ...more })).checks.find(({ name }) => name === 'proof')?.message
    expect(await purposeIn(await assertedBy())).toMatch(
      /must be "authentication", unless acceptProofPurpose takes it\.$/,
    )
    const other = await assertedBy(learner, {}, { challenge, proofPurpose: 'capabilityInvocation' })
    for (const more of [{}, accept]) expect(await purposeIn(other, more)).toMatch(/must be "authentication"\.$/)
  })

  it('the key must be one for authentication, as well as for assertions', async () => {
    const asserted = await assertedBy()
    for (const lacking of ['authentication', 'assertionMethod'] as const) {
      const resolveDid = async (did: string) =>
        did === learner.controller ? didDocument(learner, { [lacking]: [] }) : didDocument(school)
      expect(await judgePresentation(asserted, { ...accept, resolveDid })).toEqual(['KEY_PURPOSE_MISMATCH'])
    }
  })

  it('challenge, domain, holder and subject are compared as ever', async () => {
    const asserted = await assertedBy()
    expect(await judgePresentation(asserted, { ...accept, challenge: 'another' })).toEqual(['CHALLENGE_MISMATCH'])
    expect(await judgePresentation(asserted, { ...accept, domain: 'hr.example' })).toEqual(['DOMAIN_MISMATCH'])
    expect(await judgePresentation(await assertedBy(thief), accept)).toEqual(['CONTENT_INVALID'])
    expect(await judgePresentation(await assertedBy(learner, { holder: school.controller }), accept)).toContain(
      'HOLDER_MISMATCH',
    )
    expect(await judgePresentation(await assertedBy(learner, {}, {}), accept)).toEqual(['CHALLENGE_MISMATCH'])
  })

  it('a credential that an issuing service signed is no presentation of the issuer, whatever it calls itself', async () => {
    const type = ['VerifiableCredential', 'VerifiablePresentation']
    const own = { ...badge({ recipient: { id: school.controller } }), issuer: school.controller, type }
    const { proof: _, ...presentation } = await presented([await signedBadge()], { key: school })
    for (const both of [own, { ...presentation, issuer: school.controller, type }]) {
      const signed = { ...both, proof: await proofOver(both, school) }
      expect(await judgePresentation(signed, { ...accept, challenge: withoutChallenge })).not.toContain('valid')
    }
    const signed = { ...presentation, type, proof: await proofOver({ ...presentation, type }, school) }
    expect(await judgePresentation(signed, { ...accept, challenge: withoutChallenge })).toEqual([
      'PROOF_PURPOSE_MISMATCH',
    ])
  })

  it('a credential needs an assertion proof all the same, also inside', async () => {
    const login = await withProof(unsigned, school, { purpose: 'authentication' })
    expect(await judgePresentation(await presented([login]), accept)).toEqual(['CONTENT_INVALID'])
  })
})

it('writing the right purpose over it breaks the signature', async () => {
  const forged = await withProof(unsigned, school, { purpose: 'authentication' })
  expect(await judge(edit(forged, '/proof/proofPurpose', 'assertionMethod'))).toEqual(['PROOF_INVALID'])
})
