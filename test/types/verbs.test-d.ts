import {
  acceptBaseProof,
  addProof,
  type BbsOptions,
  bbs2023,
  type Check,
  type Credential,
  type CredentialInput,
  type CredentialReport,
  createIssuer,
  type DidResolver,
  type DisclosureSuite,
  disclose,
  type ErrorCode,
  ecdsaSd2023,
  eddsaJcs2022,
  eddsaRdfc2022,
  type Issued,
  type IssueOptions,
  issue,
  issueMany,
  type JsonObject,
  type Key,
  type OpenBadge,
  type Presentation,
  type PresentationReport,
  type ProblemCode,
  type Proof,
  present,
  type Secured,
  type Signer,
  type Verified,
  type VerifyCredentialOptions,
  type VerifyPresentationOptions,
  vcJwt,
  verify,
  withoutChallenge,
} from 'testamur'
import { describe, expectTypeOf, it } from 'vitest'

const key = {} as Key
const credential = {} as OpenBadge
const received: unknown = {}

describe('verify', () => {
  it('answers for a credential with one report, for a presentation with the other', () => {
    // Because: what is in the report depends on what was asked.
    expectTypeOf(verify({ credential: received })).resolves.toEqualTypeOf<CredentialReport>()
    expectTypeOf(verify({ presentation: received, challenge: 'c' })).resolves.toEqualTypeOf<PresentationReport>()
  })

  it('takes anything a stranger may have sent', () => {
    // Because: nobody should have to cast what came from outside.
    expectTypeOf<VerifyCredentialOptions['credential']>().toBeUnknown()
    expectTypeOf<VerifyPresentationOptions['presentation']>().toBeUnknown()
  })

  it('needs a challenge for a presentation', () => {
    // Because: without one anybody who saw the presentation can show it again.
    // @ts-expect-error: no challenge
    void verify({ presentation: received })
    // @ts-expect-error: undefined is no challenge
    void verify({ presentation: received, challenge: undefined })
    void verify({ presentation: received, challenge: withoutChallenge })
    // @ts-expect-error: another symbol does not do
    void verify({ presentation: received, challenge: Symbol('withoutChallenge') })
  })

  it('takes no challenge, domain or holder for a credential', () => {
    // Because: a credential answers no challenge, and the caller would think that it was compared.
    // @ts-expect-error: challenge
    void verify({ credential: received, challenge: 'c' })
    // @ts-expect-error: domain
    void verify({ credential: received, domain: 'hr.example' })
    // @ts-expect-error: acceptHolder
    void verify({ credential: received, acceptHolder: () => true })
    // @ts-expect-error: acceptProofPurpose
    void verify({ credential: received, acceptProofPurpose: () => true })
  })

  it('takes one of the two, not both and not neither', () => {
    // Because: it would not be clear which one was verified.
    // @ts-expect-error: both
    void verify({ credential: received, presentation: received, challenge: 'c' })
    // @ts-expect-error: neither
    void verify({})
  })

  it('knows its options', () => {
    // Because: a misspelt option would be silently without effect.
    // @ts-expect-error: misspelt
    void verify({ credential: received, clockTolerence: 5 })
    // @ts-expect-error: the proof cannot be skipped
    void verify({ credential: received, skip: ['proof'] })
    // @ts-expect-error: seconds, not a text
    void verify({ credential: received, clockTolerance: '60s' })
    // @ts-expect-error: a check of one's own is named x-…
    void verify({ credential: received, checks: [() => [{ name: 'proof', outcome: 'passed', message: 'Fine.' }]] })
    // @ts-expect-error: a failed check has a code
    void verify({ credential: received, checks: [() => [{ name: 'x-age', outcome: 'failed', message: 'Too young.' }]] })
    // @ts-expect-error: a promise is not a decision
    void verify({ credential: received, acceptController: async () => true })
    // @ts-expect-error: a promise is not a decision
    void verify({ credential: received, acceptCosigner: async () => true })
  })
})

describe('addProof', () => {
  it('gives the credential as plain JSON with its proofs, whatever it was given', () => {
    // Because: what came as text has no type, and nothing here looked at more than its shape.
    expectTypeOf(addProof({ credential: received, key })).resolves.toEqualTypeOf<Secured<JsonObject>>()
    void addProof({ credential: received, key, previousProof: ['urn:uuid:1', 'urn:uuid:2'], proofId: 'urn:uuid:3' })
  })

  it('adds one proof, never an envelope', () => {
    // Because: several would leave open which builds on which, and text has no room for one.
    // @ts-expect-error: an envelope
    void addProof({ credential: received, key, format: vcJwt() })
    // @ts-expect-error: two
    void addProof({ credential: received, key, format: [eddsaRdfc2022(), eddsaJcs2022()] })
    // @ts-expect-error: one proof has one id
    void addProof({ credential: received, key, proofId: ['urn:uuid:1'] })
    // @ts-expect-error: previous proofs are named, not handed over
    void addProof({ credential: received, key, previousProof: {} as Proof })
  })
})

