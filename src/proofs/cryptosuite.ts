/** What a securing format is, for Data Integrity proofs: a value that signs and verifies one kind of proof. */

import type { Algorithm, PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import type { DocumentLoader, JsonObject, OneOrMany, Proof } from '../types.ts'

/** What a proof is made over. */
export interface SecureInput {
  /** The document without any proof, or with those alone that `previousProof` names. */
  readonly document: JsonObject
  readonly purpose: 'assertionMethod' | 'authentication'
  readonly created: Date
  readonly challenge?: string
  readonly domain?: OneOrMany<string>
  /** JSON Pointers of what may never be hidden, for suites of selective disclosure. */
  readonly mandatoryPointers?: readonly string[]
  /** The id of the proof. */
  readonly proofId?: string
  /** Ids of the proofs that are in the document. */
  readonly previousProof?: OneOrMany<string>
  /** The signer's public key as it is published, for suites that write it into the proof. */
  readonly publicKey?: PublicKey
  readonly loadDocument: DocumentLoader
}

/** One proof of a document, to be verified by itself. */
export interface ProofInput {
  /** The document without any proof, or with those alone that the proof's `previousProof` names. */
  readonly document: JsonObject
  readonly proof: Proof
  readonly loadDocument: DocumentLoader
  /**
   * For a suite that works on more statements than the document shows: counts so many more of them against the caller's limit, and
   * throws where that is met.
   */
  readonly count?: (statements: number) => void
  /** Others are verified meanwhile, so that the signature may well be checked on another thread. Default: false. */
  readonly isOneOfMany?: boolean
}

/** Whether a proof is good; a `note` says what should be known of one that is. */
export type ProofVerdict = boolean | { readonly note: string }

/** A kind of proof. Pass the value and it is used; leave it out and a bundler drops it. */
export interface Cryptosuite {
  readonly kind: 'proof'
  /** `proof.cryptosuite`, or `proof.type` for suites older than Data Integrity. */
  readonly name: string
  /** Algorithms of the keys it takes. */
  readonly algorithms: readonly Algorithm[]
  /**
   * True where the proof covers the JSON text itself: every member as it is written, whether a context defines it or not.
   * Otherwise `verify` refuses members that no context at hand defines.
   */
  readonly coversJson?: boolean
  /**
   * What the proof makes use of and the suite does not do, in a few words; `undefined` for nothing. Such a proof is not verified, and
   * decides nothing.
   */
  findUnsupported?(proof: Proof): string | undefined
  /** The context that the document needs for the proof's own terms, where it does not define them already. */
  requiredContext(document: JsonObject): string | undefined
  sign(input: SecureInput, signer: Signer): Promise<Proof>
  /**
   * Whether the proof is good under the key. False is a verdict on the stranger's data; a throw means "could not find out".
   * The proof's purpose, dates and key have been checked before.
   */
  verify(input: ProofInput, key: PublicKey): Promise<ProofVerdict>
}

/** What is disclosed of a document. */
export interface DeriveInput extends ProofInput {
  /** JSON Pointers of what is shown besides what is mandatory. */
  readonly pointers: readonly string[]
}

/**
 * A kind of proof that the holder may cut down: `sign` makes the base proof, which stays with the holder, `derive` makes from it a
 * proof for part of the document, and `verify` takes such derived proofs alone.
 */
export interface DisclosureSuite extends Cryptosuite {
  /** Whether the proof is a base proof. */
  isBase(proof: Proof): boolean
  /** The pointers in a base proof, of what the issuer made mandatory. Throws `CREDENTIAL_MALFORMED` where it cannot be read. */
  mandatoryPointersOf(proof: Proof): Promise<readonly string[]>
  /** Whether the base proof is good under the key. */
  verifyBase(input: ProofInput, key: PublicKey): Promise<ProofVerdict>
  /**
   * The document cut down, with its derived proof.
   *
   * @throws CredentialError `OPTION_INVALID` for a pointer that points at nothing, `CREDENTIAL_MALFORMED` for a base proof that does
   *   not fit the document.
   */
  derive(input: DeriveInput): Promise<{ readonly document: JsonObject; readonly proof: Proof }>
}

/** Whether a suite is one of selective disclosure. */
export function isDisclosureSuite(suite: Cryptosuite): suite is DisclosureSuite {
  return 'derive' in suite
}

/** The name a proof goes by: its cryptosuite, or its type where it is older than Data Integrity. `undefined` where that is no text. */
export function suiteNameOf(proof: { readonly type?: unknown; readonly cryptosuite?: unknown }): string | undefined {
  const name = proof.type === 'DataIntegrityProof' ? proof.cryptosuite : proof.type
  return typeof name === 'string' ? name : undefined
}
