/** `present`: puts credentials into a presentation and binds it to its holder, a challenge and a verifier. */

import { checkStructure, type DataModel, dataModelContexts } from './checks/structure.ts'
import type { ResolverLike } from './dids/resolver.ts'
import { asArray, deepFreeze, isObject, readJson } from './encoding/json.ts'
import { createBudget, type Limits } from './encoding/limits.ts'
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
  withoutChallenge,
} from './options.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import { assertSigner, secure, withProofContexts } from './secure.ts'
import type { DidResolver, JsonObject, OneOrMany, Presentation, Secured } from './types.ts'

/** Options of `present`. */
export interface PresentOptions extends ContextOptions {
  /** Secured credentials, as objects or JSON text. May be empty: then only control of the key is shown. */
  readonly credentials: readonly (object | string)[]
  /** The holder's key. */
  readonly key: Signer
  /** The text that the verifier sent for this occasion. */
  readonly challenge: string | typeof withoutChallenge
  /** Who the verifier is, such as `hr.example`. With it, the presentation is of no use to anyone else. */
  readonly domain?: string
  /** Default: eddsa-rdfc-2022, or ecdsa-rdfc-2019 for P-256 and P-384. */
  readonly format?: OneOrMany<Cryptosuite>
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
 * @returns The presentation, frozen, with the key's controller as `holder`.
 * @throws CredentialError `OPTION_INVALID`, `CREDENTIAL_MALFORMED`, `CONTEXT_UNKNOWN`, `KEY_UNSUPPORTED` or
 *   `SIGNATURE_WRONG`.
 */
export async function present(options: PresentOptions): Promise<Secured<Presentation>> {
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
  const formats = readFormats('present', options.format, key)
  assertSigner('present', key, formats)
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
      verifiableCredential: readCredentials(options.credentials, limits),
    },
    formats,
  )
  assertClean('present', await checkStructure(document, 'presentation', loadDocument, createBudget(limits)))
  const input = {
    document,
    purpose: 'authentication',
    created,
    loadDocument,
    ...(typeof challenge === 'string' && { challenge }),
    ...(domain !== undefined && { domain }),
  } as const
  return deepFreeze(
    await secure('present', input, key, formats, options.resolveDid),
  ) as unknown as Secured<Presentation>
}

function assertExpectation(challenge: unknown, domain: unknown): void {
  if (challenge !== withoutChallenge && (typeof challenge !== 'string' || challenge === '')) {
    throw invalid('present: give the challenge that the verifier sent, as text; or withoutChallenge')
  }
  if (domain !== undefined && (typeof domain !== 'string' || domain === '')) {
    throw invalid('present: domain must be text, such as "hr.example"')
  }
}

function readCredentials(credentials: readonly (object | string)[], limits: Limits): readonly JsonObject[] {
  if (!Array.isArray(credentials)) throw invalid('present: credentials must be a list')
  return credentials.map((credential, index) => {
    const read = readJson(credential, limits)
    const where = `credentials[${index}]`
    if (!('value' in read)) throw invalid(`present: ${where} cannot be read: ${read.problem}`)
    if (!isObject(read.value) || !asArray(read.value['type']).includes('VerifiableCredential')) {
      throw invalid(`present: ${where} is not a credential: its type must have "VerifiableCredential"`)
    }
    if (read.value['proof'] === undefined) {
      throw new CredentialError('CREDENTIAL_MALFORMED', `present: ${where} has no proof; nobody would believe it`)
    }
    return read.value
  })
}
