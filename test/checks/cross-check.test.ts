/** Second opinions: every format that a published library knows is verified by both, and a disagreement is a failed check. */

import * as bbs2023Library from '@digitalbazaar/bbs-2023-cryptosuite'
import * as ecdsaJcs2019Library from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import * as ecdsaSd2023Library from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as eddsaJcs2022Library from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import * as jose from 'jose'
import {
  type Algorithm,
  acceptBaseProof,
  bbs2023,
  type Cryptosuite,
  digitalBazaar,
  disclose,
  type Envelope,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  type Format,
  generateKey,
  issue,
  type JoseLibrary,
  presentSdJwt,
  publishedJose,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  copyOf,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
} from '../helpers/fixtures.ts'

const libraries = {
  eddsaJcs2022: eddsaJcs2022Library,
  ecdsaJcs2019: ecdsaJcs2019Library,
  ecdsaSd2023: ecdsaSd2023Library,
  bbs2023: bbs2023Library,
}
const crossCheck: readonly Format[] = [...digitalBazaar(libraries), ...publishedJose(jose)]
const disclosable = ['/credentialSubject/achievement']
const curves = ['Ed25519', 'P-256', 'P-384'] as const
const envelope = [...curves, 'RSA'] as const
const formats: readonly (readonly [make: () => Cryptosuite | Envelope, algorithms: readonly Algorithm[]])[] = [
  [eddsaRdfc2022, ['Ed25519']],
  [ed25519Signature2020, ['Ed25519']],
  [ecdsaRdfc2019, ['P-256', 'P-384']],
  [eddsaJcs2022, ['Ed25519']],
  [ecdsaJcs2019, ['P-256', 'P-384']],
  [vcJwt, envelope],
  [vcJose, envelope],
  [() => vcSdJwt({ disclosable }), envelope],
]
const rows = formats.flatMap(([make, algorithms]) => algorithms.map((each) => [make().name, each, make] as const))
const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
const jwt = await issue({ credential: badge({ validUntil: '2027-01-01T00:00:00Z' }), key, now, format: vcJwt() })

async function notesOn(credential: unknown, formats?: readonly Format[]): Promise<readonly string[]> {
  const report = await verify({ credential, now, crossCheck, ...(formats && { formats }) })
  expect(report.verdict).toBe('valid')
  return report.checks.flatMap(({ notes = [] }) => notes).filter((note) => note.includes('implementation'))
}

describe.each(rows)('%s with %s', async (name, algorithm, make) => {
  const by = await generateKey({ algorithm })

  it('is found good by both', async () => {
    const credential = await issue({ credential: badge(), key: by, now, format: make() as Cryptosuite })
    expect(await notesOn(credential)).toEqual([])
    if (make().kind === 'envelope') return
    expect(await judge(edit(credential, '/name', 'Doctorate'), { crossCheck })).toEqual(['PROOF_INVALID'])
  })

  it('made by the library is found good by ours', async () => {
    const library = crossCheck.find((each) => each.name === name) as Cryptosuite
    expect(await judge(await issue({ credential: badge(), key: by, now, format: library }))).toEqual(['valid'])
  })
})

describe.each([
  ['ecdsa-sd-2023', ecdsaSd2023, 'P-256'],
  ['bbs-2023', bbs2023, 'Bls12381G2'],
] as const)('%s', async (_name, make, algorithm) => {
  const key = await generateKey({ algorithm })
  const format = make()
  const base = copyOf(await issue({ credential: badge(), key, now, format }))
  const part = copyOf(await disclose({ credential: base, reveal: ['/credentialSubject/achievement'], format }))
  const formats = [format]

  it('a part, and a base proof for its holder, are found good by both', async () => {
    expect(await notesOn(part, formats)).toEqual([])
    const held = { crossCheck, formats: [acceptBaseProof(format)] }
    expect(await judge(base, held)).toEqual(['valid'])
    expect(await judge(edit(base, '/name', 'x'), held)).toEqual(['PROOF_INVALID'])
    expect(await judge(edit(base, '/proof/0/created', '2026-11-21T00:00:00Z'), held)).toEqual(['PROOF_INVALID'])
  })

  it('a changed part is refused by both', async () => {
    for (const path of ['/credentialSubject/achievement/name', '/validFrom', '/proof/0/created']) {
      const changed = edit(part, path, path.endsWith('name') ? 'x' : '2026-01-01T00:00:00Z')
      expect(await judge(changed, { crossCheck, formats }), path).toEqual(['PROOF_INVALID'])
    }
  })

  it('a context is looked up once for both, so that the second has what the first had', async () => {
    const url = 'https://words.example/v1'
    const contexts = { [url]: { '@context': {} } }
    const credential = { ...badge(), '@context': [...badge()['@context'], url] }
    const whole = await issue({ credential, key, now, format, contexts })
    const other = copyOf(await disclose({ credential: whole, reveal: [], contexts, format }))
    let asked = 0
    const loadDocument = async () => {
      asked += 1
      return asked > 1 ? undefined : { '@context': {} }
    }
    const report = await verify({ credential: other, now, loadDocument, crossCheck, formats })
    expect(report.verdict).toBe('valid')
    expect(asked).toBe(1)
  })
})

