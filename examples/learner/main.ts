// A learner's record over four issuers. What they have lies in two wallets, one badge in both and one in an older version; they make one
// record of it, show an employer a part of that, and the employer verifies it without a network.

import assert from 'node:assert/strict'
import {
  assembleClr,
  type CredentialReport,
  createIssuer,
  endorsement,
  generateKey,
  issue,
  type JsonObject,
  openBadge,
  present,
  vcJwt,
  verify,
} from 'testamur'
import { extractRecords, mergeRecords, skills } from 'testamur/records'
import { heading, printReport } from '../print-report.ts'

// Nothing here may need a network.
globalThis.fetch = () => assert.fail('no network')

const [schoolKey, collegeKey, makersKey, harbourKey, learner] = await Promise.all([
  generateKey(),
  generateKey({ algorithm: 'P-256' }),
  generateKey(),
  generateKey(),
  generateKey(),
])
const school = createIssuer({ key: schoolKey, profile: { name: 'Northfield School' } })
const college = createIssuer({ key: collegeKey, profile: { name: 'Coast College' }, format: vcJwt() })
const makers = createIssuer({ key: makersKey, profile: { name: 'Harbour Makers' } })
const harbour = createIssuer({ key: harbourKey, profile: { name: 'Harbour Authority' } })
const me = { id: learner.controller }

heading('1. Four issuers award what each of them taught: the college by JWT, the others with embedded proofs')
const statistics = await school.issue({ credential: badge('statistics', 'Statistics') })
const navigation = await college.issue({ credential: badge('navigation', 'Navigation') })
const hull = badge('boat-repair', 'Boat repair', { id: 'urn:uuid:7d0f3c1e-51a0-4e43-9d3f-52f1a7f4b001' })
const repair = await makers.issue({ credential: { ...hull, validFrom: '2025-05-01T00:00:00Z' } })
const corrected = await makers.issue({
  credential: { ...hull, name: 'Boat repair, wood', validFrom: '2025-06-01T00:00:00Z' },
})
const radio = await harbour.issue({ credential: badge('radio', 'Marine radio') })
const harbourSays = endorsement({ name: 'They mend what we sail', endorsed: makersKey.controller })
const praise = await harbour.issue({ credential: harbourSays })

heading('2. Two wallets: a record that the school put together, and single badges')
const transcript = assembleClr({
  name: 'Transcript',
  learner: me,
  credentials: [verified(await verify({ credential: statistics })), verified(await verify({ credential: repair }))],
  achievement: {
    id: idOf('programme'),
    name: 'Work at sea',
    description: 'A year at the coast.',
    criteria: 'Four parts.',
  },
  association: { associationType: 'isPartOf', sourceId: idOf('statistics'), targetId: idOf('programme') },
})
const first = await verify({ credential: await school.issue({ credential: transcript }) })
const second = await Promise.all([statistics, navigation, corrected, radio].map((each) => verify({ credential: each })))
printReport(first)

heading('3. One record of both: each badge once, in its latest version')
const { credentials, superseded, unverified, achievement, association } = mergeRecords({ reports: [first, ...second] })
assert.deepEqual(credentials.map(nameOf), ['Statistics', 'Navigation', 'Boat repair, wood', 'Marine radio'])
assert.deepEqual(
  superseded.map((old) => [nameOf(old.credential), nameOf(old.by)]),
  [['Boat repair', 'Boat repair, wood']],
)
assert.deepEqual(unverified, [])
// The published shape of a record has no place for a JWT, which the data model has: noted, and not refused.
const own = { key: learner, conformance: 'noted' } as const
const merged = await issue({
  ...own,
  credential: assembleClr({ name: 'All that I learned', learner: me, credentials, achievement, association }),
})
const whole = await verify({ credential: merged, endorsements: [praise] })
printReport(whole)
assert.ok(whole.verified)
const issuers = whole.nested.map(({ report }) => report.verified && report.issuer)
assert.deepEqual(new Set(issuers).size, 4)

heading('4. Who speaks for whom: the authority endorses the makers, and that stands at their badge alone')
const endorsed = whole.nested.filter(({ report }) => endorsersIn(report).length > 0)
assert.deepEqual(
  endorsed.map(({ report }) => report.verified && [report.issuer, endorsersIn(report)]),
  [[makersKey.controller, [harbourKey.controller]]],
)
console.log(`${harbourKey.controller} endorses ${makersKey.controller}`)

heading('5. An employer asks for work on boats; the learner shows that part, and says that it is one')
const wanted = [idOf('boat-repair'), idOf('navigation')]
const part = extractRecords({ report: whole, ids: wanted })
assert.deepEqual([part.missing, part.unsecured], [[], []])
const shown = await issue({
  ...own,
  credential: assembleClr({ name: 'My work on boats', learner: me, credentials: part.credentials, partial: true }),
})
const challenge = crypto.randomUUID()
const presentation = await present({ credentials: [shown], key: learner, challenge, domain: 'boatyard.example' })

heading('6. The employer verifies it, with nothing but what was sent')
const sent = JSON.stringify(presentation)
const report = await verify({ presentation: sent, challenge, domain: 'boatyard.example', endorsements: [praise] })
printReport(report)
assert.ok(report.verified)
assert.equal(report.holder, learner.controller)
assert.ok(!sent.includes('Statistics') && !sent.includes('Marine radio'), 'nothing else was shown')
const [clr] = report.credentials
const notes = clr?.checks.find(({ name }) => name === 'contents')?.notes
assert.match(String(notes), /partial/)
assert.deepEqual(
  skills(report).map(({ name, sources }) => [name, sources[0]?.issuer]),
  [
    ['Navigation', collegeKey.controller],
    ['Boat repair', makersKey.controller],
  ],
)

heading('7. Refused: the part with a badge in it that is another learner’s')
const other = await generateKey()
const borrowed = await school.issue({
  credential: badge('statistics', 'Statistics', { recipient: { id: other.controller } }),
})
const stuffed = { ...shown, credentialSubject: { ...me, type: ['ClrSubject'], verifiableCredential: [borrowed] } }
const { proof: _, ...unsigned } = stuffed as unknown as JsonObject
const taken = await issue({ ...own, credential: unsigned as never })
const refused = await verify({
  presentation: await present({ credentials: [taken], key: learner, challenge }),
  challenge,
})
printReport(refused)
assert.equal(refused.verdict, 'invalid')
assert.ok(JSON.stringify(refused).includes('SUBJECT_MISMATCH'))

function badge(name: string, title: string, more: object = {}) {
  return openBadge({
    name: title,
    recipient: me,
    achievement: {
      id: idOf(name),
      name: title,
      description: `Has learned: ${title}.`,
      criteria: 'Did it under the eyes of who knows.',
      tag: [title],
    },
    ...more,
  })
}

function idOf(name: string): string {
  return `https://coast.example/achievements/${name}`
}

function nameOf(credential: object): unknown {
  return (credential as { readonly name?: unknown }).name
}

function endorsersIn({ checks }: CredentialReport): readonly string[] {
  return checks.flatMap(({ endorsement: found }) => found?.endorser ?? [])
}

function verified(each: CredentialReport) {
  if (!each.verified) throw new Error('a badge of this example should be valid')
  return each.credential
}
