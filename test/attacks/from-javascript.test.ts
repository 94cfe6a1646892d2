/** What a JavaScript caller, whom no compiler stops, gets wrong in the options: refused by name, and never "verified". */

import { type CredentialError, createIssuer, issue, present, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  school,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'

const credential = await signedBadge()
const codeOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'was not refused',
      (error: CredentialError) => error.code ?? `${error}`,
    )

describe('a decision that is not true is no acceptance', () => {
  it.each([async () => false, () => 'no', () => ({}), () => 1])('%#', async (answer) => {
    const forged = await withProof({ ...badge(), issuer: school.controller }, thief)
    expect(await judge(forged, { acceptController: answer as never })).toEqual(['ISSUER_MISMATCH'])
    const stolen = await presented([credential], { key: thief })
    expect(await judgePresentation(stolen, { acceptHolder: answer as never })).toEqual(['CONTENT_INVALID'])
  })

  it.each(['fail', 'FAILED', undefined, true])('nor is a check with the outcome %s', async (outcome) => {
    const check = () => [{ name: 'x-own', outcome, message: 'No.' }] as never
    expect(await judge(credential, { checks: [check] })).toEqual(['CHECK_UNAVAILABLE'])
  })

  it('nor an entry of a registry that is no object', async () => {
    expect(await judge(credential, { trust: (async () => true) as never })).not.toContain('valid')
  })
})

describe('an option of the wrong shape is refused by name', () => {
  it.each([
    ['skip', 'status'],
    ['formats', 'eddsa-rdfc-2022'],
    ['formats', ['eddsa-rdfc-2022']],
    ['checks', () => []],
    ['trust', 'registry'],
    ['acceptController', true],
    ['signal', 'stop'],
    ['clockTolerance', Number.POSITIVE_INFINITY],
    ['contexts', null],
    ['schemas', null],
  ])('verify: %s', async (name, value) => {
    expect(await codeOf(() => verify({ credential, now, [name]: value } as never))).toBe('OPTION_INVALID')
  })

  it.each([
    ['format', null],
    ['format', 'eddsa-rdfc-2022'],
  ])('issue: %s', async (name, value) => {
    expect(await codeOf(() => issue({ credential: badge(), key: school, [name]: value } as never))).toBe(
      'OPTION_INVALID',
    )
  })

  it.each(['3.0', 'constructor', null])('present: dataModel %s', async (dataModel) => {
    expect(await codeOf(() => present({ credentials: [], key: learner, challenge, dataModel } as never))).toBe(
      'OPTION_INVALID',
    )
  })

  it('createIssuer', async () => {
    expect(await codeOf(() => createIssuer({} as never))).toBe('OPTION_INVALID')
    expect(await codeOf(() => createIssuer({ key: school, profil: {} } as never))).toBe('OPTION_INVALID')
    expect(await codeOf(() => createIssuer({ key: school }).issue({} as never))).toBe('OPTION_INVALID')
  })
})