describe('JWTs', () => {
  it('are cross-checked inside presentations, as SD-JWT with key binding, and in part', async () => {
    const own = await issue({ credential: badge(), key, now, format: vcSdJwt({ disclosable }) })
    const options = { credential: own, key: learner, challenge, domain: 'hr.example', now }
    const shown = await presentSdJwt({ ...options, reveal: [] })
    expect(await judgePresentation(shown, { crossCheck, domain: 'hr.example' })).toEqual(['valid'])
    const whole = await presented([own])
    expect(await judgePresentation(whole, { crossCheck })).toEqual(['valid'])
  })

  it('are disputed where the library refuses what ours takes', async () => {
    for (const code of [
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
      'ERR_JWS_INVALID',
    ]) {
      const jwtVerify = async () => {
        throw Object.assign(new Error(code), { code })
      }
      expect(await judge(jwt, { crossCheck: publishedJose({ jwtVerify }) }), code).toEqual(['PROOF_DISPUTED'])
    }
  })

  it.each([
    ['iss', { iss: 'did:example:other' }],
    ['aud', { aud: 'other.example' }],
    ['nbf', { nbf: 1 }],
    ['exp', { exp: 9_999_999_999 }],
    ['nonce', { nonce: 'other' }],
  ])('are disputed where the two read another %s', async (_name, claims) => {
    const jwtVerify: JoseLibrary['jwtVerify'] = async (...call) => {
      const { payload } = await jose.jwtVerify(...call)
      return { payload: { ...payload, ...claims } }
    }
    expect(await judge(jwt, { crossCheck: publishedJose({ jwtVerify }) })).toEqual(['PROOF_DISPUTED'])
    expect(await judge(jwt, { crossCheck: publishedJose(jose) })).toEqual(['valid'])
  })

  it('are undecided where the library cannot work', async () => {
    const jwtVerify = async () => {
      throw new TypeError('the platform lacks this')
    }
    const report = await verify({ credential: jwt, now, crossCheck: publishedJose({ jwtVerify }) })
    expect(report).toMatchObject({ verdict: 'indeterminate', checks: [{}, { code: 'PROOF_UNAVAILABLE' }, {}] })
  })

  it('are disputed where ours refuses what the library takes, and where the second does not open them', async () => {
    const blind: Envelope = {
      ...vcJwt(),
      open: async (text) => {
        const opened = await vcJwt().open(text)
        return opened && 'document' in opened ? { ...opened, verify: async () => false } : opened
      },
    }
    expect(await judge(jwt, { formats: [blind], crossCheck })).toEqual(['PROOF_DISPUTED'])
    expect(await judge(jwt, { crossCheck: [{ ...vcJwt(), open: () => undefined }] })).toEqual(['PROOF_DISPUTED'])
    const problem = { problem: 'it is odd', code: 'PROOF_MALFORMED' } as const
    expect(await judge(jwt, { crossCheck: [{ ...vcJwt(), open: () => problem }] })).toEqual(['PROOF_DISPUTED'])
    const unknown = { ...problem, isUnknown: true }
    expect(await judge(jwt, { crossCheck: [{ ...vcJwt(), open: () => unknown }] })).toEqual(['PROOF_UNAVAILABLE'])
  })

  it('are told to be verified by one alone where no second was given', async () => {
    const { checks } = await verify({ credential: jwt, now, crossCheck: digitalBazaar() })
    expect(checks.find(({ name }) => name === 'proof')).toMatchObject({
      outcome: 'passed',
      notes: [expect.stringContaining('No second implementation of VC-JWT')],
    })
  })
})

describe('a library that was not installed, or is another', () => {
  it('is named, with the command that installs it', () => {
    expect(() => publishedJose({} as never)).toThrow('npm install jose')
    expect(() => publishedJose(undefined as never)).toThrow('npm install jose')
    for (const [name, from] of [
      ['eddsaJcs2022', '@digitalbazaar/eddsa-jcs-2022-cryptosuite'],
      ['ecdsaJcs2019', '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'],
      ['ecdsaSd2023', '@digitalbazaar/ecdsa-sd-2023-cryptosuite'],
      ['bbs2023', '@digitalbazaar/bbs-2023-cryptosuite'],
    ]) {
      expect(() => digitalBazaar({ [name as string]: {} })).toThrow(`npm install ${from}`)
      expect(() => digitalBazaar({ [name as string]: undefined })).toThrow(`npm install ${from}`)
    }
    expect(() => digitalBazaar({ ecdsaSD2023: ecdsaSd2023Library } as never)).toThrow('no library "ecdsaSD2023"')
  })
})
