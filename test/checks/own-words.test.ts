import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { now, plainCredential, signed } from '../helpers/fixtures.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const notesOf = async (credential: object) => {
  const { checks, verdict } = await verify({ credential, now })
  return { verdict, notes: checks.find(({ name }) => name === 'structure')?.notes }
}

it('words that a credential defines itself are named in the report', async () => {
  const own = { '@context': [v2, { shoeSize: 'https://shop.example/size' }], credentialSubject: { shoeSize: '44' } }
  const { verdict, notes } = await notesOf(await signed(plainCredential(own)))
  expect(verdict).toBe('valid')
  expect(notes?.join()).toContain('shoeSize')
})

it('so are those in a list of contexts within the list', async () => {
  const context = [v2, [{ shoeSize: 'https://shop.example/size' }]]
  const credential = plainCredential({ '@context': context, credentialSubject: { shoeSize: '44' } })
  expect((await notesOf(await signed(credential))).notes?.join()).toContain('shoeSize')
})

it('published words need no note', async () => {
  expect(await notesOf(await signed(plainCredential()))).toEqual({ verdict: 'valid', notes: undefined })
})
