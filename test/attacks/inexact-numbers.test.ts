/** Attack: a number that this verifier reads as another one, so that the signature is over that, and people see what is written. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { judge, now, plainCredential, signed } from '../helpers/fixtures.ts'

const words = { credits: 'https://example.org/credits' }
const contexts = ['https://www.w3.org/ns/credentials/v2', words]
const withCredits = (credits: number) =>
  signed(plainCredential({ '@context': contexts, credentialSubject: { credits } }))
const rewritten = async (credits: number, writtenAs: string) =>
  JSON.stringify(await withCredits(credits)).replace(`"credits":${JSON.stringify(credits)}`, `"credits":${writtenAs}`)

it.each([
  [0.1, '0.1000000000000000055', 'NUMBER_INEXACT'],
  [0, '1e-400', 'NUMBER_INEXACT'],
  [1, '1.00000000000000000001', 'NUMBER_INEXACT'],
  [5, '1e400', 'NUMBER_INEXACT'],
  [5, '9007199254740993', 'INTEGER_UNSAFE'],
  [5, '-100000000000000000000000', 'INTEGER_UNSAFE'],
] as const)('%d written as %s', async (credits, writtenAs, code) => {
  const credential = await rewritten(credits, writtenAs)
  expect(credential).toContain(writtenAs)
  const report = await verify({ credential, now })
  expect(report).toMatchObject({ verdict: 'invalid', checks: [{ code, path: '/credentialSubject/credits' }, {}] })
})

it('an object with such a number is neither signed nor verified', async () => {
  await expect(withCredits(2 ** 60)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  await expect(withCredits(Number.POSITIVE_INFINITY)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  const good = await withCredits(5)
  expect(await judge({ ...good, credentialSubject: { credits: 2 ** 60 } })).toEqual(['INTEGER_UNSAFE'])
})

it.each([
  [5, '5.0'],
  [500, '5e2'],
  [0.1, '0.10000000000000001'],
  [0.30000000000000004, '3.0000000000000004E-1'],
  [2 ** 53 - 1, '9007199254740991'],
] as const)('%d written as %s is the same number, and good', async (credits, writtenAs) => {
  expect(await judge(await rewritten(credits, writtenAs))).toEqual(['valid'])
})
