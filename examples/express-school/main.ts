// A school with an Express app: a teacher awards a badge, a learner claims it by a link with a key of her own, an employer has it
// verified, and the teacher revokes it. The app is in school.ts; here are the people who use it, over http.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { generateKey, memoryStatusStore, present } from 'testamur'
import { heading } from '../print-report.ts'
import { createSchool, hashOf } from './school.ts'

const url = 'https://northfield.example'
const token = 'the-token-of-ms-duarte-in-a-safe-place'
const key = await generateKey()
const staff = new Map([[hashOf(token), 'Ms Duarte']])
const server = createSchool({ key, store: memoryStatusStore(), url, staff }).listen(0, '127.0.0.1')
await once(server, 'listening')
// In production the app stands behind the https server of northfield.example; here it is asked directly.
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

// What the people look at in what the school answers.
interface Answer {
  readonly link: string
  readonly challenge: string
  readonly domain: string
  readonly achievement: { readonly name: string }
  readonly verified: boolean
  readonly errors: readonly { readonly code: string }[]
}

interface Badge {
  readonly id: string
  readonly credentialSubject: { readonly id: string }
  readonly credentialStatus: { readonly statusListCredential: string }
}

async function ask<Body = Answer>(
  path: string,
  body?: unknown,
  authorization?: string,
): Promise<{ readonly status: number; readonly body: Body }> {
  const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }
  const method = body === undefined ? 'GET' : 'POST'
  const response = await fetch(base + path, {
    method,
    headers,
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

try {
  heading('1. A teacher awards a badge, and gets a link for its learner')
  const award = { name: 'First aid', description: 'Gives first aid.', criteria: 'Passed the practical exam.' }
  assert.equal((await ask('/awards', award)).status, 401)
  const awarded = await ask('/awards', award, `Bearer ${token}`)
  assert.equal(awarded.status, 201)
  const link = new URL(awarded.body.link)
  assert.equal(link.origin, url)
  console.log(`${link.origin}/claims/…`)

  heading('2. The learner opens the link, and claims the badge with her own key')
  const learner = await generateKey()
  const { challenge, domain, achievement } = (await ask(link.pathname)).body
  const elsewhere = await present({ credentials: [], key: learner, challenge: 'another', domain })
  for (const wrong of [elsewhere, {}, []]) assert.equal((await ask(link.pathname, wrong)).status, 400)
  const shown = await present({ credentials: [], key: learner, challenge, domain })
  const claims = await Promise.all([ask<Badge>(link.pathname, shown), ask<Badge>(link.pathname, shown)])
  assert.deepEqual(claims.map(({ status }) => status).sort(), [201, 410])
  const badge = claims.find(({ status }) => status === 201)?.body
  assert.equal(badge?.credentialSubject.id, learner.controller)
  console.log(`${achievement.name} for ${badge.credentialSubject.id}; the link is used up`)

  heading('3. An employer has it verified')
  const verified = await ask('/vc/credentials/verify', { verifiableCredential: badge })
  assert.deepEqual([verified.status, verified.body.verified], [200, true])
  const forged = await ask('/vc/credentials/verify', { verifiableCredential: { ...badge, name: 'Surgery' } })
  assert.equal(forged.status, 400)
  console.log(`The badge: ${verified.status}. One that says "Surgery": ${forged.status}`)

  heading('4. The teacher revokes it; the employer asks again')
  const change = {
    credentialId: badge.id,
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    status: true,
    options: { reason: 'The exam was not held.' },
  }
  assert.equal((await ask('/vc/credentials/status', change)).status, 401)
  assert.equal((await ask('/vc/credentials/status', change, `Bearer ${token}`)).status, 200)
  const after = await ask('/vc/credentials/verify', { verifiableCredential: badge })
  assert.equal(after.status, 400)
  console.log(after.body.errors.map(({ code }) => code).join(', '))
  assert.match(JSON.stringify(after.body.errors), /REVOKED/)

  heading('5. The list is public')
  const list = await fetch(base + new URL(badge.credentialStatus.statusListCredential).pathname)
  assert.equal(list.status, 200)
  console.log(list.headers.get('content-type'), list.headers.get('cache-control'))
} finally {
  server.closeAllConnections()
  server.close()
}
