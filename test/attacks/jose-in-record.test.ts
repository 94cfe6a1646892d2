/** Attack: a bad JWT inside a genuine record or presentation, or beside good ones. */

import { assembleClr, type CredentialReport, endorsement, issue, isWarning, vcJwt, verify } from 'testamur'
import { expect, it } from 'vitest'
import {
  badge,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  recordOf,
  signedBadge,
  thief,
  warningsOf,
} from '../helpers/fixtures.ts'
import { forge, joseBadge, jwtBadge, payloadOf } from '../helpers/jwt.ts'

const [jwt, jose] = [await jwtBadge(), await joseBadge()]
const forged = await forge({ ...payloadOf(jwt), iss: thief.controller }, {}, thief)
const enveloped = (text: string, mediaType = 'application/jwt') => ({
  '@context': 'https://www.w3.org/ns/credentials/v2',
  id: `data:${mediaType},${text}`,
  type: 'EnvelopedVerifiableCredential',
})

it('a learner record of verified JWTs is good, and each has its own report', async () => {
  const reports = await Promise.all([jwt, jose].map((credential) => verify({ credential, now })))
  const credentials = reports.flatMap((report) => (report.verified ? [report.credential] : []))
  const clr = assembleClr({ name: 'My record', learner: { id: learner.controller }, credentials })
  const signed = await issue({ credential: clr, key: learner, now, conformance: 'noted' })
  const report = await verify({ credential: JSON.stringify(signed), now })
  expect(report.verdict).toBe('valid')
  expect(report.nested.map(({ path, report: inner }) => [path, inner.verdict])).toEqual([
    ['/credentialSubject/verifiableCredential/0', 'valid'],
    ['/credentialSubject/verifiableCredential/1', 'valid'],
  ])
  expect(
    await judge(await issue({ credential: clr, key: learner, now, conformance: 'noted', format: vcJwt() })),
  ).toEqual(['valid'])
})

it('a forged one in a record that its holder signed', async () => {
  expect(await judge(await recordOf([enveloped(jwt)]))).toEqual(['valid'])
  expect(await judge(await recordOf([enveloped(jwt), enveloped(forged)]))).toEqual(['CONTENT_INVALID'])
  expect(await judge(await recordOf([enveloped(jose)]))).toEqual(['valid'])
  expect(await judge(await recordOf([enveloped(jose, 'application/vc+sd-jwt')]))).toEqual(['CONTENT_INVALID'])
})

it('a forged endorsement', async () => {
  const praise = endorsement({ name: 'Praise', endorsed: String(badge().id) })
  const good = await issue({ credential: praise, key: learner, now, format: vcJwt() })
  const asIf = await forge({ ...payloadOf(good), iss: thief.controller }, {}, thief)
  const from = (endorsementJwt: string) => signedBadge({ endorsementJwt: [endorsementJwt] })
  expect(await warningsOf(await from(good))).toEqual([])
  expect(await warningsOf(await from(asIf))).toEqual(['ENDORSEMENT_INVALID'])
  expect(await warningsOf(await from(await forge({}, { typ: 'x' })))).toEqual(['ENDORSEMENT_INDETERMINATE'])
})

it('a genuine badge in the place of an endorsement', async () => {
  expect(await warningsOf(await signedBadge({ endorsementJwt: [jwt] }))).toEqual(['ENDORSEMENT_MISMATCH'])
})

it('a forged one beside a good one in a presentation', async () => {
  expect(await judgePresentation(await presented([jwt, jose]))).toEqual(['valid'])
  expect(await judgePresentation(await presented([jwt, enveloped(forged)]))).toEqual(['CONTENT_INVALID'])
})

it('text put among the credentials after the holder signed', async () => {
  const presentation = await presented([jwt])
  expect(
    await judgePresentation(edit(presentation, '/verifiableCredential', [enveloped(jose, 'application/vc+jwt')])),
  ).toEqual(['PROOF_INVALID'])
  expect(await judgePresentation(edit(presentation, '/verifiableCredential', [jwt]))).not.toContain('valid')
})

it('JWTs within JWTs without end', async () => {
  let text = await forge(payloadOf(jwt))
  for (let level = 0; level < 12; level += 1) text = await forge({ ...payloadOf(jwt), endorsementJwt: [text] })
  const depthOf = (report: CredentialReport): number =>
    1 + Math.max(-1, ...report.nested.map((each) => depthOf(each.report)))
  const report = await verify({ credential: text, now })
  expect([report.verdict, depthOf(report)]).toEqual(['valid', 8])
  expect(JSON.stringify(report)).toContain('"LIMIT_EXCEEDED"')
  expect(report.checks.filter(isWarning)).toHaveLength(1)
})
