/** `present`: puts credentials into a presentation and binds it to its holder, a challenge and a verifier. */

import { checkMembers, checkStructure, type DataModel, dataModelContexts } from './checks/structure.ts'
import { defaultEnvelopes } from './defaults.ts'
import type { ResolverLike } from './dids/resolver.ts'
import { given, isPromise } from './encoding/given.ts'
import { asArray, deepFreeze, isObject, readJson } from './encoding/json.ts'
import { createBudget, type Limits } from './encoding/limits.ts'
import { envelopeOf, toEnveloped } from './encoding/verified.ts'
import { CredentialError } from './errors.ts'
import type { Signer } from './keys/key.ts'
import { assertClean } from './lint.ts'
import {
  assertOptions,
  type ContextOptions,
  invalid,
  readFormats,
  readLimits,
  readLoader,
  readNow,
  type SigningFormat,
  withoutChallenge,
} from './options.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import { isBaseProof } from './proofs/selective-disclosure/proof-header.ts'
import { MAX_STAPLED_LISTS } from './records/contents.ts'
import { assertSigner, type SecuredAs, secure, withProofContexts, wrap } from './secure.ts'
import { listsIn, readShown } from './shown.ts'
import type { DidResolver, EnvelopeText, JsonObject, JsonValue, OneOrMany, Presentation } from './types.ts'

/** Options of `present`. */
export interface PresentOptions<F extends SigningFormat = OneOrMany<Cryptosuite>> extends ContextOptions {
  /**
   * Secured credentials, as objects, JSON text or JWT; or as `report.credential` of `verify`, whatever they came in. May be empty: then
   * only control of the key is shown.
   */
  readonly credentials: readonly (object | string)[]
  /**
   * The holder's key. What is about somebody else, or about nobody who is named by a DID, is signed all the same, as a parent may show it:
   * verifiers refuse it, or leave it undecided, unless their `acceptHolder` takes it.
   */
  readonly key: Signer
  /** The text that the verifier sent for this occasion. */
  readonly challenge: string | typeof withoutChallenge
  /** Who the verifier is, such as `hr.example`. With it, the presentation is of no use to anyone else. */
  readonly domain?: string
  /**
   * One proof or several, or an envelope such as `vcJose()`, which gives text. Default: eddsa-rdfc-2022, or ecdsa-rdfc-2019 for P-256
   * and P-384.
   */
  readonly format?: F
  /** Version of the presentation itself. Default: `2.0`, which may hold credentials of both versions. */
  readonly dataModel?: DataModel
  /** As for `issue`. */
  readonly resolveDid?: DidResolver | ResolverLike
  /** Default: the present. */
  readonly now?: Date
}

/**
 * Signs a presentation of credentials as their holder.
 *
 * @returns The presentation, frozen, with the key's controller as `holder`. Text where the format is an envelope.
 * @throws CredentialError `OPTION_INVALID`, `CREDENTIAL_MALFORMED`, `CONTEXT_UNKNOWN`, `KEY_UNSUPPORTED` or
 *   `SIGNATURE_WRONG`.
 */
export async function present<F extends SigningFormat = OneOrMany<Cryptosuite>>(
  options: PresentOptions<F>,
): Promise<SecuredAs<Presentation, F>> {
  assertOptions('present', options, [
    'credentials',
    'key',
    'challenge',
    'domain',
    'format',
    'dataModel',
    'contexts',
    'loadDocument',
    'limits',
    'resolveDid',
    'now',
  ])
  const { key, challenge, domain, dataModel = '2.0' } = options
  const format = readFormats('present', options.format, key)
  const proofs = 'kind' in format ? [] : format
  assertSigner('present', key, format)
  assertExpectation(challenge, domain)
  if (dataModel !== '1.1' && dataModel !== '2.0')
    throw invalid(`present: dataModel is "1.1" or "2.0", not "${dataModel}"`)
  const created = readNow('present', options.now)
  const limits = readLimits('present', options.limits)
  const loadDocument = readLoader('present', options)
  const document = withProofContexts(
    {
      '@context': [dataModelContexts[dataModel]],
      type: ['VerifiablePresentation'],
      holder: key.controller,
      verifiableCredential: await readCredentials(options.credentials, { dataModel, isText: 'kind' in format, limits }),
    },
    proofs,
  )
  assertDerived(asArray(document['verifiableCredential']))
  await assertFewLists(asArray(document['verifiableCredential']), limits)
  const isText = 'kind' in format
  assertClean(
    'present',
    isText
      ? await checkMembers(document, 'presentation')
      : await checkStructure(document, 'presentation', loadDocument, createBudget(limits)),
  )
  const input = {
    document,
    purpose: 'authentication',
    created,
    loadDocument,
    ...(typeof challenge === 'string' && { challenge }),
    ...(domain !== undefined && { domain }),
  } as const
  if (isText) return (await wrap('present', input, key, format, options.resolveDid)) as SecuredAs<Presentation, F>
  const secured = await secure('present', input, key, proofs, options.resolveDid)
  return deepFreeze(secured) as unknown as SecuredAs<Presentation, F>
}

