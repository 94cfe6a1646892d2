/**
 * Attacks on selective disclosure with bbs-2023: a holder hides what the issuer made mandatory, adds or exchanges what was not signed, shows a
 * part again elsewhere, or writes the proof value in another form; a verifier joins two parts; a stranger asks for much work.
 */

import {
  acceptBaseProof,
  bbs2023,
  disclose,
  ecdsaSd2023,
  generateKey,
  issue,
  type JsonObject,
  type VerifyCredentialOptions,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { type CborValue, encodeCbor } from '../../src/proofs/selective-disclosure/cbor.ts'
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
  now,
  presented,
  thief,
} from '../helpers/fixtures.ts'

const key = await generateKey({ algorithm: 'Bls12381G2', seed: new Uint8Array(32).fill(5) })
const plain = badge({ validUntil: '2027-01-01T00:00:00Z' })
const subject = plain.credentialSubject as unknown as Document
const description = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c21'
const record = {
  ...plain,
  credentialSubject: {
    ...subject,
    achievement: {
      ...(subject['achievement'] as object),
      humanCode: 'WELD-2',
      resultDescription: [{ id: description, type: ['ResultDescription'], name: 'Theory', resultType: 'Percent' }],
    },
    result: [
      { type: ['Result'], resultDescription: description, value: '91', status: 'Completed' },
      { type: ['Result'], resultDescription: description, value: '42', status: 'Failed' },
    ],
  },
}
const format = bbs2023()
const again = copyOf(await issue({ credential: { ...record, validUntil: '2028-01-01T00:00:00Z' }, key, now, format }))
const otherKey = await generateKey({ algorithm: 'Bls12381G2', seed: new Uint8Array(32).fill(6) })
const base = copyOf(await issue({ credential: record, key, now, format }))
const showing = async (reveal: readonly string[], of = format) =>
  copyOf(await disclose({ credential: base, reveal, format: of }))
const derived = await showing(['WELD-2'])
const changed = (place: number, change: (value: never) => CborValue, document: object = derived) =>
  changeComponent(document, place, change)
const judged = (credential: object, more: Partial<VerifyCredentialOptions> = {}) =>
  judge(credential, { formats: [format], ...more })

describe('what is disclosed', () => {
  it('is good: the part that was asked for, and what is mandatory', async () => {
    expect(await judged(derived)).toEqual(['valid'])
    expect(derived).toMatchObject({
      validUntil: '2027-01-01T00:00:00Z',
      credentialSubject: { achievement: { humanCode: 'WELD-2' } },
    })
    expect(derived).not.toHaveProperty('name')
  })

  it('is unknown where bbs-2023 was not asked for', async () => {
    expect(await judge(derived)).toEqual(['PROOF_FORMAT_UNKNOWN'])
  })

  it('may be nothing more than what is mandatory, or all', async () => {
    const [least, all] = [await showing([]), await showing([''])]
    expect(await judged(least)).toEqual(['valid'])
    expect(await judged(all)).toEqual(['valid'])
    expect(all).toEqual({ ...base, proof: all['proof'] })
  })

  it('cannot be disclosed once more', async () => {
    await expect(disclose({ credential: derived, reveal: ['/name'], format })).rejects.toThrow(
      'shows part of it already',
    )
  })

  it('is presented as any other', async () => {
    await expect(presented([base])).rejects.toThrow('disclose it first')
    expect(await judgePresentation(await presented([derived]), { formats: [format, ...(await others())] })).toEqual([
      'valid',
    ])
  })
})

/** The presentation itself is signed as ever. */
async function others() {
  const { eddsaRdfc2022 } = await import('testamur')
  return [eddsaRdfc2022()]
}

/** With an HMAC key under which the few blank nodes get other names: under some they come in the same order. */
async function withOtherNames(): Promise<object> {
  for (let byte = 0; byte < 40; byte += 1) {
    const document = changed(3, () => new Uint8Array(32).fill(byte), base)
    if ((await judge(document, { formats: [acceptBaseProof(format)] }))[0] !== 'valid') return document
  }
  throw new Error('whatever the key, the names are the same')
}

