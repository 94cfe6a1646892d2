/** Signed assertions of Open Badges 2.0 that were not signed by who is named. Each attack has a neighbour that is valid. */

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { part } from '../helpers/jwt.ts'
import {
  badgeClass,
  type Changes,
  cryptographicKey,
  hosted,
  ids,
  otherKey,
  pemOf,
  profile,
  rsaKey,
  signed,
  signedPayload,
  told,
  verified,
  web,
} from '../helpers/open-badges-2.ts'

const good = await signed()
const [head, body, tail] = good.split('.') as [string, string, string]
const evilKey = 'https://evil.example/key'
const evilPem = await pemOf(otherKey)

describe('the text', () => {
  it.each([
    ['nothing changed', good, 'valid'],
    ['another payload', `${head}.${part(signedPayload({ narrative: 'Best of all.' }))}.${tail}`, 'PROOF_INVALID'],
    ['another header', `${part({ alg: 'EdDSA', typ: 'JWT' })}.${body}.${tail}`, 'PROOF_INVALID'],
    ['no algorithm', `${part({ alg: 'none' })}.${body}.`, 'PROOF_MISSING'],
    ['no algorithm, in other letters', `${part({ alg: 'nOnE' })}.${body}.${tail}`, 'PROOF_MISSING'],
    ['no signature', `${head}.${body}.`, 'PROOF_MALFORMED'],
    ['an unknown algorithm', `${part({ alg: 'PS256' })}.${body}.${tail}`, 'PROOF_FORMAT_UNKNOWN'],
    ['"crit"', `${part({ alg: 'EdDSA', crit: ['b64'], b64: false })}.${body}.${tail}`, 'PROOF_MALFORMED'],
    ['no JSON inside', `${head}.${part('robotics')}.${tail}`, 'INPUT_MALFORMED'],
  ])('with %s', async (_what, text, code) => {
    expect(told(await verified(text))).toContain(code)
  })

  it('as plain JSON has no signature', async () => {
    expect(told(await verified(signedPayload()))).toBe('invalid PROOF_MISSING')
    expect(told(await verified(hosted()))).toBe('valid')
  })

  it('that calls itself hosted is looked for at its server, whatever signed it', async () => {
    const forged = await signed({ id: ids.hosted, verification: { type: 'hosted' } }, otherKey)
    expect(await verified(forged)).toMatchObject({ verified: true, method: 'hosted' })
    expect(told(await verified(forged, { [ids.hosted]: undefined }))).toBe('indeterminate PROOF_UNAVAILABLE')
  })

  it('at the server of a hosted assertion is no proof without its signature', async () => {
    const web2 = { [ids.hosted]: hosted({ verification: { type: 'signed', creator: ids.key } }) }
    expect(told(await verified(ids.hosted, web2))).toBe('invalid PROOF_MISSING')
  })
})

