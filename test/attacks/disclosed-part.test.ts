/**
 * Attacks on selective disclosure (ecdsa-sd-2023): a holder hides what the issuer made mandatory, adds or exchanges what was not
 * signed, or writes the proof value in another form.
 */

import {
  acceptBaseProof,
  disclose,
  ecdsaRdfc2019,
  ecdsaSd2023,
  generateKey,
  issue,
  type JsonObject,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/proofs/selective-disclosure/cbor.ts'
import {
  bytesOf,
  changeComponent,
  componentsOf,
  indefinite,
  lengthened,
  proofOf,
  textOf,
  withProofValue,
} from '../helpers/disclosed.ts'
import {
  badge,
  copyOf,
  type Document,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  thief,
  withProof,
} from '../helpers/fixtures.ts'

const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
const [first, second] = [
  'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c21',
  'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c22',
]
const plain = badge({ validUntil: '2027-01-01T00:00:00Z' })
const subject = plain.credentialSubject as unknown as Document
const described = (id: string | undefined, name: string) => ({
  id,
  type: ['ResultDescription'],
  name,
  resultType: 'Percent',
})
const record = {
  ...plain,
  credentialSubject: {
    ...subject,
    achievement: {
      ...(subject['achievement'] as object),
      humanCode: 'WELD-2',
      resultDescription: [described(first, 'Theory'), described(second, 'Practice')],
    },
    result: [
      { type: ['Result'], resultDescription: first, value: '91', status: 'Completed' },
      { type: ['Result'], resultDescription: second, value: '42', status: 'Failed' },
    ],
  },
}
const base = copyOf(await issue({ credential: record, key, now, format: ecdsaSd2023() }))
const achievement = (subject['achievement'] as Document)['id'] as string
const derived = copyOf(await disclose({ credential: base, reveal: [achievement] }))
const changed = (place: number, change: (value: never) => CborValue, document: object = derived) =>
  changeComponent(document, place, change)

describe('what is disclosed', () => {
  it('is good: the part that was asked for, and what is mandatory', async () => {
    expect(await judge(derived)).toEqual(['valid'])
    expect(derived).toMatchObject({
      issuer: base['issuer'] as object,
      validUntil: '2027-01-01T00:00:00Z',
      credentialSubject: {
        id: learner.controller,
        achievement: { humanCode: 'WELD-2' },
        result: [{ status: 'Completed' }, { status: 'Failed' }],
      },
    })
    expect(JSON.stringify(derived)).not.toContain('"91"')
    expect(derived).not.toHaveProperty('name')
  })

  it('is told to be a part, and held to no schema of the whole', async () => {
    const { checks } = await verify({ credential: derived, now })
    expect(checks.find(({ name }) => name === 'proof')).toMatchObject({ notes: [expect.stringContaining('mandatory')] })
    expect(checks.find(({ name }) => name === 'schema')).toMatchObject({ outcome: 'skipped' })
  })

  it('is the whole where another proof of the issuer is over the whole', async () => {
    const { proof: own, ...all } = copyOf(await issue({ credential: record, key, now, format: ecdsaRdfc2019() }))
    const { proof, ...part } = copyOf(
      await disclose({ credential: base, reveal: Object.keys(all).map((name) => `/${name}`) }),
    )
    expect(part).toEqual(all)
    const { verdict, checks } = await verify({ credential: { ...part, proof: [proof, own].flat() }, now })
    expect([verdict, checks.find(({ name }) => name === 'schema')?.outcome]).toEqual(['valid', 'passed'])
  })

  it('stays a part where somebody else signs it beside the issuer', async () => {
    const { proof, ...part } = derived
    const { proof: beside } = await withProof(part, thief)
    const credential = { ...part, proof: [proof, beside].flat() }
    expect(await judge(credential)).toEqual(['ISSUER_MISMATCH'])
    const { verdict, checks } = await verify({ credential, now, acceptCosigner: () => true, conformance: 'strict' })
    const outcomes = ['schema', 'status'].map((name) => checks.find((check) => check.name === name))
    expect([verdict, ...outcomes]).toEqual([
      'valid',
      expect.objectContaining({ outcome: 'skipped', message: expect.stringContaining('Part of the credential') }),
      expect.objectContaining({
        outcome: 'skipped',
        message: expect.stringContaining('What is shown of the credential'),
      }),
    ])
  })

  it('may be asked for by course code, and by pointer', async () => {
    expect(copyOf(await disclose({ credential: base, reveal: ['WELD-2'] }))).toEqual(derived)
    const named = copyOf(await disclose({ credential: base, reveal: ['/name', '/credentialSubject/result/0/value'] }))
    expect(await judge(named)).toEqual(['valid'])
    expect(named).toMatchObject({
      name: 'Welding',
      credentialSubject: { result: [{ value: '91' }, { status: 'Failed' }] },
    })
  })

  it.each([
    ['/honours', 'points at nothing'],
    ['/credentialSubject/result/2', 'points at nothing'],
    ['/credentialSubject/result/-', 'points at nothing'],
    ['/credentialSubject/constructor', 'points at nothing'],
    ['WELD-3', 'WELD-2'],
  ])('cannot be %s, and the error says why', async (pointer, message) => {
    await expect(disclose({ credential: base, reveal: [pointer] })).rejects.toThrow(message)
  })

  it('cannot be disclosed once more, nor without a base proof', async () => {
    await expect(disclose({ credential: derived, reveal: ['/name'] })).rejects.toThrow('shows part of it already')
    await expect(disclose({ credential: { ...base, proof: [] }, reveal: ['/name'] })).rejects.toThrow('no base proof')
  })
})

describe('a base proof', () => {
  it('is not presented; a part of it is', async () => {
    await expect(presented([base])).rejects.toThrow('disclose it first')
    expect(await judgePresentation(await presented([derived]))).toEqual(['valid'])
  })

  it('is refused where it is shown, and good for its holder', async () => {
    expect(await judge(base)).toEqual(['PROOF_IS_BASE'])
    expect(await judge(base, { formats: [acceptBaseProof(ecdsaSd2023())] })).toEqual(['valid'])
    expect(await judge(edit(base, '/name', 'x'), { formats: [acceptBaseProof(ecdsaSd2023())] })).toEqual([
      'PROOF_INVALID',
    ])
  })

  it('with the header of a derived one is refused', async () => {
    const bytes = Uint8Array.from(bytesOf(base))
    bytes[2] = 1
    expect(await judge(withProofValue(base, textOf(bytes)))).toEqual(['PROOF_INVALID'])
  })

  it('with other mandatory pointers is refused', async () => {
    const hidden = changed(4, (pointers: readonly string[]) => pointers.filter((each) => each !== '/validUntil'), base)
    expect(await judge(hidden, { formats: [acceptBaseProof(ecdsaSd2023())] })).toEqual(['PROOF_INVALID'])
    await expect(disclose({ credential: hidden, reveal: ['/name'] })).rejects.toThrow('another document')
  })
})

describe('a part from which something mandatory was taken', () => {
  it.each([
    '/validUntil',
    '/validFrom',
    '/credentialSubject/id',
    '/credentialSubject/result/1',
    '/credentialSubject/result/1/status',
    '/credentialSubject/achievement/resultDescription/1',
  ])('%s is refused', async (path) => {
    const cut = edit(derived, path)
    if (/\/\d$/.test(path)) {
      const list = path
        .slice(0, -2)
        .split('/')
        .slice(1)
        .reduce<unknown>((at, step) => (at as Document)[step], cut)
      ;(list as unknown[]).splice(1)
    }
    expect(await judge(cut)).toEqual(['PROOF_INVALID'])
  })
})

describe('a part with what was not signed', () => {
  const forged: readonly (readonly [string, object])[] = [
    ['a statement added', edit(derived, '/description', 'cum laude')],
    ['a value changed', edit(derived, '/credentialSubject/achievement/humanCode', 'WELD-9')],
    ['a status changed', edit(derived, '/credentialSubject/result/1/status', 'Completed')],
    ['another holder', edit(derived, '/credentialSubject/id', thief.controller)],
    ['a later end', edit(derived, '/validUntil', '2037-01-01T00:00:00Z')],
    ['another time of signing', edit(derived, '/proof/0/created', '2026-11-21T00:00:00Z')],
    ['an end of the proof', edit(derived, '/proof/0/expires', '2036-11-21T00:00:00Z')],
  ]
  it.each(forged)('%s: refused', async (_name, document) => {
    expect(await judge(document)).toEqual(['PROOF_INVALID'])
  })
})

describe('a proof value', async () => {
  const other = copyOf(await disclose({ credential: base, reveal: ['/name'] }))
  const foreign = copyOf(
    await disclose({
      credential: await issue({ credential: record, key, now, format: ecdsaSd2023() }),
      reveal: ['WELD-2'],
    }),
  )
  const swap = <T>([one, two, ...rest]: readonly T[]) => [two, one, ...rest] as readonly T[]
  const labels = (change: (map: Map<number, Uint8Array>) => void) => (map: ReadonlyMap<number, Uint8Array>) => {
    const copy = new Map(map)
    change(copy)
    return copy
  }

  it('written anew as it was is good', async () => {
    expect(await judge(changed(0, (value: Uint8Array) => value))).toEqual(['valid'])
  })

  const forged: readonly (readonly [string, object])[] = [
    ['of another part', withProofValue(derived, proofOf(other)['proofValue'] as string)],
    ['with two signatures exchanged', changed(2, swap as never)],
    ['with a signature too many', changed(2, (list: readonly Uint8Array[]) => [...list, list[0] as Uint8Array])],
    ['with a signature too few', changed(2, (list: readonly Uint8Array[]) => list.slice(1))],
    ['with a signature twice', changed(2, ([one, , ...rest]: readonly Uint8Array[]) => [one, one, ...rest] as never)],
    [
      'with a short signature',
      changed(2, ([one, ...rest]: readonly Uint8Array[]) => [(one as Uint8Array).slice(1), ...rest]),
    ],
    ['with signatures of another signing', changed(2, () => componentsOf(foreign)[2] as CborValue)],
    ['with the key of another signing', changed(1, () => componentsOf(foreign)[1] as CborValue)],
    ['with a key of another kind', changed(1, (bytes: Uint8Array) => Uint8Array.of(0x81, 0x24, ...bytes.slice(2)))],
    ['with the issuer’s signature of another signing', changed(0, () => componentsOf(foreign)[0] as CborValue)],
    ['with labels of another signing', changed(3, () => componentsOf(foreign)[3] as CborValue)],
    ['with a label changed', changed(3, labels((map) => map.set(0, new Uint8Array(32))) as never)],
    ['with a label missing', changed(3, labels((map) => map.delete(0)) as never)],
    ['with a label too many', changed(3, labels((map) => map.set(99, new Uint8Array(32))) as never)],
    ['with one label for two', changed(3, labels((map) => map.set(1, map.get(0) as Uint8Array)) as never)],
    ['with a short label', changed(3, labels((map) => map.set(0, new Uint8Array(31))) as never)],
    ['with nothing mandatory', changed(4, () => [])],
    ['with less mandatory', changed(4, (list: readonly number[]) => list.slice(1))],
    ['with a mandatory place twice', changed(4, (list: readonly number[]) => [list[0] as number, ...list])],
    ['with a mandatory place beyond the end', changed(4, (list: readonly number[]) => [...list, 4_000_000])],
    ['with bytes behind its end', withProofValue(derived, textOf(Buffer.concat([bytesOf(derived), Buffer.of(0)])))],
    ['cut short', withProofValue(derived, textOf(bytesOf(derived).subarray(0, -1)))],
    ['of no definite length', withProofValue(derived, textOf(indefinite(bytesOf(derived))))],
    ['with a length in more bytes than needed', withProofValue(derived, textOf(lengthened(bytesOf(derived))))],
    ['in another base', withProofValue(derived, `z${(proofOf(derived)['proofValue'] as string).slice(1)}`)],
    ['with padding', withProofValue(derived, `${proofOf(derived)['proofValue'] as string}=`)],
    ['with nothing in it', withProofValue(derived, 'u2V0B')],
  ]
  it.each(forged)('%s is refused', async (_name, document) => {
    expect(await judge(document)).toEqual(['PROOF_INVALID'])
  })
})

it('a part is signed by the issuer’s key alone', async () => {
  const stranger = await generateKey({ algorithm: 'P-256' })
  const own = await issue({
    credential: { ...record, issuer: undefined } as never,
    key: stranger,
    now,
    format: ecdsaSd2023(),
  })
  const part = copyOf(await disclose({ credential: own, reveal: ['WELD-2'] }))
  expect(await judge(part)).toEqual(['valid'])
  expect(await judge(edit(part, '/issuer', derived['issuer'] as JsonObject))).not.toContain('valid')
})
