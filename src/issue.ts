/** `issue`: fills in what can be known, lints, signs, verifies its own signature. The input is never changed. */

import { checkConformance } from './checks/schema.ts'
import type { Conformance } from './checks/settings.ts'
import { hasStatusForm } from './checks/status-need.ts'
import { checkStructure, dataModelOf } from './checks/structure.ts'
import { findUnsigned } from './checks/unsigned.ts'
import { defaultStatusMethods } from './defaults.ts'
import type { ResolverLike } from './dids/resolver.ts'
import { formatDateTimeStamp } from './encoding/date-time.ts'
import { given, isPromise } from './encoding/given.ts'
import { asArray, deepFreeze, idOf, isObject, readJson } from './encoding/json.ts'
import { createBudget, type Limits } from './encoding/limits.ts'
import { CredentialError } from './errors.ts'
import type { Signer } from './keys/key.ts'
import { assertClean } from './lint.ts'
import {
  assertOptions,
  type ContextOptions,
  invalid,
  readConformance,
  readFormats,
  readLimits,
  readLoader,
  readNow,
  readProofIds,
  type SigningFormat,
} from './options.ts'
import { type Cryptosuite, isDisclosureSuite } from './proofs/cryptosuite.ts'
import { mandatoryPointersOf } from './records/disclosure.ts'
import { type ProfileInput, toProfile } from './records/profile.ts'
import type { Check } from './report.ts'
import { assertSigner, type SecuredAs, secure, withProofContexts, wrap } from './secure.ts'
import type { StatusAllocator } from './status/entry.ts'
import type { CredentialInput, DidResolver, JsonObject, JsonValue, OneOrMany, Profile, StatusEntry } from './types.ts'

/** A credential of the type that was given, with what `issue` filled in. */
export type Issued<C extends CredentialInput> = Omit<C, '@context' | 'id' | 'issuer' | 'credentialStatus'> & {
  readonly '@context': readonly (string | object)[]
  readonly id: string
  readonly issuer: string | Profile
  readonly credentialStatus?: OneOrMany<StatusEntry>
}

/** Options of `issue`. */
export interface IssueOptions<
  C extends CredentialInput = CredentialInput,
  F extends SigningFormat = OneOrMany<Cryptosuite>,
> extends ContextOptions {
  /**
   * What to sign. Filled in where absent: `id` (`urn:uuid:…`), `issuer` (the key's controller), `validFrom` or, under
   * data model 1.1, `issuanceDate` (the time of issue). The first context decides on the version.
   */
  readonly credential: C
  /** The issuer's key: in memory, or kept by a KMS or HSM. */
  readonly key: Signer
  /**
   * One proof or several, all by this key; or an envelope such as `vcJwt()`, which gives text. Default: eddsa-rdfc-2022, or
   * ecdsa-rdfc-2019 for P-256 and P-384. An RSA key needs an envelope.
   */
  readonly format?: F
  /**
   * What the published schema of the record's type decides before it is signed. Default: `lenient`, so that validators
   * elsewhere take it; `noted` signs whatever departs from it.
   */
  readonly conformance?: Conformance
  /** Needed for keys whose DID is not a did:key and that do not show their public key: the signature is verified once. */
  readonly resolveDid?: DidResolver | ResolverLike
  /**
   * Gives the credential its place in a status list, so that it can be revoked: a registry of `createStatusRegistry`, or one of
   * your own. It is asked when nothing else is wrong; the same `id` gets the same place, also when issuing is tried again.
   * Default: none, and the credential cannot be revoked.
   */
  readonly status?: StatusAllocator
  /**
   * For suites of selective disclosure: JSON Pointers of what the holder may not hide, besides issuer, subject, types, dates, status,
   * schema, terms of use, and what each result's grade means, which are mandatory in any case.
   */
  readonly mandatoryPointers?: readonly string[]
  /**
   * The id of the proof, an absolute IRI that nothing else has, by which `addProof` can build on it; one for each of several proofs.
   * Default: none.
   */
  readonly proofId?: OneOrMany<string>
  /** Default: the present. */
  readonly now?: Date
}

/** Names of the options that do not change from one credential to the next. */
export const issueNames: readonly string[] = [
  'key',
  'format',
  'conformance',
  'contexts',
  'loadDocument',
  'limits',
  'resolveDid',
  'status',
  'mandatoryPointers',
]

