/** `addProof`: sets and chains of proofs, what it refuses, and that `verify` takes what it makes. */

import {
  type AddProofOptions,
  addProof,
  createIssuer,
  digitalBazaar,
  disclose,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  generateKey,
  issue,
  type Key,
  type Proof,
  vcJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  codesOf,
  college,
  copyOf,
  didDocument,
  edit,
  issued11,
  judge,
  kms,
  now,
  school,
} from './helpers/fixtures.ts'

const p256 = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
const [one, two, three] = ['urn:uuid:1', 'urn:uuid:2', 'urn:uuid:3']
const first = await issue({ credential: badge(), key: school, now, proofId: one })
const add = (more: Partial<AddProofOptions> = {}) => addProof({ credential: first, key: college, now, ...more })
const withCosigner = { acceptCosigner: () => true }
const proofsOf = (document: { readonly proof: unknown }) => [document.proof].flat() as readonly Proof[]

describe('a set of proofs', () => {
  it('takes one more of the issuer, with another key or suite', async () => {
    const set = await addProof({ credential: first, key: school, now, format: eddsaJcs2022() })
    expect(proofsOf(set).map(({ cryptosuite }) => cryptosuite)).toEqual(['eddsa-rdfc-2022', 'eddsa-jcs-2022'])
    expect(await judge(set)).toEqual(['valid'])
  })

  it('takes one of somebody else, which verifiers accept by name alone', async () => {
    const set = await add()
    expect(await judge(set)).toEqual(['ISSUER_MISMATCH'])
    const report = await verify({
      credential: set,
      now,
      acceptCosigner: ({ controller }) => controller === college.controller,
    })
    expect(report).toMatchObject({ verified: true, issuer: school.controller })
    expect(report.verified && report.signers).toEqual([school.controller, college.controller])
    expect(report.checks.find(({ name }) => name === 'issuer')?.notes).toEqual([
      expect.stringContaining(college.controller),
    ])
    expect(await judge(set, { acceptCosigner: ({ controller }) => controller !== college.controller })).toEqual([
      'ISSUER_MISMATCH',
    ])
  })

  it('leaves the credential as it was, and gives a frozen list', async () => {
    const set = await add()
    const { proof: _, ...rest } = set
    const { proof: __, ...before } = first
    expect(rest).toEqual(before)
    expect(Object.isFrozen(proofsOf(set)[1])).toBe(true)
    expect(proofsOf(set)[0]).toEqual(proofsOf(first)[0])
  })

  it('takes text, bytes, and a key that a KMS keeps', async () => {
    const text = JSON.stringify(first)
    for (const credential of [text, new TextEncoder().encode(text)]) {
      expect(await judge(await add({ credential, key: kms(college) }), withCosigner)).toEqual(['valid'])
    }
  })

  it('brings the contexts that its words need, under which the proofs before still hold', async () => {
    const older = copyOf(await issued11())
    for (const format of [ed25519Signature2020(), eddsaJcs2022(), eddsaRdfc2022()]) {
      const set = await add({ credential: older, key: school, format })
      expect(await judge(set), format.name).toEqual(['valid'])
    }
  })
})

