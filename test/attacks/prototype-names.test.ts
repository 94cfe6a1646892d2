/** Attack: names that every JavaScript object answers to stand where a table is asked. */

import { createDidResolver, didKey } from 'testamur'
import { expect, it } from 'vitest'
import { edit, judge, judgePresentation, presented, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const text = JSON.stringify(good)
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'prototype', 'then']

it('a member named __proto__ is refused, wherever it stands', async () => {
  for (const forged of [
    text.replace('"proof":', '"__proto__":{"verified":true},"proof":'),
    text.replace('"achievement":{', '"achievement":{"__proto__":null,'),
    text.replace('"proof":{', '"proof":{"__proto__":{"cryptosuite":"x"},'),
    '{"__proto__":{"type":["VerifiableCredential"]}}',
  ]) {
    expect(await judge(forged)).toEqual(['MEMBER_FORBIDDEN'])
  }
  expect(({} as { verified?: boolean }).verified).toBeUndefined()
})

it.each(names)('a member named %s is a term like any other: undefined', async (name) => {
  expect(await judge(edit(good, `/${name}`, 'x'))).toEqual(['TERM_UNDEFINED'])
  expect(await judge(edit(good, `/credentialSubject/${name}`, { id: 'urn:x:1' }))).toEqual(['TERM_UNDEFINED'])
})

it.each(names)('nor is %s a type, a context, a schema or a format', async (name) => {
  expect(await judge(edit(good, '/type', ['VerifiableCredential', name]))).toEqual(['TERM_UNDEFINED'])
  expect(await judge(edit(good, '/@context/1', name))).not.toContain('valid')
  expect(await judge(edit(good, '/proof/cryptosuite', name))).toEqual(['PROOF_FORMAT_UNKNOWN'])
  expect(await judge(edit(good, '/proof/type', name))).toEqual(['PROOF_FORMAT_UNKNOWN'])
})

it.each(['constructor', 'tostring', '__proto__', 'prototype'])('nor is did:%s a method', async (method) => {
  const forged = edit(good, '/proof/verificationMethod', `did:${method}:abc#abc`)
  expect(await judge(forged)).not.toContain('valid')
  expect(await judge(forged, { resolveDid: createDidResolver({ key: didKey() }) })).not.toContain('valid')
})

it('a presentation with such names is refused as well, and the plain ones are good', async () => {
  const presentation = await presented([good])
  expect(await judgePresentation(edit(presentation, '/constructor', {}))).toEqual(['TERM_UNDEFINED'])
  expect(await judgePresentation(presentation)).toEqual(['valid'])
  expect(await judge(text)).toEqual(['valid'])
})
