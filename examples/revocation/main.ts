// Revocation across processes. Process A, this one, is the school: it issues a badge, serves its status lists, and revokes.
// Process B (verifier.ts) is an employer who verifies before and after, and then three days later without a network, with the
// list that the learner had stapled to a presentation.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createIssuer,
  createStatusRegistry,
  generateKey,
  openBadge,
  present,
  publish,
  statusListHandler,
} from 'testamur'
import { fileStatusStore } from 'testamur/stores/file'
import { heading } from '../print-report.ts'
import { askVerifier } from './ask.ts'
import { createApp } from './hono.ts'
import { serve } from './serve.ts'

const folder = await mkdtemp(join(tmpdir(), 'revocation-'))
const store = fileStatusStore(folder)
const handle = statusListHandler({ store })
const server = await serve(handle)

heading('1. The school issues a badge with a place in a status list, and publishes the list')
const key = await generateKey()
const registry = createStatusRegistry({ store, url: `${server.url}/status` })
const school = createIssuer({ key, profile: { name: 'Northfield School' }, status: registry })
const learner = await generateKey()
const badge = await school.issue({
  credential: openBadge({
    name: 'First aid',
    recipient: { id: learner.controller },
    achievement: { name: 'First aid', description: 'Gives first aid.', criteria: 'Passed the practical exam.' },
  }),
})
const [published] = await publish({ registry, key })
assert.ok(published)
console.log(`${published.url}, version ${published.version}`)

heading('2. The employer verifies it, and fetches the list')
assert.match(await askVerifier('online', badge), /^valid/)

heading('3. The learner staples the list of today to a presentation')
const list = JSON.parse((await store.published(published.list))?.credential ?? '') as object
const challenge = 'c0ffee'
const presentation = await present({ credentials: [badge, list], key: learner, challenge })

heading('4. The school revokes the badge and publishes again; the employer verifies again')
await registry.set({ credentialId: badge.id, reason: 'The exam was not held.' })
const [next] = await publish({ registry, key })
assert.equal(next?.version, 2)
assert.match(await askVerifier('online', badge), /^invalid.*REVOKED/s)

heading('5. The server is gone. Three days later the employer has only the presentation, with the list of then')
// Behind Hono the same handler serves the same bytes.
const behindHono = await createApp(handle).request(published.url)
assert.equal(await behindHono.text(), (await store.published(published.list))?.credential)
await server.close()
const outcome = await askVerifier('offline', presentation)
assert.match(outcome, /week.*valid.*259\d\d\d s/s)
assert.match(outcome, /day.*indeterminate.*STATUS_STALE/s)

heading('6. What was done, from the log')
for (const { time, type, reason = '' } of await registry.history({ credentialId: badge.id })) {
  console.log(time, type, reason)
}
await rm(folder, { recursive: true })