describe('the key', () => {
  it('of RSA is no secret for HMAC', async () => {
    const key = await rsaKey()
    const pem = await pemOf(key)
    const keys = { [ids.key]: cryptographicKey({ publicKeyPem: pem }) }
    const data = `${part({ alg: 'HS256', typ: 'JWT' })}.${body}`
    const forged = `${data}.${createHmac('sha256', pem).update(data).digest('base64url')}`
    expect(told(await verified(forged, keys))).toBe('invalid PROOF_MALFORMED')
    expect(told(await verified(await signed({}, key), keys))).toBe('valid')
  })

  it('of the attacker, named by the assertion, is refused, and valid where the Profile names it', async () => {
    const verification = { type: 'signed', creator: evilKey }
    const text = await signed({ verification }, otherKey)
    const own = cryptographicKey({ id: evilKey, publicKeyPem: evilPem })
    expect(told(await verified(text, { [evilKey]: own }))).toBe('invalid KEY_NOT_FOUND')
    const listing = { [evilKey]: own, [ids.issuer]: profile({ publicKey: [ids.key, evilKey] }) }
    expect(told(await verified(text, listing))).toBe('valid')
  })

  it('inside the assertion is never read', async () => {
    const own = cryptographicKey({ publicKeyPem: evilPem })
    const verification = { type: 'signed', creator: own }
    expect(told(await verified(await signed({ verification }, otherKey)))).toBe('invalid PROOF_INVALID')
    expect(told(await verified(await signed({ verification })))).toBe('valid')
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }
    const header = { jwk, kid: evilKey, jku: evilKey }
    expect(told(await verified(await signed({}, otherKey, header)))).toBe('invalid PROOF_INVALID')
    const noted = await verified(await signed({}, undefined, header))
    expect(told(noted)).toBe('valid')
    expect(JSON.stringify(noted.checks)).toContain('points to keys (jku)')
  })

  it('in a Profile inside the assertion is never read', async () => {
    const own = profile({ publicKey: cryptographicKey({ publicKeyPem: evilPem }) })
    const badge = badgeClass({ issuer: own })
    expect(told(await verified(await signed({ badge }, otherKey)))).toBe('invalid PROOF_INVALID')
    expect(told(await verified(await signed({ badge })))).toBe('valid')
  })

  it('of another owner is refused; of none is told', async () => {
    const owned = (owner: unknown) => verified(good, { [ids.key]: cryptographicKey({ owner }) })
    expect(told(await owned('https://college.example/issuer'))).toBe('invalid CONTROLLER_MISMATCH')
    expect(told(await owned(7))).toBe('invalid CONTROLLER_MISMATCH')
    expect(told(await owned({ id: ids.issuer }))).toBe('valid')
    const silent = await owned(undefined)
    expect(told(silent)).toBe('valid')
    expect(JSON.stringify(silent.checks)).toContain('does not say whose it is')
  })

  it('of an owner that has moved is that of the same owner', async () => {
    const moved = 'https://school.example/about'
    const web2 = { [ids.issuer]: profile({ id: moved }), [moved]: profile({ id: moved }) }
    expect(told(await verified(good, web2))).toBe('valid')
    expect(told(await verified(good, { ...web2, [moved]: profile({ id: moved, publicKey: evilKey }) }))).toBe(
      'invalid KEY_NOT_FOUND',
    )
  })

  it('of another id at its URL is refused', async () => {
    const at = (id: unknown) => verified(good, { [ids.key]: cryptographicKey({ id }) })
    expect(told(await at(evilKey))).toBe('invalid KEY_NOT_FOUND')
    expect(told(await at(undefined))).toBe('invalid KEY_NOT_FOUND')
  })

  it('is refused when it was revoked or its end has passed', async () => {
    const keyWith = (changes: Changes) => verified(good, { [ids.key]: cryptographicKey(changes) })
    expect(told(await keyWith({ revoked: '2020-01-01T00:00:00Z' }))).toBe('invalid KEY_REVOKED')
    expect(told(await keyWith({ revoked: true }))).toBe('invalid KEY_REVOKED')
    expect(told(await keyWith({ expires: '2026-01-01T00:00:00Z' }))).toBe('invalid KEY_REVOKED')
    expect(told(await keyWith({ expires: 'some day' }))).toBe('invalid KEY_REVOKED')
    expect(told(await keyWith({ expires: '2030-01-01T00:00:00Z' }))).toBe('valid')
  })

  it('is refused where a Profile names none', async () => {
    for (const publicKey of [undefined, [], 'https://school.example/keys/2', 7]) {
      expect(told(await verified(good, { [ids.issuer]: profile({ publicKey }) }))).toBe('invalid KEY_NOT_FOUND')
    }
  })

  it('must be PEM of one sound public key', async () => {
    const pem = await pemOf(otherKey)
    const short = `-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK\n-----END PUBLIC KEY-----`
    for (const publicKeyPem of [undefined, 7, '', 'AAAA', `${pem}${pem}`, short, pem.replaceAll('PUBLIC', 'PRIVATE')]) {
      expect(told(await verified(good, { [ids.key]: cryptographicKey({ publicKeyPem }) }))).toBe(
        'invalid KEY_UNSUPPORTED',
      )
    }
  })

  it('is looked for among twenty at most', async () => {
    const text = await signed({ verification: { type: 'signed' } })
    const other = cryptographicKey({ publicKeyPem: evilPem })
    const many = (count: number) => ({ [ids.issuer]: profile({ publicKey: [...Array(count).fill(other), ids.key] }) })
    expect(told(await verified(text, many(19)))).toBe('valid')
    expect(told(await verified(text, many(20)))).toBe('indeterminate LIMIT_EXCEEDED')
  })
})

it('nothing of a forged assertion is asked for but what its issuer has', async () => {
  const network = web()
  await verified({ ...signedPayload(), evidence: evilKey }, {}, { fetchJson: network.fetchJson })
  expect(network.asked).toEqual([])
})
