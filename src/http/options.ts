/** What `httpHandler` takes: for whom it works (tenants), who may ask (authentication), and how much is read. */

import { askMeant } from '../encoding/meant.ts'
import type { Envelope } from '../envelopes/envelope.ts'
import { CredentialError } from '../errors.ts'
import { createIssuer, type IssueOptions } from '../issue.ts'
import type { PresentationSettings, withoutChallenge } from '../options.ts'
import type { PresentOptions } from '../present.ts'
import type { Cryptosuite } from '../proofs/cryptosuite.ts'
import type { PublishOptions } from '../publish.ts'
import type { ProfileInput } from '../records/profile.ts'
import type { SkippableCheck } from '../report.ts'
import type { StatusRegistry } from '../status/registry.ts'
import type { StatusStore } from '../status/store.ts'
import type { CredentialInput, DidResolver, JsonObject, OneOrMany } from '../types.ts'

/** What a request asks for. */
export type HttpAction =
  | 'issueCredential'
  | 'verifyCredential'
  | 'deriveCredential'
  | 'updateStatus'
  | 'createPresentation'
  | 'verifyPresentation'
  | 'readStatusList'
  | 'resolveIdentifier'
  | 'readConformance'

/** Actions that are for everybody: `authenticate` is not asked. Whoever holds a credential must be able to read its list. */
export const publicActions: readonly HttpAction[] = ['readStatusList', 'readConformance']

/**
 * Pass this as `authenticate` to let everybody issue, present and revoke who reaches the server: on a loopback address, or behind a
 * gateway that has authenticated before.
 */
export const withoutAuthentication: unique symbol = Symbol('testamur.withoutAuthentication')

/** Proofs, or one envelope. */
type SigningFormat = OneOrMany<Cryptosuite> | Envelope

/** An issuer behind the handler: what `createIssuer` takes, and what is done to each credential before. */
export interface HttpIssuer extends Omit<IssueOptions<CredentialInput, SigningFormat>, 'credential' | 'now'> {
  /** Written into each credential as `issuer`. Its `id` is the key's controller. */
  readonly profile?: Partial<ProfileInput>
  /**
   * Sees each credential before it is issued, and gives it back, changed or not. A `CredentialError` with `CREDENTIAL_MALFORMED` that it
   * throws is the client's to see. Default: it is issued as it came.
   */
  readonly prepare?: (credential: JsonObject) => JsonObject | Promise<JsonObject>
}

/** Who presents at `POST /presentations`. */
export type HttpHolder = Omit<
  PresentOptions<SigningFormat>,
  'credentials' | 'challenge' | 'domain' | 'dataModel' | 'now'
>

/** How statuses are changed at `POST /credentials/status`. */
export interface HttpStatus {
  readonly registry: StatusRegistry
  /**
   * Publishes a list as soon as a credential got its first place in it or a status was changed. Default: not at all, and verifiers see it
   * when `publish` is called elsewhere.
   */
  readonly publish?: Omit<PublishOptions, 'registry' | 'lists'>
}

/** Everything that one tenant has. What is left out is answered with 404. */
export interface HttpTenant {
  /** Issues at `/credentials/issue`. */
  readonly issuer?: HttpIssuer
  /** More issuers, each at `/issuers/{name}/credentials/issue`. */
  readonly issuers?: { readonly [name: string]: HttpIssuer }
  readonly holder?: HttpHolder
  readonly status?: HttpStatus
  /** Where the published lists are, for `/status-lists/{id}`. */
  readonly store?: Pick<StatusStore, 'published'>
  /** How credentials and presentations are verified. Default: as `verify` does, in 30 seconds at most. */
  readonly verify?: Omit<PresentationSettings, 'now' | 'signal'> & {
    /** Accepts presentations for which no challenge was sent. Default: each verification needs `options.challenge`. */
    readonly challenge?: typeof withoutChallenge
    /** The checks that decide, with those that a request names in `options.checks`. Default: all, or those of the request. */
    readonly deciding?: readonly HttpCheck[]
  }
  /** DID methods that `/identifiers/{did}` answers for, by name. Default: did:key and did:jwk, which need no network. */
  readonly didMethods?: { readonly [method: string]: DidResolver }
}

/** A check that a request may name in `options.checks`. The proof decides always, and with anything beside it the issuer and what is inside. */
export type HttpCheck = 'proof' | 'issuer' | 'holder' | 'trust' | 'contents' | SkippableCheck

/** Who asks, and what for. */
export interface HttpContext<Caller> {
  readonly request: Request
  readonly action: HttpAction
  /** What `authenticate` answered with; `undefined` for actions that are for everybody. */
  readonly caller: Caller | undefined
}

