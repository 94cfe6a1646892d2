/** Attack: a JWT, with or without a signature, is given where an embedded proof is asked for. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { edit, judge, judgePresentation, now, presented, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (alg: string, signature: string) => `${part({ alg, typ: 'JWT' })}.${part(good)}.${signature}`

it.each([
  ['signed', jwt('EdDSA', 'AAAA')],
  ['with blanks around it', ` ${jwt('ES256', 'AAAA')}\n`],
  ['with disclosures', `${jwt('ES256', 'AAAA')}~WyJzYWx0Il0~`],
])('a JWT %s is undecided, never good', async (_name, text) => {
  expect(await verify({ credential: text, now })).toMatchObject({ verified: false, verdict: 'indeterminate' })
  expect(await judge(text)).toEqual(['PROOF_FORMAT_UNKNOWN'])
  expect(await judgePresentation(text)).toEqual(['PROOF_FORMAT_UNKNOWN'])
})

it('a JWT without a signature is not even that', async () => {
  expect(await judge(jwt('none', ''))).toEqual(['INPUT_MALFORMED'])
})

it('an envelope around a JWT is undecided', async () => {
  const id = `data:application/vc+jwt,${jwt('EdDSA', 'AAAA')}`
  const envelope = { '@context': 'https://www.w3.org/ns/credentials/v2', type: 'EnvelopedVerifiableCredential', id }
  expect(await judge(envelope)).toEqual(['PROOF_FORMAT_UNKNOWN'])
  const presentation = await presented([good])
  expect(await judgePresentation(edit(presentation, '/verifiableCredential', [envelope]))).not.toContain('valid')
})

it('a JWT among the credentials of a presentation, or as an endorsement, is not passed over', async () => {
  const text = jwt('EdDSA', 'AAAA')
  const presentation = await presented([good])
  expect(await judgePresentation(edit(presentation, '/verifiableCredential', [good, text]))).not.toContain('valid')
  expect(await judge(await signedBadge({ endorsementJwt: [text] }))).toEqual(['CONTENT_INDETERMINATE'])
})

it('the same badge with its embedded proof is good, as object, text and bytes', async () => {
  const text = JSON.stringify(good)
  for (const form of [good, text, new TextEncoder().encode(text)]) expect(await judge(form)).toEqual(['valid'])
})
