/** What `verify` was told, with the defaults filled in: the one argument every check gets besides the document. */

import type { Budget } from '../encoding/limits.ts'
import type { Envelope } from '../envelopes/envelope.ts'
import type { Cryptosuite } from '../proofs/cryptosuite.ts'
import type { Check, TrustEntry } from '../report.ts'
import type { StatusSettings } from '../status/list-source.ts'
import type { DidResolver, DocumentLoader, JsonObject, LookupOptions } from '../types.ts'

/**
 * Says whether an issuer is in a registry: `undefined` = it is not, a throw = could not find out.
 * Only issuers whose proof passed are asked about.
 */
export type TrustRegistry = (issuer: string, options?: LookupOptions) => Promise<TrustEntry | undefined>

/** What a check of the caller's own answers. */
export type CustomCheck = Check & { readonly name: `x-${string}` }

/**
 * A check of the caller's own, run on each credential whose proof passed. Name its checks `x-…`.
 * A throw means "could not find out" and makes the verdict indeterminate.
 */
export type CheckFunction = (subject: {
  readonly credential: JsonObject
  readonly now: Date
}) => readonly CustomCheck[] | Promise<readonly CustomCheck[]>

/** Says whether a key's owner may sign as this issuer although their ids differ. */
export type AcceptController = (binding: { readonly issuer: string; readonly controller: string }) => boolean

/**
 * Says whether somebody else may have signed beside the issuer (a ministry, an accrediting body). At least one proof is the issuer's
 * own all the same: who cosigns cannot issue in its name.
 */
export type AcceptCosigner = (binding: { readonly issuer: string; readonly controller: string }) => boolean

/** Says whether this holder may present a credential about another subject (a parent, an agent), or about nobody named. */
export type AcceptHolder = (binding: {
  readonly holder: string
  readonly subjects: readonly string[]
  readonly credential: JsonObject
}) => boolean

/**
 * Says whether this holder may present with a proof whose purpose is `assertionMethod`, as some wallets make it, where it should be
 * `authentication`. Whoever gets a service to sign a document of their choice with its key for assertions could present in its name.
 */
export type AcceptProofPurpose = (proof: {
  readonly controller: string
  readonly proofPurpose: 'assertionMethod'
}) => boolean

/** A securing format: proofs in the document, or an envelope around it. */
export type Format = Cryptosuite | Envelope

/**
 * Finds the public keys of an issuer whose id is not a DID, such as an https URL with a key set of its own: a JWK Set (RFC 7517
 * section 5). `kid` is the name that the JWT gives its key. `undefined` = it has none, a throw = could not find out.
 * Whoever answers is trusted for the keys being the issuer's: take them from the issuer, never from the credential.
 */
export type IssuerKeys = (
  issuer: string,
  options?: LookupOptions & { readonly kid?: string },
) => Promise<{ readonly keys: readonly object[] } | undefined>

/**
 * What the published schema of a record's type decides. `strict`: only the form that the specification prints passes.
 * `lenient`: the published JSON-LD reading passes too. `noted`: departures are only told.
 */
export type Conformance = 'strict' | 'lenient' | 'noted'

/** Settings of one call to `verify`. */
export interface Settings {
  readonly now: Date
  /** Seconds. */
  readonly clockTolerance: number
  readonly formats: ReadonlyMap<string, Cryptosuite>
  readonly envelopes: readonly Pick<Envelope, 'name' | 'open'>[]
  readonly issuerKeys: IssuerKeys | undefined
  /** Second implementations, by the name of the format. */
  readonly crossCheck: ReadonlyMap<string, Format>
  readonly resolveDid: DidResolver
  /** For keys at https URLs. `undefined`: none is accepted. */
  readonly resolveController: DidResolver | undefined
  readonly loadDocument: DocumentLoader
  /** Schemas by URL, for credentials that name one in `credentialSchema`. `undefined`: none were given. */
  readonly schemas: ReadonlyMap<string, JsonObject> | undefined
  readonly conformance: Conformance
  readonly trust: TrustRegistry | undefined
  readonly checks: readonly CheckFunction[]
  readonly skip: ReadonlySet<string>
  readonly acceptController: AcceptController | undefined
  readonly acceptCosigner: AcceptCosigner | undefined
  readonly acceptHolder: AcceptHolder | undefined
  readonly acceptProofPurpose: AcceptProofPurpose | undefined
  readonly status: StatusSettings
  readonly lookup: LookupOptions
  readonly budget: Budget
  /** Whether others are verified meanwhile. */
  readonly isOneOfMany: boolean
  /** Throws the reason of `signal`, or a `LimitError` when the time for the call is over; absent where neither can be. */
  readonly checkTime: (() => void) | undefined
  /** Sets the alarm, and answers with what takes it off; absent where there is no limit on the time. */
  readonly startTime: (() => () => void) | undefined
}