/**
 * Signs a credential.
 *
 * @returns The secured credential, frozen: a change would break its signature. Text where the format is an envelope.
 * @throws CredentialError `CREDENTIAL_MALFORMED` with all `findings`, `CONTEXT_UNKNOWN`, `CREDENTIAL_SECURED`,
 *   `KEY_UNSUPPORTED`, `SIGNATURE_WRONG` or `OPTION_INVALID`. Nothing is signed then, or nothing is returned.
 */
export async function issue<C extends CredentialInput, F extends SigningFormat = OneOrMany<Cryptosuite>>(
  options: IssueOptions<C, F>,
): Promise<SecuredAs<Issued<C>, F>> {
  assertOptions('issue', options, ['credential', 'proofId', 'now', ...issueNames])
  const { key, status } = options
  if (status !== undefined && typeof status?.allocate !== 'function') {
    throw invalid('issue: status must be a registry, such as createStatusRegistry({ store, url }) makes')
  }
  const format = readFormats('issue', options.format, key)
  const proofs = 'kind' in format ? [] : format
  assertSigner('issue', key, format)
  const proofIds = readProofIds('issue', options.proofId, proofs.length)
  const now = readNow('issue', options.now)
  const limits = readLimits('issue', options.limits)
  const loadDocument = readLoader('issue', options)
  const conformance = readConformance('issue', options.conformance ?? 'lenient')
  const linted = Object.freeze(withProofContexts(fill(readCredential(options.credential, limits), key, now), proofs))
  assertClean('issue', [
    ...(await checkStructure(linted, 'credential', loadDocument, createBudget(limits))),
    ...checkConformance(linted, conformance),
    ...findUnsigned(linted),
    ...(hasStatusForm(linted) ? await findStatusProblems(linted) : []),
  ])
  assertIssuer(linted, key)
  const document = status ? Object.freeze(await withStatus(linted, status)) : linted
  // The schemas of learner records have room for one entry alone.
  if (status) assertClean('issue', checkConformance(document, conformance))
  const mandatoryPointers = readMandatory(document, proofs, options.mandatoryPointers)
  const input = {
    document,
    purpose: 'assertionMethod',
    created: now,
    loadDocument,
    ...(mandatoryPointers && { mandatoryPointers }),
  } as const
  if ('kind' in format) return (await wrap('issue', input, key, format, options.resolveDid)) as SecuredAs<Issued<C>, F>
  const secured = await secure('issue', input, key, proofs, options.resolveDid, proofIds)
  // The strict schemas of learner records want a list even of one proof.
  const proof = isLearnerRecord(document) ? asArray(secured['proof']) : secured['proof']
  return deepFreeze({ ...secured, ...(proof !== undefined && { proof }) }) as unknown as SecuredAs<Issued<C>, F>
}

/** An issuer with its key and profile, to issue many credentials with. */
export interface Issuer<F extends SigningFormat = OneOrMany<Cryptosuite>> {
  readonly profile: Profile
  /** As `issue`, with this issuer's key and profile. */
  issue<C extends CredentialInput>(
    options: Pick<IssueOptions<C>, 'credential' | 'proofId' | 'now'>,
  ): Promise<SecuredAs<Issued<C>, F>>
}

/**
 * Puts a key and an issuer's profile together.
 *
 * @param options.profile Written into each credential as `issuer`; its `id` is the key's controller.
 */
export function createIssuer<F extends SigningFormat = OneOrMany<Cryptosuite>>(
  options: Omit<IssueOptions<CredentialInput, F>, 'credential' | 'proofId' | 'now'> & {
    readonly profile?: Partial<ProfileInput>
  },
): Issuer<F> {
  assertOptions('createIssuer', options, ['profile', ...issueNames])
  const { profile: given, ...rest } = options
  assertSigner('createIssuer', rest.key, readFormats('createIssuer', rest.format, rest.key))
  const id = rest.key.controller
  if (given?.id !== undefined && given.id !== id) {
    throw invalid(`createIssuer: profile.id is "${given.id}", but the key belongs to "${id}"`)
  }
  const profile: Profile = Object.freeze({ ...given, id })
  // Learner records want a type on every object of a profile, which other credentials have no word for.
  const recordProfile = given && toProfile({ ...given, id }, 'profile')
  const issuerOf = (credential: JsonObject) =>
    recordProfile && isLearnerRecord(credential) ? recordProfile : given ? profile : id
  return {
    profile,
    issue: ({ credential, ...each }) =>
      issue({
        ...rest,
        ...each,
        credential: isObject(credential)
          ? { ...credential, issuer: credential.issuer === undefined ? issuerOf(credential) : credential.issuer }
          : credential,
      }),
  }
}

