import { defaultLimits } from 'testamur'
import { describe, expect, it } from 'vitest'
import { signJws } from '../../src/envelopes/jws.ts'
import { openSdJwt } from '../../src/envelopes/sd-jwt.ts'
import { school } from '../helpers/fixtures.ts'
import { digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'

/** What an SD-JWT says, or why it is refused. */
async function read(payload: object, ...disclosures: readonly string[]): Promise<unknown> {
  const opened = openSdJwt(await sdJwtOf(payload, disclosures))
  return 'problem' in opened ? opened.code : opened.payload
}

describe('an SD-JWT', () => {
  // The disclosure and digest that RFC 9901 section 4.2.1 prints.
  it('hashes a disclosure as the specification prints it', async () => {
    const printed = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0'
    const _sd = ['X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0']
    expect(await read({ _sd }, printed)).toEqual({ family_name: 'Möbius' })
  })

  it('shows members and items where they stood, at any depth', async () => {
    const street = disclosure('street', 'Main')
    const address = disclosure('address', { city: 'X', _sd: [digestOf(street)] })
    const item = disclosure(2)
    const payload = {
      _sd: [digestOf(address), 'withheld'],
      list: [1, { '...': digestOf(item) }, { '...': 'withheld too' }, 3],
    }
    expect(await read(payload, street, address, item)).toEqual({
      address: { city: 'X', street: 'Main' },
      list: [1, 2, 3],
    })
    expect(await read(payload, address)).toEqual({ address: { city: 'X' }, list: [1, 3] })
    expect(await read(payload)).toEqual({ list: [1, 3] })
  })

  it('tells where each disclosure stands, and whether members of the root are withheld', async () => {
    const [name, item] = [disclosure('name', 'Ada'), disclosure('x')]
    const payload = { vc: { _sd: [digestOf(name), 'other'] }, list: [0, { '...': digestOf(item) }] }
    expect(openSdJwt(await sdJwtOf(payload, [item, name]))).toMatchObject({
      disclosures: [{ path: ['vc', 'name'] }, { path: ['list', 1] }],
      isPartial: true,
    })
    expect(openSdJwt(await sdJwtOf({ deep: { er: { _sd: ['other'] } } }, []))).toMatchObject({ isPartial: false })
  })

  it('may have been hashed with SHA-384', async () => {
    const name = disclosure('name', 'Ada')
    expect(await read({ _sd_alg: 'sha-384', _sd: [digestOf(name, 'sha384')] }, name)).toEqual({ name: 'Ada' })
  })

  it('is one text without its last tilde too, as some wallets write it', async () => {
    const name = disclosure('name', 'Ada')
    const text = await sdJwtOf({ _sd: [digestOf(name)] }, [name])
    expect(openSdJwt(text.slice(0, -1))).toMatchObject({ payload: { name: 'Ada' }, text, keyBinding: undefined })
  })
})

describe('an SD-JWT is refused', () => {
  const name = disclosure('name', 'Ada')
  const digest = digestOf(name)

  it.each<readonly [string, object, readonly string[], string]>([
    ['with a disclosure that it has no digest for', {}, [name], 'PROOF_MALFORMED'],
    ['with one disclosure twice', { _sd: [digest] }, [name, name], 'PROOF_MALFORMED'],
    ['with one digest twice', { _sd: [digest, digest] }, [name], 'PROOF_MALFORMED'],
    ['with one digest at two places', { _sd: [digest], a: { _sd: [digest] } }, [name], 'PROOF_MALFORMED'],
    ['with one withheld digest at two places', { _sd: ['x'], a: [{ '...': 'x' }] }, [], 'PROOF_MALFORMED'],
    ['with a member that is there already', { name: 'Eve', _sd: [digest] }, [name], 'PROOF_MALFORMED'],
    ['with digests that are no list', { _sd: digest }, [name], 'PROOF_MALFORMED'],
    ['with a digest that is no text', { _sd: [7] }, [], 'PROOF_MALFORMED'],
    ['with the mark of an item where no item is', { a: { '...': digest } }, [], 'PROOF_MALFORMED'],
    ['with more beside the mark of an item', { a: [{ '...': digest, b: 1 }] }, [], 'PROOF_MALFORMED'],
    ['with a name for an item', { a: [{ '...': digest }] }, [name], 'PROOF_MALFORMED'],
    ['with a hash that nobody knows', { _sd_alg: 'md5', _sd: [digest] }, [name], 'PROOF_FORMAT_UNKNOWN'],
    ['with a hash that is no text', { _sd_alg: ['sha-256'], _sd: [digest] }, [name], 'PROOF_MALFORMED'],
    ['with a hash named like a property', { _sd_alg: 'constructor', _sd: [digest] }, [name], 'PROOF_FORMAT_UNKNOWN'],
  ])('%s', async (_name, payload, disclosures, code) => {
    expect(await read(payload, ...disclosures)).toBe(code)
  })

  it.each([
    ['named _sd', disclosure('_sd', ['x'])],
    ['named ...', disclosure('...', 'x')],
    ['without a name, as a member', disclosure('x')],
    ['with a name that is no text', disclosure(7, 'x')],
    ['of four parts', disclosure('name', 'x', 'y')],
    ['of one part', disclosure()],
    ['with a salt that is no text', Buffer.from('[1,"name","x"]').toString('base64url')],
    ['that is an object', Buffer.from('{"0":"s"}').toString('base64url')],
    ['that is not JSON', Buffer.from('["s","name"').toString('base64url')],
    ['with padding', `${name}==`],
    ['with a name twice inside', Buffer.from('["s","a",{"b":1,"b":2}]').toString('base64url')],
    ['named __proto__ inside', Buffer.from('["s","a",{"__proto__":1}]').toString('base64url')],
    ['that is empty', ''],
  ])('with a disclosure %s', async (_name, text) => {
    expect(typeof (await read({ _sd: [digestOf(text)] }, text))).toBe('string')
  })

  it('when a disclosure that is named __proto__ would set what it must not', async () => {
    const text = disclosure('__proto__', { isAdmin: true })
    const opened = openSdJwt(await sdJwtOf({ _sd: [digestOf(text)] }, [text]))
    expect('payload' in opened && 'isAdmin' in opened.payload).toBe(false)
    expect(opened).toMatchObject({ code: 'PROOF_MALFORMED' })
  })

  it('when it is nested without end, or has disclosures without end', async () => {
    const texts: string[] = []
    let inner: object = {}
    for (let level = 0; level < 150; level += 1) {
      const text = disclosure('a', inner)
      texts.push(text)
      inner = { _sd: [digestOf(text)] }
    }
    expect(await read(inner, ...texts)).toBe('LIMIT_EXCEEDED')
    const lists = [1, 2, 3].map((n) => disclosure(`list${n}`, Array(9000).fill(n)))
    const wide = await sdJwtOf({ _sd: lists.map((each) => digestOf(each)) }, lists)
    expect(openSdJwt(wide)).toHaveProperty('payload')
    expect(openSdJwt(wide, { ...defaultLimits, values: 20_000 })).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    const many = `${await signJws({}, {}, school)}~${'AAAA~'.repeat(20_000)}`
    expect(openSdJwt(many)).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})
