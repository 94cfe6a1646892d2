/** Attack: a member is written twice, so that this verifier reads the signed one and another program the forged one. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { challenge, judge, now, presented, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const text = JSON.stringify(good)
const twice = (name: string, forged: string, inText = text) =>
  inText.replace(`"${name}":`, `"${name}":${forged},"${name}":`)
const forgeries: readonly (readonly [string, string])[] = [
  [twice('name', '"Doctorate"'), '/name'],
  [twice('issuer', '"did:web:university.example"'), '/issuer'],
  [twice('achievement', '{"name":"Doctorate"}'), '/credentialSubject/achievement'],
  [text.replace(/}$/, ',"validFrom":"1990-01-01T00:00:00Z"}'), '/validFrom'],
  [text.replace('"name":', '"n\\u0061me":"Doctorate","name":'), '/name'],
  [twice('proofPurpose', '"authentication"'), '/proof/proofPurpose'],
]

it.each(forgeries)('is refused: %#', async (forged, path) => {
  expect(JSON.parse(forged)).toMatchObject({ type: good['type'] })
  for (const credential of [forged, new TextEncoder().encode(forged)]) {
    const report = await verify({ credential, now })
    expect(report).toMatchObject({ verdict: 'invalid', checks: [{ code: 'MEMBER_DUPLICATE', path }, {}] })
  }
})

it('is refused in a presentation', async () => {
  const presentation = JSON.stringify(await presented([good]))
  const report = await verify({ presentation: twice('holder', '"did:example:other"', presentation), challenge, now })
  expect(report).toMatchObject({ verdict: 'invalid', checks: [{ code: 'MEMBER_DUPLICATE', path: '/holder' }, {}] })
})

it('the same name in two objects is good, and so is text that looks like a member', async () => {
  expect(await judge(text)).toEqual(['valid'])
  const odd = JSON.stringify(await signedBadge({ name: '"name":"x","name":' }))
  expect(await judge(odd)).toEqual(['valid'])
  expect(await judge(odd.replaceAll(':"', ' : \n "'))).not.toContain('MEMBER_DUPLICATE')
})
