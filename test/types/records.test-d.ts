import {
  type AssertionReport,
  type QuoteAssertionOptions,
  quoteAssertion,
  type UpgradeAssertionOptions,
  upgradeAssertion,
  type VerifyAssertionOptions,
} from 'testamur/records'
import { describe, expectTypeOf, it } from 'vitest'
import type { AchievementInput } from '../../src/records/achievement.ts'
import { type AlignmentInput, caseAlignment, ctdlAlignment } from '../../src/records/alignment.ts'
import { assembleClr, type ClrInput } from '../../src/records/clr.ts'
import { digestOf } from '../../src/records/digest.ts'
import { type EndorsementInput, endorsement } from '../../src/records/endorsement.ts'
import { type EvidenceInput, evidence } from '../../src/records/evidence.ts'
import { hashedIdentity, type IdentityObject, matchesIdentity, plainIdentity } from '../../src/records/identity.ts'
import { type OpenBadge, type OpenBadgeInput, openBadge } from '../../src/records/open-badge.ts'
import type { Recipient } from '../../src/records/recipient.ts'
import type { ResultDescriptionInput, ResultInput } from '../../src/records/result.ts'
import type { AchievementType, AssociationType, IdentifierType, ResultStatus } from '../../src/records/vocabulary.ts'
import type { Credential, CredentialInput, Verified } from '../../src/types.ts'

const achievement = { name: 'a', description: 'b', criteria: 'c' }
const recipient = { id: 'did:example:learner' }
const least: OpenBadgeInput = { name: 'n', achievement, recipient }

describe('openBadge', () => {
  it('returns what issue takes', () => {
    // Because: the output goes straight into `issue({ credential })`, without a cast.
    expectTypeOf(openBadge(least)).toExtend<CredentialInput>()
    expectTypeOf(openBadge(least)).toEqualTypeOf<OpenBadge>()
    expectTypeOf<OpenBadge['credentialSubject']['achievement']['id']>().toEqualTypeOf<string>()
  })

  it('takes dates and text, one and many', () => {
    // Because: callers have Date objects and rows of text, and mostly one of everything.
    expectTypeOf<Date>().toExtend<NonNullable<OpenBadgeInput['validUntil']>>()
    expectTypeOf<string>().toExtend<NonNullable<OpenBadgeInput['validUntil']>>()
    expectTypeOf<EvidenceInput>().toExtend<NonNullable<OpenBadgeInput['evidence']>>()
    expectTypeOf<readonly EvidenceInput[]>().toExtend<NonNullable<OpenBadgeInput['evidence']>>()
  })

  it('needs a name, an achievement and a recipient, and knows its options', () => {
    // Because: a badge without them is refused by every validator, and a misspelt option would be lost.
    // @ts-expect-error: no recipient
    const one: OpenBadgeInput = { name: 'n', achievement }
    // @ts-expect-error: no name
    const two: OpenBadgeInput = { achievement, recipient }
    // @ts-expect-error: misspelt option
    const three: OpenBadgeInput = { ...least, expires: new Date() }
    // @ts-expect-error: a number is not a date
    const four: OpenBadgeInput = { ...least, validFrom: 1767225600 }
    void [one, two, three, four]
  })
})

describe('achievement', () => {
  it('knows the words of the vocabulary and leaves room for ext:', () => {
    // Because: a misspelt type passes JSON-LD and is refused only by the schema, after signing.
    expectTypeOf<'MicroCredential'>().toExtend<AchievementType>()
    expectTypeOf<'ext:Residency'>().toExtend<AchievementType>()
    expectTypeOf<string>().not.toExtend<AchievementType>()
    // @ts-expect-error: misspelt achievement type
    const one: AchievementInput = { ...achievement, achievementType: 'Microcredential' }
    // @ts-expect-error: unknown result type
    const two: ResultDescriptionInput = { id: 'urn:x:1', name: 'n', resultType: 'Grade' }
    // @ts-expect-error: unknown target type
    const three: AlignmentInput = { targetName: 'n', targetUrl: 'https://x.example/', targetType: 'CFitem' }
    // @ts-expect-error: unknown identifier type
    const four: AchievementInput = { ...achievement, otherIdentifier: { identifier: 'x', identifierType: 'ISBN' } }
    void [one, two, three, four]
  })

  it('needs criteria that say something', () => {
    // Because: an achievement without criteria tells a reader nothing of what was done.
    // @ts-expect-error: no criteria
    const one: AchievementInput = { name: 'a', description: 'b' }
    // @ts-expect-error: empty criteria
    const two: AchievementInput = { ...achievement, criteria: {} }
    void [one, two]
  })
})

