/** Attack: of two proofs of which the second vouches for the first, the first is taken out, changed or exchanged. */

import { verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, edit, judge, now, school } from '../helpers/fixtures.ts'
import { proofOver as rdfProofOver } from '../helpers/hand-made.ts'
import { jcsProofOver } from '../helpers/hand-made-jcs.ts'

describe.each([
  ['over RDF', rdfProofOver],
  ['over JSON', jcsProofOver],
])('%s', async (_name, proofOver) => {
  const unsigned = { ...badge(), issuer: school.controller }
  const id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10'
  const first = await proofOver(unsigned, school, { id })
  const second = await proofOver({ ...unsigned, proof: [first] }, school, { previousProof: id })
  const chain = { ...unsigned, proof: [first, second] }

  it('whole, it is good, in either order', async () => {
    expect(await judge(chain)).toEqual(['valid'])
    expect(await judge({ ...unsigned, proof: [second, first] })).toEqual(['valid'])
    expect(await judge({ ...unsigned, proof: [first] })).toEqual(['valid'])
  })

  it('without the first it is refused', async () => {
    expect(await judge({ ...unsigned, proof: [second] })).toEqual(['PROOF_MALFORMED'])
    expect(await judge({ ...unsigned, proof: second })).toEqual(['PROOF_MALFORMED'])
  })

  it('with another proof of that name, good in itself, it is refused', async () => {
    const other = await proofOver(unsigned, school, { id, created: '2026-11-21T00:00:00Z' })
    expect(await judge({ ...unsigned, proof: [other] })).toEqual(['valid'])
    expect(await judge({ ...unsigned, proof: [other, second] })).toEqual(['PROOF_INVALID'])
  })

  it('with the first changed, or there twice, it is refused', async () => {
    expect(await judge(edit(chain, '/proof/0/created', '2026-11-21T00:00:00Z'))).toEqual([
      'PROOF_INVALID',
      'PROOF_INVALID',
    ])
    expect(await judge({ ...unsigned, proof: [first, first, second] })).toEqual(['PROOF_MALFORMED'])
  })

  it('with the link cut or turned elsewhere it is refused', async () => {
    expect(await judge(edit(chain, '/proof/1/previousProof'))).toEqual(['PROOF_INVALID'])
    for (const link of ['urn:uuid:other', 7, null, { id }, [id, 'urn:uuid:other']]) {
      expect(await judge(edit(chain, '/proof/1/previousProof', link)), JSON.stringify(link)).toEqual([
        'PROOF_MALFORMED',
      ])
    }
  })

  it('a proof that names itself as its own witness is refused', async () => {
    const self = await proofOver(unsigned, school, { id, previousProof: id })
    expect(await judge({ ...unsigned, proof: self })).toEqual(['PROOF_MALFORMED'])
  })

  it('proofs that name each other in a circle are refused, whoever signed them', async () => {
    const names = ['urn:uuid:a', 'urn:uuid:b', 'urn:uuid:c']
    for (const length of [2, 3]) {
      const circle = await Promise.all(
        names
          .slice(0, length)
          .map((name, index) => proofOver(unsigned, school, { id: name, previousProof: names[(index + 1) % length] })),
      )
      expect(await judge({ ...unsigned, proof: circle })).toEqual(circle.map(() => 'PROOF_MALFORMED'))
      // A good proof beside them does not help, and is not what is wrong.
      const report = await verify({ credential: { ...unsigned, proof: [...circle, first] }, now })
      expect(report.checks.filter(({ name }) => name === 'proof').map(({ outcome }) => outcome)).toEqual([
        ...circle.map(() => 'failed'),
        'passed',
      ])
      expect(report.checks.find(({ name }) => name === 'proof')).toMatchObject({
        path: '/proof/0/previousProof',
        message: 'The proof builds on itself.',
      })
    }
  })

  it('a long way back that ends is no circle, also where two ways lead to one proof', async () => {
    const proofs = [first]
    for (const [index, previousProof] of [[id], ['urn:x:0', id], ['urn:x:1', 'urn:x:0']].entries()) {
      const earlier = previousProof.map((name) => proofs.find((proof) => proof['id'] === name))
      const more = { id: `urn:x:${index}`, previousProof }
      proofs.push(await proofOver({ ...unsigned, proof: earlier }, school, more))
    }
    expect(await judge({ ...unsigned, proof: proofs })).toEqual(['valid'])
    expect(await judge({ ...unsigned, proof: [...proofs].reverse() })).toEqual(['valid'])
    for (const [index] of proofs.slice(0, -1).entries()) {
      expect(await judge({ ...unsigned, proof: proofs.toSpliced(index, 1) })).toContain('PROOF_MALFORMED')
    }
    // The last one alone can be taken away without a trace: nothing builds on it.
    expect(await judge({ ...unsigned, proof: proofs.slice(0, -1) })).toEqual(['valid'])
  })

  it('a proof of a chain that was put under another credential is refused', async () => {
    const other = { ...unsigned, name: 'Doctorate' }
    const ownFirst = await proofOver(other, school, { id })
    expect(await judge({ ...other, proof: [ownFirst] })).toEqual(['valid'])
    expect(await judge({ ...other, proof: [ownFirst, second] })).toEqual(['PROOF_INVALID'])
  })
})