describe('a chain of proofs', () => {
  const makers = [
    ['eddsa-rdfc-2022', eddsaRdfc2022, college],
    ['eddsa-jcs-2022', eddsaJcs2022, college],
    ['ecdsa-rdfc-2019', ecdsaRdfc2019, p256],
    ['ecdsa-jcs-2019', ecdsaJcs2019, p256],
  ] as const
  it.each(makers)('%s builds on a proof of each kind', async (_name, make, key: Key) => {
    for (const base of [eddsaRdfc2022(), eddsaJcs2022()]) {
      const credential = await issue({ credential: badge(), key: school, now, proofId: one, format: base })
      const chain = await add({ credential, key, format: make(), previousProof: one })
      expect(proofsOf(chain)[1]).toMatchObject({ previousProof: one })
      expect(await judge(JSON.stringify(chain), withCosigner)).toEqual(['valid'])
      expect(await judge(chain, { ...withCosigner, crossCheck: digitalBazaar() })).toEqual(['valid'])
      expect(await judge({ ...copyOf(chain), proof: proofsOf(chain)[1] }, withCosigner)).toEqual(['PROOF_MALFORMED'])
    }
  })

  it('goes on: a third builds on both, in the order that it names them', async () => {
    for (const format of [eddsaRdfc2022(), eddsaJcs2022()]) {
      const second = await add({ previousProof: one, proofId: two })
      const third = await add({ credential: second, previousProof: [two, one], proofId: three, format })
      expect(proofsOf(third).map(({ id }) => id)).toEqual([one, two, three])
      expect(await judge(third, withCosigner)).toEqual(['valid'])
      // In RDF the earlier proofs are a set; in JSON a list.
      const turned = edit(third, '/proof/2/previousProof', [one, two])
      expect(await judge(turned, withCosigner)).toEqual([format.coversJson ? 'PROOF_INVALID' : 'valid'])
      for (const less of [one, two, [two], [two, two]]) {
        expect(await judge(edit(third, '/proof/2/previousProof', less), withCosigner)).toEqual(['PROOF_INVALID'])
      }
    }
  })

  it('is not the same as a set: the link is signed', async () => {
    const chain = await add({ previousProof: one })
    const set = await add()
    expect(await judge(edit(chain, '/proof/1/previousProof'), withCosigner)).toEqual(['PROOF_INVALID'])
    expect(await judge(edit(set, '/proof/1/previousProof', one), withCosigner)).toEqual(['PROOF_INVALID'])
  })

  it('may build on what was disclosed', async () => {
    const base = await issue({ credential: badge(), key: p256, now, proofId: one, format: ecdsaSd2023() })
    const part = await disclose({ credential: base, reveal: ['/name'] })
    const chain = await add({ credential: part, previousProof: one })
    expect(await judge(chain, withCosigner)).toEqual(['valid'])
    expect(await judge(edit(chain, '/name'), withCosigner)).toEqual(['PROOF_INVALID', 'PROOF_INVALID'])
  })
})

describe('what is refused', async () => {
  const base = await issue({ credential: badge(), key: p256, now, proofId: one, format: ecdsaSd2023() })
  const jwt = await issue({ credential: badge(), key: school, now, format: vcJwt() })
  const doubled = { ...first, proof: [...proofsOf(first), ...proofsOf(first)] }
  const { proof: _, ...bare } = copyOf(first)
  const unnamed = await issue({ credential: badge(), key: school, now })
  const cases: readonly (readonly [string, Partial<AddProofOptions>, string, string])[] = [
    ['a credential without a proof', { credential: bare }, 'PROOF_MISSING', 'issue makes the first'],
    ['a JWT', { credential: jwt }, 'OPTION_INVALID', 'no room'],
    ['a list', { credential: [first] }, 'OPTION_INVALID', 'must be a JSON object'],
    ['an envelope', { format: vcJwt() as never }, 'OPTION_INVALID', 'one kind of proof'],
    ['two formats', { format: [eddsaRdfc2022(), eddsaJcs2022()] as never }, 'OPTION_INVALID', 'one kind of proof'],
    ['a base proof', { format: ecdsaSd2023(), key: p256 }, 'OPTION_INVALID', 'made by issue alone'],
    ['a key of another kind', { key: p256, format: eddsaRdfc2022() }, 'KEY_UNSUPPORTED', 'signs with Ed25519'],
    ['a previous proof that is not there', { previousProof: two }, 'OPTION_INVALID', `it has ${one}`],
    ['a previous proof without a name', { credential: unnamed, previousProof: one }, 'OPTION_INVALID', 'proofId'],
    ['no previous proof in a list', { previousProof: [] }, 'OPTION_INVALID', 'a list of such'],
    ['a previous proof twice', { previousProof: [one, one] }, 'OPTION_INVALID', 'each once'],
    ['a number as previous proof', { previousProof: 1 as never }, 'OPTION_INVALID', 'each once'],
    ['a previous proof that two have', { credential: doubled, previousProof: one }, 'OPTION_INVALID', 'there twice'],
    ['a base proof as previous', { credential: base, previousProof: one }, 'OPTION_INVALID', 'base proof'],
    ['itself as previous', { previousProof: two, proofId: two }, 'OPTION_INVALID', 'not there'],
    ['the older suite in a chain', { format: ed25519Signature2020(), previousProof: one }, 'OPTION_INVALID', 'no word'],
    ['an id that is taken', { proofId: one }, 'OPTION_INVALID', 'already'],
    ['an id that is no IRI', { proofId: 'proof-2' }, 'OPTION_INVALID', 'absolute IRI'],
    ['a blank node as id', { proofId: '_:b0' }, 'OPTION_INVALID', 'absolute IRI'],
    ['a changed credential', { credential: edit(first, '/name', 'x') }, 'CREDENTIAL_UNVERIFIED', 'does not pass'],
    [
      'an unknown proof alone',
      { credential: edit(first, '/proof/0/cryptosuite', 'x') },
      'CREDENTIAL_UNVERIFIED',
      '"x"',
    ],
    ['a word without meaning', { credential: edit(first, '/honours', 1) }, 'CREDENTIAL_MALFORMED', '/honours'],
    ['an option that is none', { previous: one } as never, 'OPTION_INVALID', 'no option "previous"'],
  ]
  it.each(cases)('%s', async (_name, more, code, message) => {
    const refused = add(more)
    await expect(refused).rejects.toMatchObject({ code })
    await expect(refused).rejects.toThrow(message)
  })

  it('a key that is not the one behind its name', async () => {
    const liar = { ...kms(college), sign: school.sign }
    await expect(add({ key: liar })).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
  })

  it('a proof whose key was revoked since', async () => {
    const resolveDid = async (did: string) =>
      did === school.controller ? didDocument(school, {}, { revoked: '2026-11-01T00:00:00Z' }) : didDocument(college)
    await expect(add({ resolveDid })).rejects.toMatchObject({ code: 'CREDENTIAL_UNVERIFIED' })
    await expect(add({ resolveDid, now: new Date('2026-10-01T00:00:00Z') })).resolves.toHaveProperty('proof')
  })

  it('for a credential whose base proof stays with its holder, a proof beside it is no chain, and is taken', async () => {
    const set = await addProof({ credential: base, key: p256, now, format: ecdsaRdfc2019() })
    expect(await judge(await disclose({ credential: set, reveal: ['/name'] }))).toEqual(['valid'])
    expect(await judge(set)).toEqual(['PROOF_IS_BASE'])
  })
})