/** Options of `httpHandler`. */
export interface HttpHandlerOptions<Caller = unknown> {
  /** For whom the handler works: one tenant, or a function that finds the caller's. `undefined` is answered with 403. */
  readonly tenant:
    | HttpTenant
    | ((context: HttpContext<Caller>) => HttpTenant | undefined | Promise<HttpTenant | undefined>)
  /**
   * Says who asks. `undefined`, and anything else that is empty (`''`, 0), is answered with 401. A `Response` is sent as it is. It is asked for every action but
   * `readStatusList` and `readConformance`. Without it nothing is issued, presented or revoked, and a `tenant` that could is refused at once.
   */
  readonly authenticate?:
    | typeof withoutAuthentication
    | ((request: Request, action: HttpAction) => Caller | Response | undefined | Promise<Caller | Response | undefined>)
  /** Path before those of the handler, such as `/vc`, where the server does not take it away. Default: none. */
  readonly basePath?: string
  /** Bytes of a request's body. Default: 2,097,152. */
  readonly maxBytes?: number
  /** Told of what went wrong on this side: the answer is 500 or 503, and says nothing of it. Default: nobody. */
  readonly onError?: (error: unknown, request: Request) => void
  /** The clock. Default: the present. */
  readonly now?: () => Date
}

/** The same, complete. */
export interface HttpSettings {
  readonly findTenant: (context: HttpContext<unknown>) => HttpTenant | undefined | Promise<HttpTenant | undefined>
  readonly authenticate: ((request: Request, action: HttpAction) => unknown) | undefined
  readonly basePath: string
  readonly maxBytes: number
  readonly onError: (error: unknown, request: Request) => void
  readonly now: () => Date
}

const names = ['tenant', 'authenticate', 'basePath', 'maxBytes', 'onError', 'now']
const tenantNames = ['issuer', 'issuers', 'holder', 'status', 'store', 'verify', 'didMethods']

/** Reads the options, or throws `OPTION_INVALID`. */
export function readHttpOptions<Caller>(options: HttpHandlerOptions<Caller>): HttpSettings {
  if (typeof options !== 'object' || options === null) throw invalid('give one object of options with tenant')
  assertKnown('option', options, names)
  const { tenant, authenticate, basePath = '', maxBytes = 2_097_152, onError = () => {}, now } = options
  if (typeof tenant !== 'function') assertTenant(tenant)
  if (authenticate !== undefined && authenticate !== withoutAuthentication && typeof authenticate !== 'function') {
    throw invalid('authenticate must be a function from a request to who asks')
  }
  const signs = typeof tenant === 'function' || tenant.issuer || tenant.issuers || tenant.holder || tenant.status
  if (signs && authenticate === undefined) {
    throw invalid(
      'whoever reaches the server could issue: give authenticate, or authenticate: withoutAuthentication where that is meant',
    )
  }
  if (typeof basePath !== 'string' || !/^(\/[\w.~-]+)*$/.test(basePath)) {
    throw invalid('basePath must be a path such as /vc, without a slash behind it')
  }
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) throw invalid('maxBytes must be a whole number from 1 on')
  for (const [name, value] of Object.entries({ onError, now })) {
    if (value !== undefined && typeof value !== 'function') throw invalid(`${name} must be a function`)
  }
  return {
    findTenant: typeof tenant === 'function' ? (tenant as HttpSettings['findTenant']) : () => tenant,
    authenticate: typeof authenticate === 'function' ? authenticate : undefined,
    basePath,
    maxBytes,
    onError,
    now: now ?? (() => new Date()),
  }
}

/** A tenant that can do what it says. */
export function assertTenant(tenant: HttpTenant): void {
  if (typeof tenant !== 'object' || tenant === null)
    throw invalid('tenant must be an object, or a function that finds one')
  assertKnown('member of a tenant', tenant, tenantNames)
  const { issuer, issuers, holder, status, store } = tenant
  for (const each of [...(issuer ? [issuer] : []), ...Object.values(issuers ?? {})]) {
    const { prepare, ...rest } = each
    if (prepare !== undefined && typeof prepare !== 'function') throw invalid('prepare must be a function')
    createIssuer(rest)
  }
  if (holder && typeof holder.key?.sign !== 'function') throw invalid('holder.key must be a Signer')
  if (status && typeof status.registry?.set !== 'function') {
    throw invalid('status.registry must be a registry, such as createStatusRegistry({ store, url }) makes')
  }
  if (status?.publish && typeof status.publish.key?.sign !== 'function') {
    throw invalid('status.publish.key must be a Signer')
  }
  for (const each of [issuer, ...Object.values(issuers ?? {})]) assertOwnLists(each, status)
  if (store && typeof store.published !== 'function') {
    throw invalid('store must be a store, such as memoryStatusStore()')
  }
}

/** Verifiers take a list from the issuer of its credentials alone, and would leave all of them undecided. */
function assertOwnLists(issuer: HttpIssuer | undefined, status: HttpStatus | undefined): void {
  const by = status?.publish?.key.controller
  if (by === undefined || issuer?.status !== status?.registry || issuer?.key.controller === by) return
  throw invalid(
    `status.publish.key belongs to ${by}, and credentials in its lists are issued by ${issuer?.key.controller}: verifiers take a list from the issuer of its credentials alone`,
  )
}

function assertKnown(what: string, object: object, known: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw invalid(`there is no ${what} "${unknown}"${askMeant(unknown, known)}; there are ${known.join(', ')}`)
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `httpHandler: ${message}`)
}
