/**
 * Signed entries in the manner of OpenID Federation 1.0 (sections 3 and 10): each statement is a JWT in which one entity names another and
 * its keys, from an anchor that the verifier knows down to the issuer.
 */

import type { TrustRegistry } from '../checks/settings.ts'
import { textOf } from '../encoding/clip.ts'
import { describe, isObject } from '../encoding/json.ts'
import type { Jws } from '../envelopes/jws.ts'
import { readPublicKey } from '../keys/public-key.ts'
import { invalid } from '../options.ts'
import type { TrustEntry, TrustLink } from '../report.ts'
import type { JsonObject, JsonValue, LookupOptions } from '../types.ts'
import { assertName } from './list.ts'

const loadJws = () => import('../envelopes/on-need.ts')

/** Most statements from an anchor to an issuer. */
const MAX_STATEMENTS = 8
/** Most keys of one entity, and most statements about one, that are tried. */
const MAX_TRIED = 20

/** What `federationRegistry` takes. */
export interface FederationRegistryOptions {
  /** Name of the federation, for reports. */
  readonly name: string
  /** Whom the verifier trusts, by their entity identifier, with their keys: a JWK Set each, had by another way than the statements. */
  readonly anchors: { readonly [id: string]: { readonly keys: readonly object[] } }
  /**
   * Hands over the statements about an entity: JWTs by its superiors. `undefined` = there are none, a throw = could not find out. They are
   * verified here, so that it matters to nobody where they come from.
   */
  readonly statementsAbout: (
    entity: string,
    options?: LookupOptions,
  ) => readonly string[] | undefined | Promise<readonly string[] | undefined>
  /** Default: the present, at each question. */
  readonly now?: Date
  /** Seconds by which clocks may differ. Default: 60. */
  readonly clockTolerance?: number
}

/**
 * A registry of the entities that a chain of signed statements connects with an anchor. Whoever is named with keys may name others in
 * turn, but as far as `constraints` with `max_path_length` allows (section 6.2.1): with 0 the named one stands for itself alone. What a statement
 * asks for beyond that (metadata policies, other constraints, trust marks, critical claims) is not understood here: one with `crit` or
 * other constraints is not followed. Where there was more to ask than is asked, it could not be found out.
 *
 * @throws CredentialError `OPTION_INVALID`.
 */
export function federationRegistry(options: FederationRegistryOptions): TrustRegistry {
  const { name, anchors, statementsAbout, now, clockTolerance = 60 } = options ?? {}
  assertName('federationRegistry', name)
  if (!isObject(anchors) || !Object.values(anchors).every((set) => isObject(set) && Array.isArray(set['keys']))) {
    throw invalid(
      'federationRegistry: anchors must be JWK Sets by entity identifier, such as { "https://…": { keys: […] } }',
    )
  }
  if (typeof statementsAbout !== 'function') throw invalid('federationRegistry: statementsAbout must be a function')
  if (now !== undefined && (!(now instanceof Date) || Number.isNaN(now.getTime()))) {
    throw invalid('federationRegistry: now must be a Date')
  }
  const keys = new Map(Object.entries(anchors))
  return async (issuer, lookup) => {
    if (keys.has(issuer)) return { registry: name, chain: [{ by: name, about: issuer }] }
    const time = (now?.getTime() ?? Date.now()) / 1000
    const search: Search = {
      asked: 0,
      isCut: false,
      keys,
      time,
      clockTolerance,
      ask: async (id) => statementsAbout(id, lookup),
    }
    const found = await climb(issuer, [], search)
    if (!found && search.isCut) throw new Error('there are more statements than are looked at')
    if (!found) return undefined
    const { chain, statement } = found
    const metadata = statement['metadata']
    const entry: { registry: string; name?: string; url?: string } = { registry: name }
    for (const part of isObject(metadata) ? Object.values(metadata).filter(isObject) : []) {
      const { organization_name: title, homepage_uri: url } = part
      if (typeof title === 'string') entry.name ??= title
      if (typeof url === 'string') entry.url ??= url
    }
    return { ...entry, chain } satisfies TrustEntry
  }
}

interface Search {
  /** Entities that were asked about. */
  asked: number
  /** Whether something was left out, because there was more than is looked at. */
  isCut: boolean
  readonly keys: ReadonlyMap<string, { readonly keys: readonly object[] }>
  readonly time: number
  readonly clockTolerance: number
  readonly ask: (id: string) => Promise<readonly string[] | undefined>
}

interface Climbed {
  readonly chain: readonly TrustLink[]
  /** The verified statement about the entity itself. */
  readonly statement: JsonObject
}

/** From the entity up to an anchor; statements are believed on the way down. */
async function climb(entity: string, below: readonly string[], search: Search): Promise<Climbed | undefined> {
  if (below.includes(entity)) return undefined
  if (below.length >= MAX_STATEMENTS || search.asked >= MAX_TRIED) {
    search.isCut = true
    return undefined
  }
  search.asked += 1
  const statements = (await search.ask(entity)) ?? []
  if (!Array.isArray(statements)) throw new Error('statementsAbout did not answer with a list')
  search.isCut ||= statements.length > MAX_TRIED
  for (const text of statements.slice(0, MAX_TRIED)) {
    const jws = typeof text === 'string' ? (await loadJws()).openJws(text) : undefined
    if (!jws || 'problem' in jws || !isStatement(jws.header, jws.payload, entity, search)) continue
    if (!reaches(jws.payload['constraints'], below.length)) continue
    const by = jws.payload['iss'] as string
    const above = search.keys.has(by) ? undefined : await climb(by, [...below, entity], search)
    const set = search.keys.get(by)?.keys ?? keysIn(above?.statement)
    if (await isSignedBy(jws, set)) {
      return { statement: jws.payload, chain: [...(above?.chain ?? []), { by, about: entity }] }
    }
  }
  return undefined
}

/** What it says of itself; whether that is so is seen by its signature. */
function isStatement(header: JsonObject, payload: JsonObject, entity: string, search: Search): boolean {
  const { iss, sub, iat, exp, crit } = payload
  const { time, clockTolerance } = search
  return (
    textOf(header['typ']).toLowerCase() === 'entity-statement+jwt' &&
    sub === entity &&
    typeof iss === 'string' &&
    typeof iat === 'number' &&
    iat <= time + clockTolerance &&
    typeof exp === 'number' &&
    exp > time - clockTolerance &&
    crit === undefined
  )
}

/** Whether an entity may be named through this one, with so many others between it and whoever made the statement. */
function reaches(constraints: JsonValue | undefined, between: number): boolean {
  if (constraints === undefined) return true
  if (!isObject(constraints) || Object.keys(constraints).some((name) => name !== 'max_path_length')) return false
  const { max_path_length: most } = constraints
  return most === undefined || (typeof most === 'number' && between <= most)
}

function keysIn(statement: JsonObject | undefined): readonly object[] {
  const set = statement?.['jwks']
  const keys = isObject(set) ? set['keys'] : undefined
  return Array.isArray(keys) ? keys.filter(isObject) : []
}

async function isSignedBy(jws: Jws, keys: readonly object[]): Promise<boolean> {
  for (const jwk of keys.slice(0, MAX_TRIED) as readonly JsonObject[]) {
    if (jws.header['kid'] !== undefined && jwk['kid'] !== jws.header['kid']) continue
    try {
      const key = await readPublicKey({ publicKeyJwk: jwk })
      if (key && (await (await loadJws()).verifyJws(jws, key))) return true
    } catch (cause) {
      throw new Error(`a signature could not be verified: ${describe(cause)}`)
    }
  }
  return false
}