function assertExpectation(challenge: unknown, domain: unknown): void {
  if (challenge !== withoutChallenge && (typeof challenge !== 'string' || challenge === '')) {
    throw invalid('present: give the challenge that the verifier sent, as text; or withoutChallenge')
  }
  if (domain !== undefined && (typeof domain !== 'string' || domain === '')) {
    throw invalid('present: domain must be text, such as "hr.example"')
  }
}

interface Reading {
  readonly dataModel: DataModel
  readonly isText: boolean
  readonly limits: Limits
}

async function readCredentials(
  credentials: readonly (object | string)[],
  reading: Reading,
): Promise<readonly (JsonObject | string)[]> {
  if (!Array.isArray(credentials))
    throw invalid(`present: credentials must be a list, such as [credential]; ${given(credentials)}`)
  const read: (JsonObject | string)[] = []
  for (const [index, credential] of credentials.entries()) {
    read.push(await readOne(credential, `credentials[${index}]`, reading))
  }
  return read
}

async function readOne(
  credential: object | string,
  where: string,
  { dataModel, isText, limits }: Reading,
): Promise<JsonObject | string> {
  const envelope = envelopeOf(credential) ?? (await openText(credential, limits))
  if (!envelope) return readCredential(credential, where, limits)
  if (dataModel === '2.0') return toEnveloped(envelope)
  if (isText) return envelope.text
  throw invalid(`present: ${where} is a JWT, for which a proof of data model 1.1 has no room; use dataModel "2.0"`)
}

async function openText(credential: unknown, limits: Limits): Promise<EnvelopeText | undefined> {
  const text = typeof credential === 'string' ? credential.trim() : ''
  if (text === '' || text.startsWith('{')) return undefined
  const { openStatusListToken } = await import('./envelopes/on-need.ts')
  for (const open of [openStatusListToken, ...defaultEnvelopes.map((envelope) => envelope.open)]) {
    const opened = await open(text, limits)
    if (opened && !('problem' in opened) && opened.kind === 'credential') return { mediaType: opened.mediaType, text }
  }
  return undefined
}

function readCredential(credential: unknown, where: string, limits: Limits): JsonObject {
  if (isPromise(credential)) throw invalid(`present: ${where} is no credential; ${given(credential)}`)
  const read = readJson(credential, limits)
  if (!('value' in read))
    throw invalid(`present: ${where} is neither JSON nor a JWT that holds a credential: ${read.problem}`)
  const types = isObject(read.value) ? asArray(read.value['type']) : []
  if (
    !isObject(read.value) ||
    !types.some((type) => type === 'VerifiableCredential' || type === 'EnvelopedVerifiableCredential')
  ) {
    throw invalid(
      `present: ${where} is not a credential: its type must have "VerifiableCredential"; ${given(read.value)}`,
    )
  }
  if (read.value['proof'] === undefined && types.includes('VerifiableCredential')) {
    throw new CredentialError('CREDENTIAL_MALFORMED', `present: ${where} has no proof; nobody would believe it`)
  }
  return read.value
}

/** Whoever gets a base proof can disclose the credential in the holder's place. */
function assertDerived(credentials: readonly JsonValue[]): void {
  const isBase = (credential: JsonValue) =>
    isObject(credential) && asArray(credential['proof']).some((proof) => isObject(proof) && isBaseProof(proof))
  const index = credentials.findIndex(isBase)
  if (index >= 0)
    throw invalid(`present: credentials[${index}] has a base proof, which stays with its holder; disclose it first`)
}

/** Whoever staples more status lists than are verified is refused by every verifier. */
async function assertFewLists(credentials: readonly JsonValue[], limits: Limits): Promise<void> {
  if (credentials.length <= MAX_STAPLED_LISTS) return
  const found = listsIn(await readShown(credentials, { envelopes: defaultEnvelopes, budget: { limits } })).size
  if (found > MAX_STAPLED_LISTS)
    throw invalid(
      `present: there are ${found} different status lists among the credentials, and at most ${MAX_STAPLED_LISTS} are verified; leave out those that no credential names, or make several presentations`,
    )
}
