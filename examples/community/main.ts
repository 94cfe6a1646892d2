// A makers' community vouches for a badge that somebody else issued. Whoever relies on the endorsement can tell which
// badge it speaks of, and that nobody put words into the community's mouth.

import assert from 'node:assert/strict'
import {
  createIssuer,
  digestOfJson,
  type Endorsement,
  endorsement,
  generateKey,
  type OpenBadgeInput,
  openBadge,
  verify,
} from 'testamur'
import { heading, printReport } from '../print-report.ts'

const [schoolKey, communityKey, learnerKey] = await Promise.all([generateKey(), generateKey(), generateKey()])
const school = createIssuer({ key: schoolKey, profile: { name: 'Northfield School' } })
const community = createIssuer({ key: communityKey, profile: { name: 'Harbour Makers' } })

const input: OpenBadgeInput = {
  name: 'Boat repair',
  recipient: { id: learnerKey.controller },
  achievement: {
    id: 'https://school.example/achievements/boat-repair',
    name: 'Boat repair',
    description: 'Mends a wooden hull.',
    criteria: 'Mended a hull that stayed dry for a week.',
  },
}
const badge = await school.issue({ credential: openBadge(input) })

heading('1. The community endorses this very badge: the digest names its signed form')
const signed = await community.issue({
  credential: endorsement({
    name: 'Endorsed by Harbour Makers',
    endorsed: badge,
    endorsementComment: 'We watched the hull stay dry.',
    digestSRI: digestOfJson(badge),
    mediaType: 'application/vc',
  }),
})
const alone = await verify({ credential: signed })
printReport(alone)
assert.ok(alone.verified)
assert.equal(alone.issuer, communityKey.controller)

heading('2. Does it speak of the badge in hand? The digest tells')
const { relatedResource } = alone.credential as unknown as Endorsement
const lookalike = await school.issue({ credential: openBadge({ ...input, id: badge.id, name: 'Boat repair, master' }) })
assert.equal(relatedResource?.[0]?.digestSRI, digestOfJson(badge))
assert.notEqual(relatedResource?.[0]?.digestSRI, digestOfJson(lookalike))
console.log('Of the endorsed badge: yes. Of another one with the same id: no.')

heading(
  '3. The community endorses the achievement; a second badge for it carries the endorsement, which keeps its own proof',
)
const praise = await community.issue({
  credential: endorsement({
    name: 'Endorsed by Harbour Makers',
    endorsed: 'https://school.example/achievements/boat-repair',
    endorsementComment: 'We know what a week in the water asks of a hull.',
  }),
})
const second = await school.issue({ credential: openBadge({ ...input, endorsement: [praise] }) })
const embedded = await verify({ credential: second })
printReport(embedded)
assert.ok(embedded.verified)
assert.deepEqual(
  embedded.nested.map(({ path, report }) => [path, report.verified && report.issuer]),
  [['/endorsement/0', communityKey.controller]],
)

heading('4. Refused: a badge in which somebody changed what the community said')
const improved = {
  ...praise,
  credentialSubject: { ...praise.credentialSubject, endorsementComment: 'The best hull we ever saw.' },
}
const forged = await verify({
  credential: await school.issue({ credential: openBadge({ ...input, endorsement: [improved] }) }),
})
printReport(forged)
assert.equal(forged.verdict, 'invalid')
assert.ok(forged.checks.some((check) => 'code' in check && check.code === 'CONTENT_INVALID'))

heading('5. Refused: the endorsement of the first badge, put into a second one')
const borrowed = await verify({
  credential: await school.issue({ credential: openBadge({ ...input, endorsement: [signed] }) }),
})
printReport(borrowed)
assert.ok(borrowed.checks.some((check) => 'code' in check && check.code === 'ENDORSEMENT_MISMATCH'))
