// An employer who verifies without a network: on a ship, in a valley, behind a firewall. The DID document of the school is pinned, the list
// of partners is a file, and the learner brings the status list. What the employer will live with is a policy, which judges the report.

import assert from 'node:assert/strict'
import {
  createDidResolver,
  createIssuer,
  createStatusRegistry,
  didKey,
  didWebDocument,
  generateKey,
  issue,
  memoryStatusStore,
  openBadge,
  type PresentationReport,
  present,
  trustList,
  type VerifySettings,
  verify,
} from 'testamur'
import { type Decision, decide, employer } from 'testamur/records'
import { heading, printReport } from '../print-report.ts'

globalThis.fetch = () => assert.fail('no network')

heading('1. Before: a school under did:web issues a badge that it can revoke')
const did = 'did:web:school.example'
const key = await generateKey({ controller: did })
const status = createStatusRegistry({ store: memoryStatusStore(), url: 'https://school.example/status' })
const resolveSchool = createDidResolver({ key: didKey(), web: async () => didWebDocument({ did, keys: [key] }) })
const school = createIssuer({ key, profile: { name: 'Northfield School' }, status, resolveDid: resolveSchool })
const learner = await generateKey()
const badge = await school.issue({ credential: badgeFor('Welding') })
const list = await signedList()

heading('2. The employer packs: the DID document of the school, and who the partners are')
const pinned = new Map([[did, JSON.parse(JSON.stringify(didWebDocument({ did, keys: [key] })))]])
const settings: VerifySettings = {
  resolveDid: createDidResolver({ key: didKey(), web: async (name) => pinned.get(name) }),
  trust: trustList({ name: 'our partners', issuers: { [did]: 'Northfield School' } }),
  maxStatusAge: 3 * 86_400,
}

heading('3. On board: the learner presents the badge, with the list of today stapled to it')
const report = await judge([badge, list])
const accepted = decide(report, employer())
printReasons(accepted)
assert.equal(accepted.decision, 'accept')
assert.equal(report.credentials[0]?.checks.find(({ name }) => name === 'status')?.status?.source?.origin, 'stapled')

heading('4. Without the list nothing is known of the status: a person should look')
const unknown = decide(await judge([badge]), employer())
printReasons(unknown)
assert.equal(unknown.decision, 'review')

heading('5. A week later the same list is too old, unless the policy lives with that')
const week = new Date(Date.now() + 7 * 86_400_000)
const stale = await judge([badge, list], { now: week })
assert.equal(decide(stale, employer()).decision, 'review')
const lenient = decide(stale, employer({ statusChecked: false, tolerate: ['STATUS_STALE'] }))
printReasons(lenient)
assert.equal(lenient.decision, 'accept')
assert.ok(lenient.reasons.some(({ outcome, code }) => outcome === 'tolerated' && code === 'STATUS_STALE'))

heading('6. The school revokes; the list of that day, brought by the employer, decides')
await status.set({ credentialId: badge.id, reason: 'The exam was not held.' })
const newer = await signedList()
const revoked = decide(await judge([badge, list], { statusLists: [newer] }), employer({ tolerate: ['STATUS_STALE'] }))
printReasons(revoked)
assert.equal(revoked.decision, 'reject')
assert.ok(revoked.reasons.some(({ code }) => code === 'REVOKED'))

heading('7. Refused: a school that nobody here knows, and one under the name of the school with a key of its own')
const stranger = await generateKey()
const unheardOf = await issue({ key: stranger, credential: badgeFor('Diving') })
assert.equal(decide(await judge([unheardOf]), employer()).decision, 'reject')
const rogue = await generateKey({ controller: did })
const rogueResolver = createDidResolver({ key: didKey(), web: async () => didWebDocument({ did, keys: [rogue] }) })
const forged = await issue({ key: rogue, credential: badgeFor('Diving'), resolveDid: rogueResolver })
const refused = await judge([forged])
printReport(refused)
assert.equal(decide(refused, employer()).decision, 'reject')
assert.ok(JSON.stringify(refused).includes('KEY_NOT_FOUND'))

heading('8. The report of the first day was kept: it is judged again, and nothing is verified anew')
const kept = JSON.parse(JSON.stringify(report)) as PresentationReport
assert.deepEqual(decide(kept, employer()), accepted)
assert.equal(decide(kept, { name: 'two who know them', endorsements: 2 }).decision, 'reject')

async function judge(credentials: readonly object[], more: VerifySettings = {}): Promise<PresentationReport> {
  const challenge = crypto.randomUUID()
  const presentation = await present({ credentials, key: learner, challenge, domain: 'ship.example' })
  return verify({ presentation: JSON.stringify(presentation), challenge, domain: 'ship.example', ...settings, ...more })
}

function badgeFor(name: string) {
  return openBadge({
    name,
    recipient: { id: learner.controller },
    achievement: { name, description: `Can do it: ${name}.`, criteria: 'Passed the practical exam.' },
  })
}

/** The list as the school publishes it now. */
async function signedList(): Promise<object> {
  const [opened] = await status.lists()
  assert.ok(opened)
  return issue({ credential: await status.list(opened.url), key, resolveDid: resolveSchool })
}

function printReasons({ decision, reasons }: Decision): void {
  console.log(decision)
  for (const { demand, outcome, message } of reasons) console.log(`  ${demand}: ${outcome}. ${message}`)
}