describe('recipient', () => {
  it('names somebody', () => {
    // Because: a subject without id and identifier is nobody's badge.
    expectTypeOf<{ email: string }>().toExtend<Recipient>()
    expectTypeOf<{ id: string; studentId: string; plainName: string }>().toExtend<Recipient>()
    expectTypeOf<{ identifier: IdentityObject }>().toExtend<Recipient>()
    // @ts-expect-error: nobody
    const one: Recipient = {}
    // @ts-expect-error: misspelt member
    const two: Recipient = { mail: 'ada@school.example' }
    // @ts-expect-error: an identifier must come from hashedIdentity or plainIdentity
    const three: Recipient = { identifier: 'ada@school.example' }
    void [one, two, three]
  })

  it('types identifiers', () => {
    // Because: a verifier that asks by a misspelt type would be told "no" for ever.
    expectTypeOf(hashedIdentity('emailAddress', 'x')).toEqualTypeOf<IdentityObject>()
    expectTypeOf(plainIdentity('ext:LibraryCard', 'x')).toEqualTypeOf<IdentityObject>()
    expectTypeOf<'email'>().not.toExtend<IdentifierType>()
    expectTypeOf(matchesIdentity).parameter(0).toBeUnknown()
    // @ts-expect-error: unknown identifier type
    matchesIdentity({}, { identityType: 'email', identity: 'x' })
    // @ts-expect-error: nobody
    matchesIdentity({}, {})
  })
})

describe('result', () => {
  it('says something, in words of the vocabulary', () => {
    // Because: the list of states is closed, and values are text also when they are numbers.
    expectTypeOf<'ext:Waiting'>().not.toExtend<ResultStatus>()
    // @ts-expect-error: says nothing
    const one: ResultInput = {}
    // @ts-expect-error: unknown state
    const two: ResultInput = { status: 'Done' }
    // @ts-expect-error: values are text
    const three: ResultInput = { value: 87.5 }
    void [one, two, three]
  })
})

describe('evidence, alignment, endorsement', () => {
  it('take bytes and text, and digests only in their written form', () => {
    // Because: a hexadecimal digest in `digestSRI` would never match.
    expectTypeOf(digestOf).parameter(0).toEqualTypeOf<string | Uint8Array>()
    expectTypeOf(evidence({ id: 'https://x.example/', content: new Uint8Array() }).type[0]).toEqualTypeOf<'Evidence'>()
    // @ts-expect-error: says nothing
    const one: EvidenceInput = { genre: 'Prose' }
    // @ts-expect-error: not a digest
    const two: EvidenceInput = { id: 'https://x.example/', digestSRI: 'ba7816bf' }
    // @ts-expect-error: nothing is endorsed
    const three: EndorsementInput = { name: 'n' }
    void [one, two, three]
    expectTypeOf(endorsement({ name: 'n', endorsed: openBadgeWithId() })).toExtend<CredentialInput>()
  })

  it('tell a CTDL competency from a CTDL credential by what it has', () => {
    // Because: they get different target types, and something with both is neither.
    ctdlAlignment({ url: 'https://x.example/', competencyText: 't', codedNotation: 'c' })
    ctdlAlignment({ url: 'https://x.example/', name: 'n' })
    // @ts-expect-error: both
    ctdlAlignment({ url: 'https://x.example/', name: 'n', competencyText: 't' })
    // @ts-expect-error: no statement
    caseAlignment({ uri: 'https://x.example/' })
  })
})

describe('assembleClr', () => {
  const verified = {} as Verified<Credential>
  const input: ClrInput = { name: 'n', learner: recipient, credentials: [verified] }

  it('takes only what verify vouched for', () => {
    // Because: a learner record signed over an unproven credential lends it the publisher's name.
    expectTypeOf(assembleClr(input)).toExtend<CredentialInput>()
    // @ts-expect-error: not verified
    const one: ClrInput = { ...input, credentials: [{} as Credential] }
    // @ts-expect-error: not even signed
    const two: ClrInput = { ...input, credentials: [openBadge(least)] }
    void [one, two]
  })

  it('knows the relations between achievements', () => {
    // Because: the list is closed, and the direction is in the word.
    expectTypeOf<'isChildOf'>().toExtend<AssociationType>()
    expectTypeOf<'ext:dependsOn'>().not.toExtend<AssociationType>()
    // @ts-expect-error: unknown relation
    const one: ClrInput = { ...input, association: { associationType: 'childOf', sourceId: 'a:b', targetId: 'a:c' } }
    void one
  })
})

describe('assertions of Open Badges 2.0', () => {
  const report = {} as AssertionReport

  it('are read from a report that was narrowed', () => {
    // Because: what did not verify has no badge and no issuer that anybody should show.
    // @ts-expect-error: not narrowed
    void report.badge
    if (report.verified) expectTypeOf(report.badge.name).toEqualTypeOf<string>()
    else expectTypeOf(report.verdict).toEqualTypeOf<'invalid' | 'indeterminate'>()
  })

  it('are upgraded by who names its own Profile, and become what issue takes', () => {
    // Because: without it a run over many badges would issue those of others anew.
    expectTypeOf(upgradeAssertion).returns.toExtend<CredentialInput>()
    expectTypeOf(quoteAssertion).returns.toExtend<CredentialInput>()
    // @ts-expect-error: no formerIssuer
    const one: UpgradeAssertionOptions = { report, issuer: 'did:example:1' }
    // @ts-expect-error: nobody quotes
    const two: QuoteAssertionOptions = { report }
    // @ts-expect-error: a misspelt option
    const three: VerifyAssertionOptions = { assertion: '', fetch: async () => undefined }
    // @ts-expect-error: an assertion is no credential that verify vouched for
    const four: ClrInput = { name: 'n', learner: recipient, credentials: [report.verified && report.assertion] }
    void [one, two, three, four]
  })
})

function openBadgeWithId(): OpenBadge & { readonly id: string } {
  return { ...openBadge(least), id: 'urn:x:1' }
}
