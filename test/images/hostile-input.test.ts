import { verify } from 'testamur'
import { unbake } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { codesOf } from '../helpers/fixtures.ts'
import { png } from '../helpers/pictures.ts'

const angry = () => {
  throw new Error('touched')
}
const lying = Object.defineProperty(new Uint8Array([0x89, 0x50]), 'length', { get: angry })
const cutless = (bytes: Iterable<number>) =>
  new (class extends Uint8Array {
    override subarray = angry as never
  })(bytes)

describe('what only looks like bytes', () => {
  it.each<[string, unknown]>([
    [
      'a proxy that throws when it is asked what it is',
      new Proxy({}, { getPrototypeOf: angry, get: angry, ownKeys: angry }),
    ],
    ['a proxy of bytes that throws', new Proxy(new Uint8Array(4), { get: angry })],
    ['bytes whose length throws', lying],
    ['bytes that cannot be cut', cutless([0x7b])],
    ['an SVG that cannot be cut', cutless([0x3c, 0x3c])],
    ['a PNG that cannot be cut', cutless(png())],
    ['a proxy that was revoked', revoked()],
  ])('%s is answered', async (_what, input) => {
    expect(codesOf(await verify({ credential: input }))).toEqual([
      expect.stringMatching(/^INPUT_MALFORMED|CREDENTIAL_MISSING$/),
    ])
    expect(unbake(input as Uint8Array)).toHaveProperty('problem')
  })
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

it('verify answers with a report for views that throw when they are asked what they are', async () => {
  const boo = () => {
    throw new Error('boo')
  }
  const sent = [
    Object.setPrototypeOf(new Uint8Array(10), new Proxy({}, { getPrototypeOf: boo })),
    Object.defineProperty(new TextEncoder().encode('<svg/>'), 'length', { get: boo }),
    Object.defineProperty(new TextEncoder().encode('<svg/>'), 'byteLength', { get: boo }),
  ]
  for (const credential of sent) expect((await verify({ credential })).verified).toBe(false)
})
