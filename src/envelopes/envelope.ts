/** What a securing format is, for envelopes: a value that wraps a whole document into signed text, and opens it. */

import type { Limits } from '../encoding/limits.ts'
import type { Algorithm, PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import type { ProblemCode } from '../report.ts'
import type { JsonObject, OneOrMany } from '../types.ts'

/** What is wrapped. */
export interface WrapInput {
  readonly document: JsonObject
  readonly purpose: 'assertionMethod' | 'authentication'
  readonly created: Date
  readonly challenge?: string
  readonly domain?: OneOrMany<string>
}

/** What an envelope held: read, and not yet to be believed. */
export interface Opened {
  readonly kind: 'credential' | 'presentation'
  /** The credential or presentation, frozen, without what belongs to the envelope alone. */
  readonly document: JsonObject
  /** Its name for people, such as `vc+jwt, ES256`. */
  readonly name: string
  /** The media type that it has in a `data:` URL, such as `application/vc+jwt`. */
  readonly mediaType: string
  /** Which key is said to have signed. */
  readonly key: KeyHint
  /** The algorithm that the header names: the key must be of the same. */
  readonly algorithm: Algorithm
  readonly challenge?: string
  readonly domain?: OneOrMany<string>
  /** When the envelope itself is good, in milliseconds since 1970; besides the document's own dates. */
  readonly notBefore?: number
  readonly expires?: number
  /** When the envelope says that it was made, in milliseconds since 1970. */
  readonly issuedAt?: number
  /** What the envelope says of its status, besides the document's own: a mechanism by its name in the claim `status`. */
  readonly status?: JsonObject
  /** What should be known of it even when it is good. */
  readonly notes: readonly string[]
  /** Whether its holder may have withheld something. */
  readonly isPart?: boolean
  /** Whether, all the same, no member of the document itself is withheld, such as its status, but only what is inside of them. */
  readonly hasAllMembers?: boolean
  /** Whether the signature is that of the key. A throw means "could not find out". */
  verify(key: PublicKey): Promise<boolean>
}

/** Names for the key that signed, all of them a stranger's word. */
export interface KeyHint {
  /** Who is said to have signed, besides the document's issuer or holder. */
  readonly iss?: string
  readonly kid?: string
  /** A public key in the header. It is never believed, only compared. */
  readonly jwk?: JsonObject
}

/** Why an envelope is refused. `isUnknown`: it may be good, but what it uses is not verified here. */
export interface EnvelopeProblem {
  /** The rest of a sentence that begins with the envelope. */
  readonly problem: string
  readonly code: ProblemCode
  readonly isUnknown?: boolean
}

/** What came of opening a text. */
export type OpenResult = Opened | EnvelopeProblem | undefined

/** A kind of envelope. Pass the value and it is used; leave it out and a bundler drops it. */
export interface Envelope {
  readonly kind: 'envelope'
  readonly name: string
  /** Algorithms of the keys it takes. */
  readonly algorithms: readonly Algorithm[]
  /** Signs the document. @throws CredentialError `OPTION_INVALID` for a document that it cannot carry. */
  wrap(input: WrapInput, signer: Signer): Promise<string>
  /** Reads text without judging its signature; `undefined` when it is of another kind. Never throws. */
  open(text: string, limits?: Limits): OpenResult | Promise<OpenResult>
}
