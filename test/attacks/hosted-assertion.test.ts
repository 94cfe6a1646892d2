/**
 * Assertions of Open Badges 2.0 that lie where their issuer would not have put them. Each attack has a neighbour that differs in the one
 * thing that matters, and is valid.
 */

import { describe, expect, it } from 'vitest'
import { badgeClass, hosted, ids, profile, signed, told, verified, type Web } from '../helpers/open-badges-2.ts'

const evil = 'https://evil.example/assertions/1'
/** The usual web, with an assertion at another place. */
const at = (id: string, changes: object = {}, more: Web = {}) =>
  verified(id, { [id]: hosted({ id, ...changes }), ...more })
const allowing = (verification: object): Web => ({ [ids.issuer]: profile({ verification }) })

describe('on a server of the attacker', () => {
  it('is refused, and is valid on the host of the Profile', async () => {
    expect(told(await at(evil))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await at('https://school.example/elsewhere/1'))).toBe('valid')
  })

  it('is refused with a Profile inside that allows it, and valid with the same words in the Profile itself', async () => {
    const own = profile({ verification: { allowedOrigins: ['evil.example'] } })
    expect(told(await at(evil, { badge: badgeClass({ issuer: own }) }))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await at(evil, { badge: badgeClass({ issuer: own }) }, { [ids.issuer]: own }))).toBe('valid')
  })

  it('is refused with a Profile of its own that calls itself the school', async () => {
    const issuer = 'https://evil.example/issuer'
    const badge = badgeClass({ id: 'https://evil.example/badges/1', issuer })
    const claiming = (id: string) => at(evil, { badge }, { [issuer]: profile({ id }) })
    // It leads to the Profile of the school, which does not let its badges lie there.
    expect(told(await claiming(ids.issuer))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await claiming('https://school.example/nothing'))).toBe('indeterminate PROOF_UNAVAILABLE')
    expect(told(await claiming(ids.hosted))).toBe('invalid CREDENTIAL_MALFORMED')
    expect(told(await claiming(7 as never))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await claiming('urn:uuid:school'))).toBe('indeterminate PROOF_UNAVAILABLE')
    const honest = await claiming(issuer)
    expect(honest).toMatchObject({ verified: true, issuer: { id: issuer } })
  })

  it.each([
    ['another subdomain', 'https://evil.school.example/1'],
    ['the host as a prefix', 'https://school.example.evil.example/1'],
    ['the host as a user', 'https://school.example@evil.example/1'],
    ['another port', 'https://school.example:8443/1'],
    ['the host in the path', 'https://evil.example/school.example/1'],
  ])('is refused at %s', async (_what, id) => {
    expect(told(await at(id))).toBe('invalid ISSUER_MISMATCH')
  })
})

describe('within what the Profile allows', () => {
  const begin = 'https://school.example/assertions/'
  const long = 'https://school.example'

  it.each([
    [{ allowedOrigins: ['school.example', 'host.example'] }, 'https://host.example/1', 'valid'],
    [{ allowedOrigins: 'https://host.example' }, 'https://host.example/1', 'valid'],
    [{ allowedOrigins: 'host.example' }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ allowedOrigins: [] }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ allowedOrigins: [7] }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ allowedOrigins: ['*'] }, evil, 'invalid ISSUER_MISMATCH'],
    [{ allowedOrigins: ['evil.example.school.example'] }, evil, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: begin }, ids.hosted, 'valid'],
    [{ startsWith: ['https://school.example/NOT', begin] }, ids.hosted, 'valid'],
    [{ startsWith: 'https://SCHOOL.example:443/assertions/' }, ids.hosted, 'valid'],
    [{ startsWith: ['https://school.example/NOT'] }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: [] }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: 'https://' }, evil, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: 'h' }, evil, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: begin }, 'https://school.example/assertions/../evil/1', 'invalid ISSUER_MISMATCH'],
    [{ startsWith: begin }, 'https://school.example/assertions/%2e%2e/evil/1', 'invalid ISSUER_MISMATCH'],
    [{ startsWith: begin }, 'https://school.example/?https://school.example/assertions/', 'invalid ISSUER_MISMATCH'],
    [{ startsWith: long }, 'https://school.example.evil.example/1', 'invalid ISSUER_MISMATCH'],
    [{ startsWith: long }, 'https://school.example@evil.example/1', 'invalid ISSUER_MISMATCH'],
    [{ startsWith: long }, 'https://school.example/1', 'valid'],
    [{ startsWith: begin, allowedOrigins: 'host.example' }, ids.hosted, 'invalid ISSUER_MISMATCH'],
    [{ startsWith: begin, allowedOrigins: 'school.example' }, ids.hosted, 'valid'],
    [{ verificationProperty: 'id' }, ids.hosted, 'valid'],
    [{ verificationProperty: 'id' }, evil, 'invalid ISSUER_MISMATCH'],
    [{ verificationProperty: 'badge' }, ids.hosted, 'indeterminate PROOF_FEATURE_UNKNOWN'],
  ])('%j: %s is %s', async (verification, id, answer) => {
    expect(told(await at(id, {}, allowing(verification)))).toBe(answer)
  })

  it('is open where that lies elsewhere', async () => {
    const elsewhere = { [ids.issuer]: profile({ verification: 'https://school.example/verification' }) }
    expect(told(await at(ids.hosted, {}, elsewhere))).toBe('indeterminate PROOF_FEATURE_UNKNOWN')
  })
})

