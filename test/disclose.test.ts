/** `disclose`: what it refuses, and what it makes of one proof and of several. */

import {
  acceptBaseProof,
  bbs2023,
  type DiscloseOptions,
  disclose,
  ecdsaRdfc2019,
  ecdsaSd2023,
  eddsaRdfc2022,
  generateKey,
  issue,
  type JsonObject,
  type Proof,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, bundledLoader, copyOf, judge, now, recordOf, school, signedBadge } from './helpers/fixtures.ts'

const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
const base = copyOf(await issue({ credential: badge(), key, now, format: ecdsaSd2023() }))
const other = await signedBadge()
const part = copyOf(await disclose({ credential: base, reveal: ['/name'] }))
const show = (more: Partial<DiscloseOptions>) => disclose({ credential: base, reveal: ['/name'], ...more })

describe('what is refused', () => {
  it.each<readonly [string, Partial<DiscloseOptions>, string]>([
    ['a text in place of a list', { reveal: '/name' as never }, 'must be a list of JSON Pointers'],
    ['a number in it', { reveal: [7 as never] }, 'must be a list of JSON Pointers'],
    ['no suite', { format: [] }, 'takes suites of selective disclosure'],
    ['a function that was not called', { format: ecdsaSd2023 as never }, 'call it: ecdsaSd2023()'],
    ['a suite of another kind', { format: eddsaRdfc2022() as never }, 'takes suites of selective disclosure'],
    ['one that accepts base proofs', { format: acceptBaseProof(ecdsaSd2023()) as never }, 'takes suites'],
    ['a name of one', { format: 'ecdsa-sd-2023' as never }, 'takes suites of selective disclosure'],
    ['what is no JSON', { credential: 'ey.a.b' }, 'must be a JSON object'],
    ['a list', { credential: [base] }, 'must be a JSON object'],
    ['an option that is none', { show: ['/name'] } as never, 'no option "show"'],
    ['a part', { credential: part }, 'shows part of it already'],
    ['a credential without a base proof', { credential: other }, 'has: eddsa-rdfc-2022'],
    ['a base proof of another suite', { format: bbs2023() }, 'no base proof of bbs-2023'],
  ])('%s', async (_name, more, message) => {
    await expect(show(more)).rejects.toThrow(message)
  })

  it.each([
    ['validFrom', 'not a JSON Pointer'],
    ['/validForever', 'points at nothing'],
  ])('at issue, %s as a mandatory pointer', async (pointer, message) => {
    const options = { credential: badge(), key, now, format: ecdsaSd2023() }
    await expect(issue({ ...options, mandatoryPointers: [pointer] })).rejects.toThrow(message)
    await expect(issue({ ...options, mandatoryPointers: pointer as never })).rejects.toThrow('a list of JSON Pointers')
    await expect(issue({ ...options, format: ecdsaRdfc2019(), mandatoryPointers: ['/name'] })).rejects.toThrow(
      'belong to',
    )
  })
})

it('what stands in the way has the code that the documentation names', async () => {
  const contexts = { 'https://words.example/v1': { '@context': {} } }
  const document = { ...badge(), '@context': [...badge()['@context'], 'https://words.example/v1'] }
  const credential = await issue({ credential: document, key, now, format: ecdsaSd2023(), contexts })
  const reveal = ['/name']
  await expect(disclose({ credential, reveal })).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN' })
  const loadDocument = () => Promise.reject(new Error('the line is down'))
  const down = disclose({ credential, reveal, loadDocument })
  await expect(down).rejects.toMatchObject({
    code: 'CONTEXT_UNKNOWN',
    message: expect.stringContaining('the line is down'),
  })
  for (const more of [{ honours: 'x' }, { description: { '@value': 'x' } }, { name: 'x' }]) {
    const changed = { ...credential, ...more }
    if ('name' in more)
      expect(await judge(await disclose({ credential: changed, reveal, contexts }), { contexts })).toEqual([
        'PROOF_INVALID',
      ])
    else
      await expect(disclose({ credential: changed, reveal, contexts })).rejects.toMatchObject({
        code: 'CREDENTIAL_MALFORMED',
      })
  }
})