describe('ids of proofs from issue', () => {
  it('are those given, one for each proof, and signed', async () => {
    const both = await issue({
      credential: badge(),
      key: school,
      now,
      format: [eddsaRdfc2022(), eddsaJcs2022()],
      proofId: [one, two],
    })
    expect(proofsOf(both).map(({ id }) => id)).toEqual([one, two])
    expect(await judge(both)).toEqual(['valid'])
    expect(await judge(edit(both, '/proof/0/id', three))).toEqual(['PROOF_INVALID'])
    expect(await judge(edit(both, '/proof/1/id'))).toEqual(['PROOF_INVALID'])
  })

  it('may be given to an issuer each time', async () => {
    const issuer = createIssuer({ key: school })
    expect(proofsOf(await issuer.issue({ credential: badge(), proofId: one, now }))[0]?.id).toBe(one)
  })

  it.each([
    ['too few', { format: [eddsaRdfc2022(), eddsaJcs2022()], proofId: one }],
    ['too many', { proofId: [one, two] }],
    ['one twice', { format: [eddsaRdfc2022(), eddsaJcs2022()], proofId: [one, one] }],
    ['for a JWT', { format: vcJwt(), proofId: one }],
    ['no IRI', { proofId: 'first' }],
    ['none', { proofId: [] }],
  ])('%s: refused', async (_name, more) => {
    await expect(issue({ credential: badge(), key: school, now, ...more } as never)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
  })

  it('a credential with a proof is not issued again: the error names addProof', async () => {
    await expect(issue({ credential: first as never, key: school })).rejects.toThrow('addProof')
  })
})

describe('a cosigner', () => {
  it('cannot issue in the name of the issuer', async () => {
    const own = await issue({ credential: badge(), key: college, now })
    expect(
      codesOf(await verify({ credential: edit(own, '/issuer', school.controller), now, ...withCosigner })),
    ).toEqual(['PROOF_INVALID'])
    // The issuer's proof taken out of a set, which leaves one that is good in itself.
    const alone = { ...(await add()), proof: proofsOf(await add())[1] }
    expect(await judge(alone, withCosigner)).toEqual(['ISSUER_MISMATCH'])
    expect(await judge(alone, { acceptController: () => true })).toEqual(['valid'])
  })

  it('beside one whom acceptController accepts for the issuer is accepted as well', async () => {
    const alone = { ...(await add()), proof: proofsOf(await add())[1] }
    const other = await addProof({ credential: alone, key: p256, now })
    const acceptController = ({ controller }: { readonly controller: string }) => controller === college.controller
    expect(await judge(other, { acceptController })).toEqual(['ISSUER_MISMATCH'])
    expect(await judge(other, { acceptController, ...withCosigner })).toEqual(['valid'])
  })
})