describe('another document at its URL', () => {
  it('is refused, even where it is genuine at its own', async () => {
    const other = 'https://school.example/assertions/2'
    const web = { [ids.hosted]: hosted({ id: other }), [other]: hosted({ id: other }) }
    expect(told(await verified(hosted(), web))).toBe('invalid PROOF_INVALID')
    expect(told(await verified(ids.hosted, web))).toBe('invalid PROOF_INVALID')
    expect(told(await verified(other, web))).toBe('valid')
  })

  it.each([[undefined], [null], [7], [[ids.hosted]], [`${ids.hosted}#me`]])('is refused with the id %j', async (id) => {
    expect(told(await verified(ids.hosted, { [ids.hosted]: hosted({ id }) }))).toBe('invalid PROOF_INVALID')
  })
})

describe('a BadgeClass', () => {
  const elsewhere = 'https://evil.example/badges/1'

  it.each(['hosted', 'signed'])('of the attacker is refused in a %s assertion that names it', async (method) => {
    const stolen = { badge: elsewhere }
    const web = { [ids.hosted]: hosted(stolen), [elsewhere]: badgeClass({ id: elsewhere, name: 'Doctor' }) }
    const assertion = method === 'hosted' ? ids.hosted : await signed(stolen)
    expect(told(await verified(assertion, web))).toBe('invalid ISSUER_MISMATCH')
    const allowed = { ...web, ...allowing({ allowedOrigins: ['school.example', 'evil.example'] }) }
    expect(told(await verified(assertion, allowed))).toBe('valid')
  })

  it('of another issuer makes the badge that of the other, who does not let its badges lie there', async () => {
    const other = 'https://college.example/issuer'
    const web = { [ids.badge]: badgeClass({ issuer: other }), [other]: profile({ id: other, name: 'College' }) }
    expect(told(await verified(ids.hosted, web))).toBe('invalid ISSUER_MISMATCH')
    const letting = profile({ id: other, verification: { allowedOrigins: 'school.example' } })
    expect(await verified(ids.hosted, { ...web, [other]: letting })).toMatchObject({ issuer: { id: other } })
  })

  it('that moved is taken where it says of itself that it lies now, and nowhere else', async () => {
    const moved = 'https://school.example/badges/2'
    const web = { [ids.badge]: badgeClass({ id: moved }), [moved]: badgeClass({ id: moved, name: 'Moved' }) }
    const report = await verified(ids.hosted, web)
    expect(report).toMatchObject({ verified: true, badge: { name: 'Moved' } })
    expect(JSON.stringify(report.checks)).toContain('has moved')
    const another = badgeClass({ id: 'https://school.example/badges/3' })
    expect(told(await verified(ids.hosted, { ...web, [moved]: another }))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await verified(ids.hosted, { ...web, [moved]: undefined }))).toBe('indeterminate PROOF_UNAVAILABLE')
    expect(told(await verified(ids.hosted, { ...web, [moved]: new Error('down') }))).toBe(
      'indeterminate PROOF_UNAVAILABLE',
    )
  })
})

it('a Profile without an address on the web vouches for nothing', async () => {
  const badge = badgeClass({ issuer: { ...profile(), id: 'urn:uuid:1' } })
  expect(told(await verified(ids.hosted, { [ids.hosted]: hosted({ badge }) }))).toBe('indeterminate PROOF_UNAVAILABLE')
})
