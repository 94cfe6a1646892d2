/** Attack: the look-up of a key is cut off, in the hope that "could not find out" counts as good, or as forged. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { didDocument, judge, now, school, signedBadge } from '../helpers/fixtures.ts'

const credential = await signedBadge()

it('a resolver that throws leaves it undecided', async () => {
  for (const cause of [new Error('the line is down'), 'down', undefined, null, 7]) {
    const resolveDid = async () => Promise.reject(cause)
    expect(await verify({ credential, now, resolveDid })).toMatchObject({ verified: false, verdict: 'indeterminate' })
    expect(await judge(credential, { resolveDid })).toEqual(['KEY_UNAVAILABLE'])
  }
})

it('a resolver that throws at once, without a promise, does too', async () => {
  const resolveDid = () => {
    throw new Error('the line is down')
  }
  expect(await judge(credential, { resolveDid })).toEqual(['KEY_UNAVAILABLE'])
})

it('a resolver that says there is none makes it invalid', async () => {
  const resolveDid = async () => undefined
  expect(await verify({ credential, now, resolveDid })).toMatchObject({ verified: false, verdict: 'invalid' })
  expect(await judge(credential, { resolveDid })).toEqual(['KEY_NOT_FOUND'])
})

it('a DID method without a resolver leaves it undecided', async () => {
  const id = `did:web:school.example#${school.id.split('#')[1]}`
  expect(await judge({ ...credential, proof: { ...(credential['proof'] as object), verificationMethod: id } })).toEqual(
    ['KEY_UNAVAILABLE'],
  )
})

it('a resolver that answers is asked for the DID alone, and the badge is good', async () => {
  const asked: string[] = []
  const resolveDid = async (did: string) => {
    asked.push(did)
    return didDocument(school)
  }
  expect(await judge(credential, { resolveDid })).toEqual(['valid'])
  expect(asked).toEqual([school.controller])
})
