/** Attack: text in a document moves the cursor of the terminal that prints the report, or is too long to be read. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { edit, now, plainCredential, signed } from '../helpers/fixtures.ts'

const good = await signed(plainCredential())
const hostile = '\u001b[2Jx\nvalid: all is fine\u202e\u2028'
const messagesOf = async (credential: object) =>
  (await verify({ credential, now })).checks.map(({ message }) => message)

it.each([
  ['/proof/cryptosuite', hostile],
  ['/proof/verificationMethod', `did:${hostile}:x`],
  ['/issuer', `did:example:${hostile}`],
  ['/credentialSubject', { [hostile]: 1 }],
  ['/type', ['VerifiableCredential', hostile]],
  ['/@context/1', hostile],
])('%s', async (path, value) => {
  for (const message of await messagesOf(edit(good, path, value))) {
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  }
})

it('a name of a megabyte makes no message of a megabyte', async () => {
  for (const path of ['/proof/cryptosuite', '/issuer', '/@context/1']) {
    for (const message of await messagesOf(edit(good, path, 'x'.repeat(1_000_000))))
      expect(message.length).toBeLessThan(1000)
  }
})

it('ordinary words stand as they are, in any script', async () => {
  const messages = await messagesOf(edit(good, '/credentialSubject/\u0639\u0646\u0648\u0627\u0646', 'x'))
  expect(messages.join()).toContain('\u0639\u0646\u0648\u0627\u0646')
})
