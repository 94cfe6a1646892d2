// A makers' community vouches for a badge that somebody else issued. Whoever relies on the endorsement can tell which
// badge it speaks of, and that nobody put words into the community's mouth.

import assert from 'node:assert/strict'
import {
  createIssuer,
  digestOfJson,
  endorsement,
  generateKey,
  isWarning,
  type OpenBadgeInput,
  openBadge,
  verify,
} from 'testamur'
import { decide, recognition } from 'testamur/records'
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

heading(
  '2. Does it speak of the badge in hand? Given beside it, the digest tells; of another badge with the same id, no',
)
const together = await verify({ credential: badge, endorsements: [signed] })
printReport(together)
const praised = together.checks.find(({ name }) => name === 'endorsement')?.endorsement
assert.equal(praised?.endorser, communityKey.controller)
assert.deepEqual(praised.about, [{ id: badge.id, kind: 'credential', isBound: true }])
const lookalike = await school.issue({ credential: openBadge({ ...input, id: badge.id, name: 'Boat repair, master' }) })
const apart = await verify({ credential: lookalike, endorsements: [signed] })
printReport(apart)
assert.deepEqual(
  apart.checks.filter(isWarning).map(({ code }) => code),
  ['DIGEST_MISMATCH'],
)

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

heading(
  '4. Not counted: what the community said, changed by somebody. The badge itself is the word of the school, and stays good',
)
const improved = {
  ...praise,
  credentialSubject: { ...praise.credentialSubject, endorsementComment: 'The best hull we ever saw.' },
}
const forged = await verify({
  credential: await school.issue({ credential: openBadge({ ...input, endorsement: [improved] }) }),
})
printReport(forged)
assert.equal(forged.verdict, 'valid')
assert.deepEqual(
  forged.checks.filter(isWarning).map(({ code }) => code),
  ['ENDORSEMENT_INVALID'],
)

heading('5. Not counted: the endorsement of the first badge, put into a second one')
const borrowed = await verify({
  credential: await school.issue({ credential: openBadge({ ...input, endorsement: [signed] }) }),
})
printReport(borrowed)
assert.deepEqual(
  borrowed.checks.filter(isWarning).map(({ code }) => code),
  ['ENDORSEMENT_MISMATCH'],
)

heading('6. What a policy of recognition counts')
const counted = [together, apart, embedded, forged, borrowed].map(
  (report) => decide(report, recognition({ endorsements: 1 })).decision,
)
assert.deepEqual(counted, ['accept', 'reject', 'reject', 'reject', 'reject'])
console.log('The endorsement of this very badge alone: the third is of an achievement that anybody may award.')
