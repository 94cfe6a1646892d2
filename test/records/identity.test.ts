import { describe, expect, it } from 'vitest'
import { hashedIdentity, matchesIdentity, type Person, plainIdentity } from '../../src/records/identity.ts'
import { refusal } from './samples.ts'

// The worked example of the standard (Open Badges 3.0, IdentityHash): SHA-256 of "a@example.comKosher".
const published = 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399'

describe('hashedIdentity', () => {
  it('gives the digest of the worked example in the standard', () => {
    expect(hashedIdentity('emailAddress', 'a@example.com', { salt: 'Kosher' })).toEqual({
      type: 'IdentityObject',
      hashed: true,
      identityHash: published,
      identityType: 'emailAddress',
      salt: 'Kosher',
    })
  })

  it('salts afresh at each call', () => {
    const [one, other] = [1, 2].map(() => hashedIdentity('emailAddress', 'a@example.com'))
    expect(one?.salt).not.toBe(other?.salt)
    expect(one?.identityHash).not.toBe(other?.identityHash)
    expect(one?.salt?.length).toBeGreaterThan(20)
  })

  it.each([
    [() => hashedIdentity('emailAddress', ''), /^OPTION_INVALID: identity is not text with something in it/],
    [() => hashedIdentity('emailAddress', 'a@b', { salt: '' }), /^OPTION_INVALID: salt is not text/],
    [() => hashedIdentity('email' as 'emailAddress', 'a@b'), /^OPTION_INVALID: identityType: "email" is not in/],
    [() => plainIdentity('name', ' '), /^OPTION_INVALID: identity is not text/],
  ])('refuses what identifies no one (%#)', (call, message) => {
    expect(refusal(call)).toMatch(message)
  })
})

describe('matchesIdentity', () => {
  const email = 'a@example.com'
  const hashed = {
    type: 'IdentityObject',
    hashed: true,
    identityHash: published,
    identityType: 'emailAddress',
    salt: 'Kosher',
  }

  it('knows the person and no other', () => {
    expect(matchesIdentity(hashed, { email })).toBe(true)
    expect(matchesIdentity(hashed, { email: 'A@example.com' })).toBe(false)
    expect(matchesIdentity(hashed, { email: `${email} ` })).toBe(false)
    expect(matchesIdentity(hashed, { identityType: 'emailAddress', identity: email })).toBe(true)
  })

  it('asks by type too: the same text as another kind of identifier is no match', () => {
    expect(matchesIdentity(hashed, { identityType: 'userName', identity: email })).toBe(false)
    expect(matchesIdentity({ ...hashed, identityType: 'userName' }, { email })).toBe(false)
    expect(matchesIdentity(hashedIdentity('ext:studentId', '42'), { studentId: '42' })).toBe(true)
  })

  it('reads digests in upper case, without salt, and by MD5', () => {
    expect(
      matchesIdentity(
        { ...hashed, identityHash: published.replace(/[a-f]/g, (d) => d.toUpperCase()).replace('shA', 'sha') },
        { email },
      ),
    ).toBe(true)
    const abc: Person = { identityType: 'userName', identity: 'abc' }
    const unsalted = { hashed: true, identityType: 'userName' }
    // RFC 1321 section A.5 and FIPS 180-4: the digests of "abc".
    const md5 = 'md5$900150983cd24fb0d6963f7d28e17f72'
    const sha = 'sha256$ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(matchesIdentity({ ...unsalted, identityHash: md5 }, abc)).toBe(true)
    expect(matchesIdentity({ ...unsalted, identityHash: sha }, abc)).toBe(true)
    expect(matchesIdentity({ ...unsalted, identityHash: sha.replace('sha256', 'sha1') }, abc)).toBe(false)
  })

  it('compares a plain identifier as text, and takes no hash for one', () => {
    const plain = plainIdentity('emailAddress', email)
    expect(matchesIdentity(plain, { email })).toBe(true)
    expect(matchesIdentity({ ...plain, identityHash: `${email}x` }, { email })).toBe(false)
    expect(matchesIdentity({ ...plain, hashed: true }, { email })).toBe(false)
    expect(matchesIdentity({ ...hashed, hashed: false }, { email })).toBe(false)
  })

  it('takes the whole list of a subject', () => {
    expect(matchesIdentity([plainIdentity('name', 'Ada'), hashed], { email })).toBe(true)
    expect(matchesIdentity([plainIdentity('name', 'Ada')], { email })).toBe(false)
  })

  it.each([
    undefined,
    null,
    1,
    'text',
    [],
    {},
    [null],
    [[hashed]],
    { ...hashed, identityHash: 1 },
    { ...hashed, identityHash: '' },
    { ...hashed, identityHash: 'sha256$' },
    { ...hashed, identityHash: 'sha256' },
    { ...hashed, identityHash: `${published}$${published}x`.replace('b5', 'c5') },
    { ...hashed, identityHash: `constructor$${published}` },
    { ...hashed, salt: 7 },
    { ...hashed, hashed: 'true' },
    { ...hashed, hashed: undefined },
    { ...hashed, identityType: ['emailAddress'] },
    Object.create(hashed),
  ])('matches no one for an odd value (%#)', (odd) => {
    expect(matchesIdentity(odd, { email })).toBe(false)
  })

  it.each([undefined, null, 'a@example.com', {}, { email: '' }, { email: 1 }, { identityType: 'emailAddress' }])(
    'matches nothing for an odd person (%#)',
    (odd) => {
      expect(matchesIdentity(hashed, odd as unknown as Person)).toBe(false)
      expect(matchesIdentity({ ...hashed, identityHash: '', hashed: false }, odd as unknown as Person)).toBe(false)
    },
  )
})
