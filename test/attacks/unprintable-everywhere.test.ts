/** Attack: a member named toString at every place of what is verified, one after the other: a report, never a throw. */

import { isCredentialError, verify } from 'testamur'
import { decide, employer, mergeRecords, quoteAssertion, skills, verifyAssertion } from 'testamur/records'
import { expect, it } from 'vitest'
import { toHtml } from '../../src/html/index.ts'
import { challenge, type Document, edit, now, presented, recordOf, signedBadge, thief } from '../helpers/fixtures.ts'
import { forge, joseBadge, payloadOf } from '../helpers/jwt.ts'
import * as school2 from '../helpers/open-badges-2.ts'
import { entryAt, listUrl, unsignedList } from '../helpers/status.ts'

const odd = { toString: 1 }
const values = [odd, [odd], { ...odd, id: odd, type: odd, name: odd }]

/** Each place of the document, with each value in it. */
function* changed(document: object): Generator<Document> {
  for (const path of pathsIn(document)) for (const value of values) yield edit(document, path, value)
}

function* pathsIn(value: unknown, path = ''): Generator<string> {
  if (path !== '') yield path
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) yield* pathsIn(member, `${path}/${name}`)
}

/** A report that was worked on to its end. */
function assertWhole(report: object): void {
  expect(JSON.stringify(report)).not.toMatch(/error in this package|Cannot convert object/)
}

/** What is made of a report may refuse it, but only in words of ours. */
function assertUsable(make: () => unknown): void {
  try {
    make()
  } catch (cause) {
    expect(cause).toSatisfy(isCredentialError)
  }
}

it('of a signed credential, and in what is made of its report', async () => {
  const payload = payloadOf(await joseBadge()) as { credentialSubject: { achievement: object } }
  const alignment = [{ type: ['Alignment'], targetUrl: 'https://x.example/', targetName: 'x', targetType: 'CFItem' }]
  const rubricCriterionLevel = [{ id: 'urn:x:level', type: ['RubricCriterionLevel'], name: 'x', alignment }]
  const limits = { valueMin: '1', valueMax: '2', requiredValue: '1', allowedValue: ['1'] }
  const description = { id: 'urn:x:d', type: ['ResultDescription'], name: 'x', resultType: 'Percent', ...limits }
  const result = { type: ['Result'], resultDescription: 'urn:x:d', value: '1', achievedLevel: 'urn:x:level', alignment }
  const achievement = {
    ...payload.credentialSubject.achievement,
    alignment,
    resultDescription: [{ ...description, rubricCriterionLevel }],
  }
  const document = {
    ...payload,
    credentialSubject: { ...payload.credentialSubject, achievement, result: [result] },
    evidence: [{ id: 'https://x.example/1', type: ['Evidence'], name: 'x' }],
    relatedResource: [{ id: 'https://x.example/2', mediaType: 'image/png', digestSRI: 'sha256-x' }],
    credentialStatus: entryAt(),
  }
  for (const each of changed(document)) {
    const report = await verify({ credential: await forge(each, { typ: 'vc+jwt' }), now })
    assertWhole(report)
    assertUsable(() => skills(report))
    assertUsable(() => decide(report, employer()))
    assertUsable(() => mergeRecords({ reports: [report] } as never))
    assertUsable(() => toHtml({ report }))
  }
})

it('of a badge, a record, an envelope and a presentation', async () => {
  const badge = await signedBadge()
  const type = 'EnvelopedVerifiableCredential'
  const enveloped = {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: `data:application/vc+jwt,${await joseBadge()}`,
    type,
  }
  for (const document of [badge, await recordOf([badge]), enveloped]) {
    for (const credential of changed(document)) {
      assertWhole(await verify({ credential, now }))
      assertUsable(() => toHtml({ credential }))
    }
  }
  for (const presentation of changed(await presented([badge]))) {
    assertWhole(await verify({ presentation, challenge, domain: 'hr.example', now }))
  }
})

it('of a status list, whichever way it came', async () => {
  const badge = { ...payloadOf(await joseBadge()), credentialStatus: entryAt() }
  const credential = await forge(badge, { typ: 'vc+jwt' })
  for (const document of changed(await unsignedList())) {
    const list = await forge(document, { typ: 'vc+jwt' })
    assertWhole(await verify({ credential, now, statusLists: { [listUrl]: list } }))
    assertWhole(await verify({ credential, now, statusLists: [list] }))
  }
})

it('of an assertion of Open Badges 2.0, and of what lies around it', async () => {
  const { ids } = school2
  const around = [
    school2.badgeClass(),
    school2.profile(),
    school2.cryptographicKey(),
    school2.revocationList(['urn:x']),
  ]
  const signed = await school2.signed()
  const assertHandled = async (assertion: unknown, changes: school2.Web = {}): Promise<void> => {
    const { fetchJson } = school2.web(changes)
    const report = await verifyAssertion({
      assertion,
      fetchJson,
      now: school2.now,
      recipient: { email: school2.email },
    })
    assertWhole(report)
    if (report.verified) assertUsable(() => quoteAssertion({ report, issuer: thief.controller }))
  }
  for (const document of changed(school2.hosted())) {
    await assertHandled(document)
    await assertHandled(school2.hosted(), { [ids.hosted]: document })
  }
  for (const payload of changed(school2.signedPayload())) await assertHandled(await school2.signed(payload))
  for (const document of around) {
    for (const each of changed(document)) {
      for (const assertion of [school2.hosted(), signed])
        await assertHandled(assertion, { [document['id'] as string]: each })
    }
  }
})