it('part of a JSON literal, which is signed as one value, cannot be shown', async () => {
  const contexts = { 'https://words.example/v1': { '@context': { data: { '@id': 'urn:x:data', '@type': '@json' } } } }
  const document = {
    ...badge(),
    '@context': [...badge()['@context'], 'https://words.example/v1'],
    data: { a: 1, b: 2 },
  }
  const credential = await issue({
    credential: document,
    key,
    now,
    format: ecdsaSd2023(),
    contexts,
    conformance: 'noted',
  })
  const cut = disclose({ credential, reveal: ['/data/a'], contexts })
  await expect(cut).rejects.toThrow('cannot be cut out')
  await expect(cut).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  const made = await disclose({ credential, reveal: ['/data'], contexts })
  expect(made['data']).toEqual({ a: 1, b: 2 })
  expect(await judge(made, { contexts })).toEqual(['valid'])
})

describe('what is made', () => {
  it('is good for whoever also takes base proofs', async () => {
    expect(await judge(part, { formats: [acceptBaseProof(ecdsaSd2023())] })).toEqual(['valid'])
  })

  it('is from the base proof among others, which are left behind, and has its proof in a list or not as before', async () => {
    const more = copyOf(await issue({ credential: badge(), key, now, format: ecdsaRdfc2019() }))
    const proofs = [[more['proof']].flat()[0], ([base['proof']].flat() as object[])[0]]
    for (const credential of [
      { ...base, proof: proofs },
      { ...base, proof: [...proofs].reverse() },
    ]) {
      const made = copyOf(await show({ credential }))
      expect(made['proof']).toMatchObject([{ cryptosuite: 'ecdsa-sd-2023' }])
      expect(await judge(made)).toEqual(['valid'])
    }
    const bare = copyOf(await show({ credential: { ...base, proof: proofs[1] } }))
    expect(bare['proof']).toMatchObject({ cryptosuite: 'ecdsa-sd-2023' })
    expect(await judge(bare)).toEqual(['valid'])
  })

  it('is from the base proof, although a part of the same suite stands before it', async () => {
    const [derived, whole] = [part, base].map(({ proof }) => ([proof].flat() as object[])[0])
    expect(await judge(await show({ credential: { ...base, proof: [derived, whole] } }))).toEqual(['valid'])
  })

  it('holds the mandatory pointers that the issuer added', async () => {
    const options = { credential: badge(), key, now, format: ecdsaSd2023(), mandatoryPointers: ['/name', '/name'] }
    const made = await disclose({ credential: await issue(options), reveal: [] })
    expect(made).toMatchObject({ name: 'Welding' })
    expect(await judge(made)).toEqual(['valid'])
  })

  it('shows a credential inside as a whole', async () => {
    const inner = await signedBadge()
    const { issuer: _, proof: __, ...record } = copyOf(await recordOf([inner]))
    const credential = await issue({
      credential: record as never,
      key,
      now,
      format: ecdsaSd2023(),
      conformance: 'noted',
    })
    const made = copyOf(await disclose({ credential, reveal: [inner['id'] as string] }))
    expect((made['credentialSubject'] as { verifiableCredential: unknown }).verifiableCredential).toEqual([inner])
    expect(await judge(made)).toEqual(['valid'])
    const path = '/credentialSubject/verifiableCredential/0/name'
    await expect(disclose({ credential, reveal: [path] })).rejects.toThrow('signed by itself')
  })
})

it('a grade of an issuer who made nothing mandatory is shown with its meaning, or not at all', async () => {
  const subject = badge().credentialSubject
  const id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c31'
  const resultDescription = [{ id, type: ['ResultDescription'], name: 'Grade', resultType: 'Percent' }]
  const document = copyOf({
    ...badge(),
    issuer: key.controller,
    credentialSubject: {
      ...subject,
      achievement: { ...subject.achievement, resultDescription },
      result: [{ type: ['Result'], resultDescription: id, value: '42', status: 'Failed' }],
    },
  }) as JsonObject
  const input = { document, purpose: 'assertionMethod', created: now, loadDocument: bundledLoader } as const
  const proof: Proof = await ecdsaSd2023().sign({ ...input, mandatoryPointers: ['/issuer'] }, key)
  const credential = { ...document, proof }
  const value = '/credentialSubject/result/0/value'
  await expect(disclose({ credential, reveal: [value] })).rejects.toThrow('means nothing without')
  const whole = ['/credentialSubject/result/0', id, '/validFrom']
  expect(await judge(await disclose({ credential, reveal: whole }))).toEqual(['valid'])
  expect(school.controller).not.toBe(key.controller)
})