describe('a report', () => {
  it('has a typed credential only when it is verified', () => {
    // Because: an unverified credential must not be read by accident.
    const report = {} as CredentialReport
    // @ts-expect-error: not known to be verified
    void report.credential
    if (report.verified) {
      expectTypeOf(report.credential).toEqualTypeOf<Verified<Credential>>()
      expectTypeOf(report.issuer).toBeString()
      expectTypeOf(report.signers).toEqualTypeOf<readonly string[]>()
      expectTypeOf(report.verdict).toEqualTypeOf<'valid'>()
    } else {
      // @ts-expect-error: not verified
      void report.credential
      expectTypeOf(report.verdict).toEqualTypeOf<'invalid' | 'indeterminate'>()
    }
  })

  it('has verified credentials only when the presentation is', () => {
    // Because: one bad credential makes the presentation bad.
    const report = {} as PresentationReport
    if (report.verified) {
      expectTypeOf(report.presentation).toEqualTypeOf<Verified<Presentation>>()
      expectTypeOf(report.credentials[0]?.credential).toEqualTypeOf<Verified<Credential> | undefined>()
    } else {
      expectTypeOf(report.credentials).toEqualTypeOf<readonly CredentialReport[]>()
    }
  })

  it('tells by the outcome whether a check has a code', () => {
    // Because: only what failed or could not be found out has one.
    const check = {} as Check
    // @ts-expect-error: not known to have one
    void check.code
    if (check.outcome === 'failed' || check.outcome === 'inconclusive') {
      expectTypeOf(check.code).toEqualTypeOf<ProblemCode | `X_${string}`>()
    } else {
      // @ts-expect-error: passed and skipped have none
      void check.code
    }
  })

  it('leaves what it does not know unknown', () => {
    // Because: only the named members were checked.
    expectTypeOf<Credential['honours']>().toBeUnknown()
  })

  it('is read-only', () => {
    // Because: it is evidence.
    const report = {} as CredentialReport
    // @ts-expect-error: read-only
    report.checks = []
  })
})

describe('codes', () => {
  it('can be switched over to the last one', () => {
    // Because: a new code should show the caller where it is not treated yet.
    const explain = (code: ErrorCode): string => {
      switch (code) {
        case 'OPTION_INVALID':
        case 'CREDENTIAL_MALFORMED':
        case 'CREDENTIAL_SECURED':
        case 'CREDENTIAL_UNVERIFIED':
        case 'CONTEXT_UNKNOWN':
        case 'KEY_MALFORMED':
        case 'KEY_UNSUPPORTED':
        case 'POOL_ENDED':
        case 'PROOF_MISSING':
        case 'PROOF_UNSUPPORTED':
        case 'SIGNATURE_WRONG':
        case 'STATUS_UNKNOWN':
        case 'STATUS_LIST_FULL':
        case 'STORE_CONFLICT':
        case 'STORE_CORRUPT':
        case 'STORE_UNAVAILABLE':
          return code
        default:
          return code satisfies never
      }
    }
    void explain
    expectTypeOf<string>().not.toExtend<ProblemCode>()
    expectTypeOf<'EXPIRED'>().toExtend<ProblemCode>()
    const shown: { readonly [code in ProblemCode]?: string } = { EXPIRED: 'Abgelaufen' }
    // @ts-expect-error: misspelt code
    const misspelt: { readonly [code in ProblemCode]?: string } = { EXPIERD: 'Abgelaufen' }
    void [shown, misspelt]
  })
})

interface Diploma {
  readonly '@context': readonly string[]
  readonly type: readonly string[]
  readonly credentialSubject: { readonly id: string; readonly degree: string }
  readonly honours: boolean
}