describe('a base proof', async () => {
  const formats = [acceptBaseProof(format)]
  it('is refused where it is shown, and good for its holder', async () => {
    expect(await judged(base)).toEqual(['PROOF_IS_BASE'])
    expect(await judge(base, { formats })).toEqual(['valid'])
    expect(await judge(edit(base, '/name', 'x'), { formats })).toEqual(['PROOF_INVALID'])
  })

  it('with the header of a derived one is refused, and the other way round', async () => {
    const swap = (document: object, tag: number) => {
      const bytes = Uint8Array.from(bytesOf(document))
      bytes[2] = tag
      return withProofValue(document, textOf(bytes))
    }
    expect(await judged(swap(base, 3))).toEqual(['PROOF_INVALID'])
    expect(await judge(swap(derived, 2), { formats })).toEqual(['PROOF_INVALID'])
  })

  const forged: readonly (readonly [string, object])[] = [
    ['fewer mandatory pointers', changed(4, (list: readonly string[]) => list.slice(1), base)],
    ['another header', changed(1, (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1), base)],
    ['another public key', changed(2, () => otherKey.publicKey, base)],
    ['another HMAC key', await withOtherNames()],
    ['another signature', changed(0, () => componentsOf(again)[0] as CborValue, base)],
    ['a short signature', changed(0, (bytes: Uint8Array) => bytes.slice(1), base)],
  ]
  it.each(forged)('with %s is refused, and nothing is derived from it', async (_name, document) => {
    expect(await judge(document, { formats })).toEqual(['PROOF_INVALID'])
    await expect(disclose({ credential: document, reveal: ['/name'], format })).rejects.toThrow('its base proof')
  })

  it.each([
    ['u2V0E', 'anonymous holder binding'],
    ['u2V0G', 'a pseudonym'],
    ['u2V0I', 'a pseudonym'],
  ])('of a feature that is not done here (%s) is a base proof too, and told by name', async (head, name) => {
    const document = withProofValue(base, `${head}${(proofOf(base)['proofValue'] as string).slice(5)}`)
    expect(await judged(document)).toEqual(['PROOF_IS_BASE'])
    const { verdict, checks } = await verify({ credential: document, now, formats })
    expect(verdict).toBe('indeterminate')
    expect(checks.find((check) => check.name === 'proof')).toMatchObject({
      code: 'PROOF_FEATURE_UNKNOWN',
      message: expect.stringContaining(name),
    })
    await expect(disclose({ credential: document, reveal: [], format })).rejects.toThrow(name)
    await expect(presented([document])).rejects.toThrow('disclose it first')
  })
})

describe('a derived proof of a feature that is not done here', () => {
  it.each(['u2V0F', 'u2V0H', 'u2V0J'])('%s decides nothing', async (head) => {
    const document = withProofValue(derived, `${head}${(proofOf(derived)['proofValue'] as string).slice(5)}`)
    expect(await judged(document)).toEqual(['PROOF_FEATURE_UNKNOWN'])
  })
})

describe('a part from which something mandatory was taken', () => {
  it.each(['/validUntil', '/validFrom', '/issuer', '/credentialSubject/id'])('%s is refused', async (path) => {
    expect(await judged(edit(derived, path))).not.toContain('valid')
    expect(await judged(edit(derived, path), { acceptController: () => true })).not.toContain('valid')
  })
})

describe('a part with what was not signed', () => {
  const forged: readonly (readonly [string, object])[] = [
    ['a statement added', edit(derived, '/description', 'cum laude')],
    ['a statement of the whole added, without proof', edit(derived, '/name', base['name'] as string)],
    ['a statement that was shown left out', edit(derived, '/credentialSubject/achievement/humanCode')],
    ['a value changed', edit(derived, '/credentialSubject/achievement/humanCode', 'WELD-9')],
    ['another holder', edit(derived, '/credentialSubject/id', thief.controller)],
    ['a later end', edit(derived, '/validUntil', '2037-01-01T00:00:00Z')],
    ['another time of signing', edit(derived, '/proof/0/created', '2026-11-21T00:00:00Z')],
    ['an end of the proof', edit(derived, '/proof/0/expires', '2036-11-21T00:00:00Z')],
  ]
  it.each(forged)('%s: refused', async (_name, document) => {
    expect(await judged(document)).toEqual(['PROOF_INVALID'])
  })
})