function readMandatory(
  document: JsonObject,
  formats: readonly Cryptosuite[],
  more: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!formats.some(isDisclosureSuite)) {
    if (more === undefined) return undefined
    throw invalid('issue: mandatoryPointers belong to suites of selective disclosure, such as format: ecdsaSd2023()')
  }
  if (more !== undefined && !(Array.isArray(more) && more.every((each) => typeof each === 'string'))) {
    throw invalid('issue: mandatoryPointers must be a list of JSON Pointers')
  }
  return [...new Set([...mandatoryPointersOf(document), ...(more ?? [])])]
}

function readCredential(credential: unknown, limits: Limits): JsonObject {
  const read = readJson(isObject(credential) ? credential : undefined, limits)
  if (!('value' in read)) {
    const at = read.path === '' ? '' : ` at ${read.path}`
    const isPlain = isObject(credential) && !isPromise(credential)
    throw invalid(`issue: credential must be a plain object; ${isPlain ? `${read.problem}${at}` : given(credential)}`)
  }
  const document = read.value as JsonObject
  if (document['proof'] !== undefined) {
    throw new CredentialError(
      'CREDENTIAL_SECURED',
      'issue: the credential has a proof already; addProof adds one, and issue takes it without its proof',
    )
  }
  return document
}

function fill(credential: JsonObject, key: Signer, now: Date): JsonObject {
  const start = dataModelOf(credential) === '1.1' ? 'issuanceDate' : 'validFrom'
  return {
    ...credential,
    '@context': asArray(credential['@context']),
    // What is null was meant to be something: the structure check says so.
    id: credential['id'] === undefined ? `urn:uuid:${crypto.randomUUID()}` : credential['id'],
    issuer: fillIssuer(credential, key),
    [start]: credential[start] === undefined ? formatDateTimeStamp(now) : credential[start],
  }
}

async function findStatusProblems(document: JsonObject): Promise<readonly Check[]> {
  const { checkStatusForm } = await import('./seldom.ts')
  return checkStatusForm(document, defaultStatusMethods)
}

/** The credential with its places in status lists; those that it has already stay as they are. */
async function withStatus(document: JsonObject, status: StatusAllocator): Promise<JsonObject> {
  const entries = await status.allocate({ id: idOf(document) as string })
  const before = asArray(document['credentialStatus'])
  const known = new Set(before.map(idOf))
  const added = entries.filter(
    ({ id }) => id === undefined || !known.has(id),
  ) as readonly unknown[] as readonly JsonValue[]
  const all = [...before, ...added]
  const contexts = asArray(document['@context'])
  // Data model 2.0 has the words in its own context, 1.1 has not.
  const needed = dataModelOf(document) === '1.1' && !contexts.includes(statusContext)
  return {
    ...document,
    ...(needed && { '@context': [...contexts, statusContext] }),
    credentialStatus: all.length === 1 ? (all[0] as JsonValue) : all,
  }
}

const statusContext = 'https://www.w3.org/ns/credentials/status/v1'

function fillIssuer(credential: JsonObject, key: Signer): JsonValue {
  const issuer = credential['issuer'] === undefined ? key.controller : credential['issuer']
  if (!isObject(issuer)) return issuer
  // Open Badges and CLR ask for a type on every profile; elsewhere the word has no meaning.
  return { id: key.controller, ...(isLearnerRecord(credential) && { type: ['Profile'] }), ...issuer }
}

function isLearnerRecord(credential: JsonObject): boolean {
  return asArray(credential['@context']).some(
    (context) => typeof context === 'string' && context.startsWith('https://purl.imsglobal.org/spec/ob/'),
  )
}

function assertIssuer(document: JsonObject, key: Signer): void {
  const issuer = idOf(document['issuer'])
  if (issuer === key.controller) return
  const message = `/issuer: names "${issuer}", but the key belongs to "${key.controller}"; leave issuer out, or use that issuer's key.`
  throw new CredentialError('CREDENTIAL_MALFORMED', `issue: nothing was signed: ${message}`, {
    findings: [{ path: '/issuer', message }],
  })
}
