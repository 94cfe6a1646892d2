/** Attack: a credential is given where a presentation is asked for, or the reverse, or something that says it is several kinds. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import {
  badge,
  edit,
  judge,
  judgePresentation,
  now,
  presented,
  school,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { joseBadge } from '../helpers/jwt.ts'

const credential = await signedBadge()
const presentation = await presented([credential])

it('is refused either way', async () => {
  expect(await judge(presentation)).toEqual(['CREDENTIAL_MALFORMED'])
  expect(await judgePresentation(credential)).toEqual(['PRESENTATION_MALFORMED'])
})

it('a document that says it is both is not good as a presentation of the credential’s signer', async () => {
  const both = { ...badge(), issuer: school.controller, type: ['VerifiableCredential', 'VerifiablePresentation'] }
  expect(await judgePresentation(await withProof(both, school))).not.toContain('valid')
})

it('a credential that says it is the envelope of somebody else’s as well', async () => {
  const [context] = badge()['@context'] as readonly string[]
  const enveloped = { '@context': [context], id: `data:application/vc+jwt,${await joseBadge()}` }
  const both = { ...enveloped, type: ['VerifiableCredential', 'EnvelopedVerifiableCredential'] }
  const own = await withProof({ ...both, issuer: thief.controller, credentialSubject: { id: thief.controller } }, thief)
  expect(await judge(own)).toEqual(['CREDENTIAL_MALFORMED'])
  expect(await verify({ credential: both, now })).toMatchObject({ verdict: 'valid', signers: [school.controller] })
})

it('a presentation inside a presentation is not taken for a credential', async () => {
  expect(await judgePresentation(edit(presentation, '/verifiableCredential', [presentation]))).not.toContain('valid')
})

it('each in its own place is good', async () => {
  expect(await judge(credential)).toEqual(['valid'])
  expect(await judgePresentation(presentation)).toEqual(['valid'])
})