describe('issue', () => {
  it('takes an interface of the caller’s own', () => {
    // Because: an index signature on the input would refuse every interface.
    expectTypeOf<Diploma>().toExtend<CredentialInput>()
    void issue({ credential: {} as Diploma, key })
  })

  it('keeps the caller’s type', async () => {
    // Because: what was put in is still there, and need not be cast back.
    const made = await issue({ credential: {} as Diploma, key })
    expectTypeOf(made).toEqualTypeOf<Secured<Issued<Diploma>>>()
    expectTypeOf(made.credentialSubject.degree).toBeString()
    expectTypeOf(made.honours).toBeBoolean()
    expectTypeOf(made.id).toBeString()
    expectTypeOf(await issue({ credential, key })).toEqualTypeOf<Secured<Issued<OpenBadge>>>()
  })

  it('gives text where the format is an envelope', async () => {
    // Because: who asks for a JWT must not find out at run time that it is no object.
    expectTypeOf(await issue({ credential, key, format: vcJwt() })).toBeString()
    expectTypeOf(await issue({ credential, key, format: eddsaRdfc2022() })).toEqualTypeOf<Secured<Issued<OpenBadge>>>()
    expectTypeOf(await issue({ credential, key, format: [eddsaRdfc2022()] })).toEqualTypeOf<
      Secured<Issued<OpenBadge>>
    >()
    const school = createIssuer({ key, format: vcJwt() })
    expectTypeOf(await school.issue({ credential })).toBeString()
    expectTypeOf(await createIssuer({ key }).issue({ credential })).toEqualTypeOf<Secured<Issued<OpenBadge>>>()
    expectTypeOf(await present({ credentials: ['eyJ'], key, challenge: 'c', format: vcJwt() })).toBeString()
    for await (const { credential: made } of issueMany({ credentials: [credential], key, format: vcJwt() })) {
      expectTypeOf(made).toEqualTypeOf<string | undefined>()
    }
    // @ts-expect-error: proofs and envelopes cannot be mixed
    void issue({ credential, key, format: [eddsaRdfc2022(), vcJwt()] })
  })

  it('knows its options', () => {
    // Because: a misspelt option would be silently without effect.
    // @ts-expect-error: misspelt
    void issue({ credential, key, formats: [] })
    // @ts-expect-error: no key
    void issue({ credential })
    // @ts-expect-error: no credential
    void issue({ key })
    // @ts-expect-error: a credential without a subject
    void issue({ credential: { '@context': [], type: [] }, key })
    // @ts-expect-error: now is a Date
    void issue({ credential, key, now: '2026-01-01T00:00:00Z' })
    expectTypeOf<undefined>().not.toExtend<IssueOptions['credential']>()
  })

  it('takes whatever can sign', () => {
    // Because: a KMS shows no public key and no private one.
    expectTypeOf<Key>().toExtend<Signer>()
    expectTypeOf<Pick<Signer, 'id' | 'controller' | 'algorithm' | 'sign'>>().toExtend<Signer>()
    // @ts-expect-error: the controller is a DID
    const odd: Signer = { ...key, controller: 'https://school.example' }
    void odd
  })
})

describe('present', () => {
  it('needs a challenge or the word for none', () => {
    // Because: a presentation without one can be shown again by whoever sees it.
    expectTypeOf(present({ credentials: [], key, challenge: 'c' })).resolves.toEqualTypeOf<Secured<Presentation>>()
    void present({ credentials: [], key, challenge: withoutChallenge })
    // @ts-expect-error: no challenge
    void present({ credentials: [], key })
    // @ts-expect-error: a misspelt option
    void present({ credentials: [], key, challenge: 'c', audience: 'hr.example' })
    // @ts-expect-error: one credential is still a list
    void present({ credentials: credential, key, challenge: 'c' })
  })
})

describe('disclose', () => {
  it('takes what a stranger sent, and answers with a credential that is not verified', () => {
    // Because: the base proof is not looked at.
    const shown = disclose({ credential: received, reveal: ['LAT-2'] })
    expectTypeOf(shown).resolves.toEqualTypeOf<Secured<JsonObject>>()
    // @ts-expect-error: not marked as verified
    const verified: Promise<Verified<JsonObject>> = shown
    void verified
  })

  it('asks for what to reveal, as a list', () => {
    // Because: to show all, or nothing more, is said and not forgotten.
    // @ts-expect-error: reveal is missing
    void disclose({ credential: received })
    // @ts-expect-error: not a list
    void disclose({ credential: received, reveal: '/name' })
    void disclose({ credential: received, reveal: [] as const })
  })

  it('takes suites of selective disclosure, and no others', () => {
    // Because: nothing can be derived from another proof.
    void disclose({ credential: received, reveal: [], format: bbs2023() })
    void disclose({ credential: received, reveal: [], format: [ecdsaSd2023(), bbs2023()] })
    // @ts-expect-error: nothing to hide with
    void disclose({ credential: received, reveal: [], format: eddsaRdfc2022() })
    // @ts-expect-error: not a name
    void disclose({ credential: received, reveal: [], format: 'bbs-2023' })
    // @ts-expect-error: verifies only
    void disclose({ credential: received, reveal: [], format: acceptBaseProof(bbs2023()) })
  })

  it('bbs2023 takes bytes for its header, and ecdsaSd2023 nothing', () => {
    expectTypeOf(bbs2023).parameters.toEqualTypeOf<[options?: BbsOptions]>()
    expectTypeOf(bbs2023()).toEqualTypeOf<DisclosureSuite>()
    void bbs2023({ presentationHeader: new Uint8Array(16) })
    // @ts-expect-error: not text
    void bbs2023({ presentationHeader: 'nonce' })
    // @ts-expect-error: nothing to choose
    void ecdsaSd2023({ presentationHeader: new Uint8Array(16) })
  })

  it('a signer may take messages, and need not', () => {
    // Because: only BBS has them.
    const plain: Signer['sign'] = async (data: Uint8Array) => data
    const bbs: Signer['sign'] = async (data: Uint8Array, messages: readonly Uint8Array[] = []) => messages[0] ?? data
    void [plain, bbs]
  })
})

describe('look-ups', () => {
  it('say "none" with undefined, not with null', () => {
    // Because: a look-up has two answers and a throw; a third would have no meaning.
    const finds: DidResolver = async (did) => ({ id: did })
    const none: DidResolver = async () => undefined
    // @ts-expect-error: null is not an answer
    const odd: DidResolver = async () => null
    void [finds, none, odd]
  })
})
