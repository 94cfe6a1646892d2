/** Assertions of Open Badges 2.0 over a network that exists in the test alone. */

import { onlineJson, verifyAssertion } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { createOnlineJson } from '../../src/online.ts'
import { badgeClass, hosted, ids, now, profile, told } from '../helpers/open-badges-2.ts'
import { type FakeAnswer, fakeTransport } from '../helpers/transport.ts'

type Answers = Readonly<Record<string, FakeAnswer>>

function network(changes: Answers = {}) {
  const answers: Answers = {
    [ids.hosted]: { body: hosted(), headers: { etag: '"1"' } },
    [ids.badge]: { body: badgeClass(), headers: { 'content-type': 'application/ld+json; charset=utf-8' } },
    [ids.issuer]: { body: profile() },
    ...changes,
  }
  const { transport, asked } = fakeTransport(({ url }) => answers[url.href])
  return { fetchJson: createOnlineJson({ now: () => now }, transport), asked }
}

const verdictWith = async (changes: Answers, assertion: unknown = ids.hosted) =>
  told(await verifyAssertion({ assertion, fetchJson: network(changes).fetchJson, now }))

describe('onlineJson', () => {
  it('fetches all that a hosted assertion names, as it was served', async () => {
    const { fetchJson, asked } = network()
    const report = await verifyAssertion({ assertion: hosted(), fetchJson, now })
    expect(report).toMatchObject({ verified: true, text: JSON.stringify(hosted()) })
    expect(asked.map(({ url }) => url.href)).toEqual([ids.hosted, ids.badge, ids.issuer])
    expect(asked[0]?.headers['accept']).toMatch(/^application\/ld\+json/)
  })

  it('asks again each time, so that a revocation is seen at once', async () => {
    const answers: Record<string, FakeAnswer> = { [ids.hosted]: { body: hosted() } }
    const { transport } = fakeTransport(({ url }) => answers[url.href])
    const fetchJson = createOnlineJson({ now: () => now }, transport)
    expect(await fetchJson(ids.hosted)).toBe(JSON.stringify(hosted()))
    answers[ids.hosted] = { status: 410 }
    expect(await fetchJson(ids.hosted)).toBe('{"revoked":true}')
  })

  it('asks by https for what is named by http', async () => {
    const http = (url: string) => url.replace('https:', 'http:')
    const old = hosted({ id: http(ids.hosted), badge: http(ids.badge) })
    const web = {
      [ids.hosted]: { body: old },
      [ids.badge]: { body: badgeClass({ id: http(ids.badge), issuer: http(ids.issuer) }) },
      [ids.issuer]: { body: profile({ id: http(ids.issuer) }) },
    }
    expect(await verdictWith(web, old)).toBe('valid')
  })

  it.each([
    [{ status: 410 }, 'invalid REVOKED'],
    [{ status: 404 }, 'indeterminate PROOF_UNAVAILABLE'],
    [{ status: 500 }, 'indeterminate PROOF_UNAVAILABLE'],
    [{ status: 302, headers: { location: 'https://evil.example/1' } }, 'indeterminate PROOF_UNAVAILABLE'],
    [{ headers: { 'content-type': 'text/html' }, body: hosted() }, 'indeterminate PROOF_UNAVAILABLE'],
    [{ body: '{"id":"a","id":"b"}' }, 'indeterminate PROOF_UNAVAILABLE'],
  ])('%j is %s', async (answer, verdict) => {
    expect(await verdictWith({ [ids.hosted]: answer })).toBe(verdict)
  })

  it('follows redirects within the origin', async () => {
    const there = 'https://school.example/a/1'
    const moved = { [ids.hosted]: { status: 302, headers: { location: there } } }
    expect(await verdictWith({ ...moved, [there]: { body: hosted() } })).toBe('valid')
    expect(await verdictWith({ ...moved, [there]: { body: hosted({ id: there }) } })).toBe('invalid PROOF_INVALID')
  })

  it('never asks private networks, nor for anything but a web address', async () => {
    for (const url of [
      'https://127.0.0.1/1',
      'https://localhost/1',
      'ftp://school.example/1',
      'https://a.example:8443/',
    ]) {
      await expect(onlineJson()(url)).rejects.toThrow()
    }
  })

  it('refuses options that it does not have', () => {
    expect(() => onlineJson({ timeout: 0 })).toThrow(/timeout/)
    expect(() => onlineJson({ retries: 3 } as never)).toThrow(/there is no option "retries"/)
  })
})
