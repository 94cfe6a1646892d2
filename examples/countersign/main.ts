// A ministry puts its seal on a diploma that a university signed: a chain of two proofs. The seal holds for the very signature of the
// university, the university stays the issuer, and each verifier says whose seals it accepts.

import assert from 'node:assert/strict'
import { type AcceptCosigner, addProof, createIssuer, generateKey, openBadge, verify } from 'testamur'
import { heading, printReport } from '../print-report.ts'

const [universityKey, ministryKey, learnerKey] = await Promise.all([generateKey(), generateKey(), generateKey()])
const university = createIssuer({ key: universityKey, profile: { name: 'Northfield University' } })

heading('1. The university signs, and gives its proof a name')
const proofId = `urn:uuid:${crypto.randomUUID()}`
const diploma = await university.issue({
  proofId,
  credential: openBadge({
    name: 'Master of Science',
    recipient: { id: learnerKey.controller },
    achievement: { name: 'Master of Science', description: 'Two years of study.', criteria: 'Passed all exams.' },
  }),
})
printReport(await verify({ credential: diploma }))

heading('2. The ministry verifies, and builds on that proof')
const received = await verify({ credential: JSON.stringify(diploma) })
assert.ok(received.verified && received.issuer === universityKey.controller)
const sealed = await addProof({ credential: received.credential, key: ministryKey, previousProof: proofId })
assert.deepEqual(sealed['issuer'], diploma.issuer)

heading('3. Who knows the ministry accepts both; who does not is told of a stranger')
const acceptCosigner: AcceptCosigner = ({ controller }) => controller === ministryKey.controller
const report = await verify({ credential: JSON.stringify(sealed), acceptCosigner })
printReport(report)
assert.ok(report.verified && report.signers.includes(ministryKey.controller))
const stranger = await verify({ credential: JSON.stringify(sealed) })
assert.ok(stranger.checks.some((check) => 'code' in check && check.code === 'ISSUER_MISMATCH'))

heading('4. The seal is worth nothing alone, or under another diploma')
const [, seal] = [sealed.proof].flat()
const [first] = [diploma.proof].flat()
for (const [what, credential] of [
  ['the seal without the university', { ...sealed, proof: seal }],
  ['another diploma under both', { ...sealed, name: 'Doctor of Science' }],
  ['the university’s proof changed', { ...sealed, proof: [{ ...first, created: '2020-01-01T00:00:00Z' }, seal] }],
] as const) {
  const { verdict, checks } = await verify({ credential, acceptCosigner })
  console.log(what, '→', verdict, ...checks.flatMap((check) => ('code' in check ? [check.code] : [])))
  assert.equal(verdict, 'invalid')
}