describe('a proof value', async () => {
  const other = await showing(['/name'])
  const foreign = copyOf(await disclose({ credential: again, reveal: ['WELD-2'], format }))
  const labels = (change: (map: Map<number, number>) => void) => (map: ReadonlyMap<number, number>) => {
    const copy = new Map(map)
    change(copy)
    return copy
  }
  const huge = (): CborValue => new Uint8Array(272 + 32 * 20_000).fill(1)

  it('written anew as it was is good', async () => {
    expect(await judged(changed(0, (value: Uint8Array) => value))).toEqual(['valid'])
  })

  const forged: readonly (readonly [string, object])[] = [
    ['of another part', withProofValue(derived, proofOf(other)['proofValue'] as string)],
    ['of another credential', withProofValue(derived, proofOf(foreign)['proofValue'] as string)],
    ['with the proof of another part', changed(0, () => componentsOf(other)[0] as CborValue)],
    ['with the issuer’s signature for a proof', changed(0, () => componentsOf(base)[0] as CborValue)],
    ['with no proof', changed(0, () => new Uint8Array())],
    [
      'with a proof of one scalar more',
      changed(0, (proof: Uint8Array) => Uint8Array.of(...proof, ...proof.slice(-32))),
    ],
    ['with a proof of one scalar fewer', changed(0, (proof: Uint8Array) => proof.slice(0, -32))],
    ['with a proof of one byte more', changed(0, (proof: Uint8Array) => Uint8Array.of(...proof, 0))],
    ['with a proof that is text', changed(0, () => 'proof')],
    ['with two labels exchanged', changed(1, labels((map) => exchange(map)) as never)],
    ['with a label changed', changed(1, labels((map) => map.set(0, 99)) as never)],
    ['with a label missing', changed(1, labels((map) => map.delete(0)) as never)],
    ['with a label too many', changed(1, labels((map) => map.set(99, 99)) as never)],
    ['with one label for two', changed(1, labels((map) => map.set(1, map.get(0) as number)) as never)],
    ['with labels that are bytes', changed(1, () => new Map([[0, new Uint8Array(32)]]))],
    ['with nothing mandatory', changed(2, () => [])],
    ['with less mandatory', changed(2, (list: readonly number[]) => list.slice(1))],
    ['with a mandatory place twice', changed(2, (list: readonly number[]) => [list[0] as number, ...list])],
    ['with a mandatory place beyond the end', changed(2, (list: readonly number[]) => [...list, 4_000_000])],
    ['with a place of what is shown too few', changed(3, (list: readonly number[]) => list.slice(1))],
    [
      'with a place of what is shown twice',
      changed(3, ([one, ...rest]: readonly number[]) => [one, one, ...rest] as never),
    ],
    ['with places out of order', changed(3, (list: readonly number[]) => [...list].reverse())],
    ['with a place beyond the end', changed(3, (list: readonly number[]) => [...list.slice(0, -1), 4_000_000])],
    ['with other places', changed(3, (list: readonly number[]) => [...list.slice(0, -1), (list.at(-1) as number) + 1])],
    ['with a presentation header added', changed(4, () => Uint8Array.of(1))],
    ['with a presentation header that is text', changed(4, () => '')],
    ['with bytes behind its end', withProofValue(derived, textOf(Buffer.concat([bytesOf(derived), Buffer.of(0)])))],
    ['cut short', withProofValue(derived, textOf(bytesOf(derived).subarray(0, -1)))],
    ['of no definite length', withProofValue(derived, textOf(indefinite(bytesOf(derived))))],
    ['with a length in more bytes than needed', withProofValue(derived, textOf(lengthened(bytesOf(derived))))],
    [
      'that says it is larger than it is',
      withProofValue(derived, textOf(Buffer.of(0xd9, 0x5d, 3, 0x85, 0x5a, 255, 255, 255, 255))),
    ],
    [
      'that is nested too deep',
      withProofValue(derived, textOf(Buffer.of(0xd9, 0x5d, 3, ...new Array(1000).fill(0x81), 0))),
    ],
    [
      'of four components',
      withProofValue(
        derived,
        textOf(Buffer.concat([Buffer.of(0xd9, 0x5d, 3), encodeCbor(componentsOf(derived).slice(0, 4))])),
      ),
    ],
    ['in another base', withProofValue(derived, `z${(proofOf(derived)['proofValue'] as string).slice(1)}`)],
    ['with padding', withProofValue(derived, `${proofOf(derived)['proofValue'] as string}=`)],
    ['with nothing in it', withProofValue(derived, 'u2V0D')],
    ['of ecdsa-sd-2023', withProofValue(derived, `u2V0B${(proofOf(derived)['proofValue'] as string).slice(5)}`)],
  ]
  it.each(forged)('%s is refused', async (_name, document) => {
    expect(await judged(document)).toEqual(['PROOF_INVALID'])
  })

  it('that asks for more work than is done is refused for that, before the work', async () => {
    expect(await judged(changed(0, huge))).toEqual(['LIMIT_EXCEEDED'])
  })

  it('that hides statements has them counted with those of the document', async () => {
    const least = await showing([])
    const hidden = ((componentsOf(least)[0] as Uint8Array).length - 272) / 32
    expect(hidden).toBeGreaterThan(5)
    const codesWith = (statements: number) => judged(least, { limits: { statements } })
    let enough = 1
    while ((await codesWith(enough)).includes('LIMIT_EXCEEDED')) enough += 1
    const { checks } = await verify({ credential: least, now, formats: [format], limits: { statements: enough - 1 } })
    expect(checks.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      name: 'proof',
      code: 'LIMIT_EXCEEDED',
      detail: { limit: 'statements', allowed: enough - 1 },
    })
    expect(await codesWith(enough)).toEqual(['valid'])
    const [structure] = (
      await verify({ credential: least, now, formats: [format], limits: { statements: enough - hidden } })
    ).checks
    expect(structure).toMatchObject({ name: 'structure', outcome: 'passed' })
  })
})

