/** What a status method is: the way one type of `credentialStatus` is read (VC Data Model 2.0 section 4.10). */

import type { ProblemCode, StatusSource } from '../report.ts'
import type { Finding, JsonObject, LookupOptions } from '../types.ts'

/** A list with what its transport knows of it. Times are milliseconds since 1970. */
export interface LoadedStatusList {
  /** The list as it was received: an object, JSON text or UTF-8 bytes. */
  readonly document: unknown
  /** When it was received. Default: the `now` of the call that asked for it. */
  readonly fetchedAt?: number
  /** Until when it need not be asked for again (RFC 9111). Default: what the list itself says, or five minutes. */
  readonly freshUntil?: number
}

/**
 * Finds a status list by its URL: the list itself, or a `LoadedStatusList`.
 *
 * `undefined` means "there is none", a throw means "could not find out"; the status is unknown in both cases, and the
 * credential undecided. It is asked only for URLs in credentials that their issuer signed. Its author is trusted for the document being
 * what is served at that URL; a list that is a credential is verified besides.
 */
export type StatusListLoader = (url: string, options?: LookupOptions) => Promise<unknown>

/** Says whether a list of this issuer may decide on the credentials of that one: a known delegation. */
export type AcceptStatusIssuer = (list: {
  /** The credential's issuer. */
  readonly issuer: string
  /** Whoever issued the list; empty where it names nobody. */
  readonly listIssuer: string
  readonly url: string
}) => boolean

/** Says whether a list that calls itself otherwise may be the one of this URL. */
export type AcceptStatusListId = (list: {
  readonly url: string
  /** `undefined` where the list has no id. */
  readonly id: string | undefined
  readonly listIssuer: string
}) => boolean

/** Says whether a list with fewer entries than the specification's 131,072 may be read. */
export type AcceptShortStatusList = (list: {
  readonly url: string
  readonly entries: number
  readonly listIssuer: string
}) => boolean

/** A list that may be believed. */
export interface StatusList {
  /** Frozen; the same object as long as it is the same list. */
  readonly document: JsonObject
  readonly issuer: string
  readonly source: StatusSource
  readonly notes: readonly string[]
}

/** Why a status is not known. */
export interface StatusUnknown {
  readonly code: ProblemCode
  readonly message: string
  readonly source?: StatusSource
  /** Which limit was met, where the code is `LIMIT_EXCEEDED`. */
  readonly detail?: JsonObject
}

/** What a list says. */
export interface StatusFound {
  /** 0: not set. */
  readonly value: number
  /** What the value is about, where that is not for the entry to say: each shows as a check of its own. */
  readonly purposes?: readonly string[]
  /** What the issuer says that the value means. */
  readonly meaning?: string
  readonly list: StatusList
  readonly notes: readonly string[]
}

/** What a method is given besides the entry. */
export interface StatusContext {
  readonly credential: JsonObject
  /** The list of this URL, verified as a credential of the credential's own issuer. */
  loadList(url: string): Promise<StatusList | StatusUnknown>
  /** A list that carries no proof: only from the URL itself or from the caller's hand, never from who presents. */
  loadUnsignedList(url: string): Promise<StatusList | StatusUnknown>
  /** Whether a list with so few entries may be read. */
  acceptsShort(list: StatusList, entries: number): boolean
}

/** Reads the status entries of one type. */
export interface StatusMethod {
  /** The `type` of the entries that it reads; for the status of a token, the member of its claim `status`. */
  readonly type: string
  /** Everything wrong with an entry that is to be signed, with places within the entry. */
  findProblems(entry: JsonObject): readonly Finding[] | Promise<readonly Finding[]>
  /** What the entry is about, such as `revocation`; `undefined` where it does not say. */
  purposeOf(entry: JsonObject): string | undefined | Promise<string | undefined>
  /** Finds out. Never throws for what a stranger wrote. */
  check(entry: JsonObject, context: StatusContext): Promise<StatusFound | StatusUnknown>
}

/** Methods by the type that each reads. */
export function byStatusType(methods: readonly StatusMethod[]): ReadonlyMap<string, StatusMethod> {
  return new Map(methods.map((method) => [method.type, method]))
}
