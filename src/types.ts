/**
 * Shapes shared by every floor: JSON, credentials, proofs, DID documents, and the look-up plug-ins.
 * Field names are those of the specifications (VC Data Model 1.1 and 2.0, Data Integrity 1.0, DID 1.0).
 */

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** One value or a list of them: the two spellings JSON-LD allows for most properties. */
export type OneOrMany<T> = T | readonly T[]

/** A decentralised identifier, such as `did:key:z6Mk…` (DID 1.0 section 3.1). */
export type Did = `did:${string}:${string}`

/** Who issues or holds: an `id` and, where known, a display name. */
export interface Profile {
  readonly id: string
  readonly name?: string
}

/** One entry of `credentialStatus`. What else it holds depends on its `type`. */
export interface StatusEntry {
  readonly id?: string
  readonly type: string
}

/**
 * A credential as the caller writes it, before it is signed.
 * There is no index signature on purpose: an interface of the caller's own must fit.
 */
export interface CredentialInput {
  /** The VC Data Model context first (`https://www.w3.org/ns/credentials/v2`); the others follow. */
  readonly '@context': OneOrMany<string | object>
  /** An absolute IRI. Default: a fresh `urn:uuid:…`. */
  readonly id?: string
  readonly type: OneOrMany<string>
  /** Default: the controller of the key that signs. */
  readonly issuer?: string | Profile
  readonly credentialSubject: OneOrMany<object>
  /** dateTimeStamp. Default under VC 2.0: the time of issue. */
  readonly validFrom?: string
  readonly validUntil?: string
  readonly credentialStatus?: OneOrMany<StatusEntry>
}

/** A credential that came from outside and was checked: the named members have their types, the rest is `unknown`. */
export interface Credential extends Omit<CredentialInput, 'issuer'> {
  readonly issuer: string | { readonly id: string; readonly [member: string]: unknown }
  readonly [member: string]: unknown
}

/** A Data Integrity proof, or an Ed25519Signature2020 (Data Integrity 1.0 section 2.1). */
export interface Proof {
  /** An absolute IRI, by which later proofs can name this one. */
  readonly id?: string
  readonly type: string
  readonly cryptosuite?: string
  readonly created?: string
  readonly verificationMethod: string
  readonly proofPurpose: string
  readonly proofValue: string
  readonly challenge?: string
  readonly domain?: OneOrMany<string>
  /** Ids of the proofs that this one is made over as well (Data Integrity 1.0 section 2.1.2). */
  readonly previousProof?: OneOrMany<string>
}

/** A document with its proof or proofs. */
export type Secured<T> = T & { readonly proof: OneOrMany<Proof> }

declare const verified: unique symbol
/** A value that `verify` vouched for. The mark exists for the type checker only. */
export type Verified<T> = T & { readonly [verified]: true }

/** The text that a credential or presentation came in: what is kept, and presented on. */
export interface EnvelopeText {
  /** Media type, such as `application/vc+jwt`. */
  readonly mediaType: string
  readonly text: string
}

/** A credential as signed text, where an object is expected (VC Data Model 2.0 section 4.13.2). */
export type EnvelopedCredential = {
  readonly '@context': string
  /** `data:`, the media type, a comma, the text. */
  readonly id: string
  readonly type: 'EnvelopedVerifiableCredential'
}

/** A presentation: credentials in the hands of their holder (VC Data Model 2.0 section 4.13). */
export interface Presentation {
  readonly '@context': OneOrMany<string | object>
  readonly type: OneOrMany<string>
  readonly id?: string
  readonly holder?: string | Profile
  readonly verifiableCredential?: OneOrMany<object>
}

/** A public key in a DID document, in any of the published notations. */
export interface VerificationMethod {
  readonly id: string
  readonly type: string
  readonly controller: string
  readonly publicKeyMultibase?: string
  readonly publicKeyBase58?: string
  readonly publicKeyJwk?: object
  /** dateTimeStamp from which on the key is no longer good (Controlled Identifiers 1.0 section 2.2). */
  readonly expires?: string
  readonly revoked?: string
}

/** The members of a DID document that verification reads (DID 1.0 section 5). */
export interface DidDocument {
  readonly id: string
  readonly verificationMethod?: readonly VerificationMethod[]
  readonly assertionMethod?: readonly (string | VerificationMethod)[]
  readonly authentication?: readonly (string | VerificationMethod)[]
  /** True when the DID was deactivated (DID Resolution 1.0): nothing it signed is accepted. */
  readonly deactivated?: boolean
}

/** Handed to every look-up. */
export interface LookupOptions {
  readonly signal?: AbortSignal
  /**
   * For look-ups that load something from elsewhere: to be told the bytes of what came, before it is read. It throws where the call has
   * loaded more than its `limits.loaded`. Without it nothing is counted.
   */
  readonly countLoaded?: (bytes: number) => void
}

/**
 * Finds the document of a DID.
 *
 * `undefined` means "there is none", a throw means "could not find out". The author of a resolver is trusted for the
 * document being that of the DID: `verify` compares the ids, but cannot know where the keys came from.
 */
export type DidResolver = (did: string, options?: LookupOptions) => Promise<DidDocument | undefined>

/**
 * Finds a JSON-LD context by its URL. `undefined` means "there is none", a throw means "could not find out".
 * Whoever supplies a context decides what the terms of a credential mean: give only documents you trust.
 */
export type DocumentLoader = (url: string, options?: LookupOptions) => Promise<JsonObject | undefined>

/**
 * One thing wrong with a document: where (a JSON Pointer, RFC 6901; the root is the empty string), what, and what would
 * be right.
 */
export interface Finding {
  readonly path: string
  readonly message: string
}