function exchange(map: Map<number, number>): void {
  const [one, two] = [map.get(0), map.get(1)] as [number, number]
  map.set(0, two).set(1, one)
}

describe('a presentation header', async () => {
  const nonce = (byte: number) => bbs2023({ presentationHeader: new Uint8Array(16).fill(byte) })
  const bound = await showing(['WELD-2'], nonce(1))

  it('that is expected must be there, and no other', async () => {
    expect(await judged(bound, { formats: [nonce(1)] })).toEqual(['valid'])
    expect(await judged(bound, { formats: [nonce(2)] })).toEqual(['PROOF_INVALID'])
    expect(await judged(derived, { formats: [nonce(1)] })).toEqual(['PROOF_INVALID'])
    expect(await judged(bound)).toEqual(['valid'])
  })

  it('cannot be exchanged for another', async () => {
    const swapped = changed(4, () => new Uint8Array(16).fill(2), bound)
    expect(await judged(swapped, { formats: [nonce(2)] })).toEqual(['PROOF_INVALID'])
    expect(await judged(swapped)).toEqual(['PROOF_INVALID'])
  })

  it('is bytes', () => {
    expect(() => bbs2023({ presentationHeader: 'nonce' as never })).toThrow('Uint8Array')
  })
})

describe('two parts of one credential', () => {
  it('have nothing in common in their proofs, and nothing of the base proof', async () => {
    const [one, two] = [await showing(['WELD-2']), await showing(['WELD-2'])]
    const partsOf = (document: object) => {
      const proof = Buffer.from(componentsOf(document)[0] as Uint8Array)
      const points = [0, 48, 96].map((at) => proof.subarray(at, at + 48).toString('hex'))
      const scalars = Array.from({ length: (proof.length - 144) / 32 }, (_, index) =>
        proof.subarray(144 + index * 32, 176 + index * 32).toString('hex'),
      )
      return [...points, ...scalars]
    }
    const known = new Set(partsOf(one))
    expect(known.size).toBeGreaterThan(8)
    expect(partsOf(two).filter((part) => known.has(part))).toEqual([])
    for (const secret of [0, 3]) {
      expect(bytesOf(one).includes(Buffer.from((componentsOf(base)[secret] as Uint8Array).subarray(0, 32)))).toBe(false)
    }
  })
})

describe('keys of another kind', async () => {
  const p256 = await generateKey({ algorithm: 'P-256' })
  it('do not sign with bbs-2023, nor one of BLS12-381 anything else', async () => {
    await expect(issue({ credential: badge(), key: p256, now, format })).rejects.toMatchObject({
      code: 'KEY_UNSUPPORTED',
    })
    await expect(issue({ credential: badge(), key, now, format: ecdsaSd2023() })).rejects.toMatchObject({
      code: 'KEY_UNSUPPORTED',
    })
    await expect(issue({ credential: badge(), key, now })).rejects.toThrow('format: bbs2023()')
  })

  it('verify nothing of bbs-2023', async () => {
    const moved = edit(edit(derived, '/proof/0/verificationMethod', p256.id), '/issuer', p256.controller)
    expect(await judged(moved)).toEqual(['KEY_UNSUPPORTED'])
    expect(await judged(edit(derived, '/proof/0/cryptosuite', 'ecdsa-sd-2023'), { formats: [ecdsaSd2023()] })).toEqual([
      'KEY_UNSUPPORTED',
    ])
  })

  it('nor does another key of the same kind, or one that is none', async () => {
    const moved = edit(edit(derived, '/proof/0/verificationMethod', otherKey.id), '/issuer', otherKey.controller)
    expect(await judged(moved)).toEqual(['PROOF_INVALID'])
    const identity = Uint8Array.of(0xeb, 1, 0xc0, ...new Uint8Array(95))
    const { base58btc } = await import('multiformats/bases/base58')
    const name = base58btc.encode(identity)
    const nobody = edit(
      edit(derived, '/proof/0/verificationMethod', `did:key:${name}#${name}`),
      '/issuer',
      `did:key:${name}`,
    )
    expect(await judged(nobody)).toEqual(['PROOF_INVALID'])
  })
})

it('a part is signed by the issuer’s key alone', async () => {
  const own = await issue({ credential: { ...record, issuer: undefined } as never, key: otherKey, now, format })
  const part = copyOf(await disclose({ credential: own, reveal: ['WELD-2'], format }))
  expect(await judged(part)).toEqual(['valid'])
  expect(await judged(edit(part, '/issuer', derived['issuer'] as JsonObject))).not.toContain('valid')
})
