/**
 * SD-JWT (RFC 9901): a JWT that holds digests in place of some members, and behind it, between tildes, the disclosures of those that are
 * shown. Here it is taken apart and put together again; what it means is not looked at.
 */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { quote } from '../encoding/clip.ts'
import type { Hash } from '../encoding/hash.ts'
import { hashes } from '../encoding/hashes.ts'
import { isObject, readJson } from '../encoding/json.ts'
import { defaultLimits, type Limits } from '../encoding/limits.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { EnvelopeProblem } from './envelope.ts'
import { type Jws, openJws } from './jws.ts'

/** Hash functions by their IANA names, as `_sd_alg` has them. */
const digests: ReadonlyMap<string, Hash> = new Map([
  ['sha-256', hashes.sha256],
  ['sha-384', hashes.sha384],
])

/** An SD-JWT that was read and not yet verified. */
export interface SdJwt {
  readonly jws: Jws
  /** The payload with what was disclosed in its place, and without any digest. Frozen. */
  readonly payload: JsonObject
  /** Where each disclosure stands in the payload, in the order of the text. */
  readonly disclosures: readonly Disclosure[]
  /** Whether members at the root of the payload are withheld, or of the claim `vc`. */
  readonly isPartial: boolean
  /** How many digests have no disclosure: each stands for something withheld, or for nothing. */
  readonly undisclosed: number
  /** Members of the payload, or of the claim `vc`, that have digests inside, shown or withheld. */
  readonly concealing: ReadonlySet<string>
  /** What its digests are made with. */
  readonly digest: Hash
  /** The text of the JWT and its disclosures, with the tilde behind them. */
  readonly text: string
  /** The JWT of a key binding, where there is one. */
  readonly keyBinding: string | undefined
}

/** One disclosure: its text, and the steps to what it discloses. */
export interface Disclosure {
  readonly text: string
  readonly path: readonly (string | number)[]
}

/** Names that are kept for digests, and the one that would set a prototype. */
const reserved = new Set(['_sd', '_sd_alg', '...', '__proto__'])

interface Encoded {
  readonly text: string
  /** `undefined` for an item of a list. */
  readonly name: string | undefined
  readonly value: JsonValue
}

/** Reads the text of an SD-JWT. Never throws. */
export function openSdJwt(given: string, limits: Limits = defaultLimits): SdJwt | EnvelopeProblem {
  const text = withLastTilde(given)
  const end = text.lastIndexOf('~') + 1
  const [first = '', ...rest] = text.slice(0, end - 1).split('~')
  if (rest.length > limits.arrayLength) {
    return refuse(`it has ${rest.length} disclosures; at most ${limits.arrayLength} are read`, 'LIMIT_EXCEEDED')
  }
  const jws = openJws(first, limits)
  if ('problem' in jws) return jws
  const digest = digestOf(jws.payload)
  if ('problem' in digest) return digest
  const encoded = new Map<string, Encoded>()
  for (const each of rest) {
    const read = readDisclosure(each, limits)
    if ('problem' in read) return read
    const hash = toBase64Url(digest.bytes(each))
    if (encoded.has(hash)) return refuse('one disclosure is there twice')
    encoded.set(hash, read)
  }
  const walk: Walk = {
    ...{ encoded, seen: new Set(), concealing: new Set(), found: [], path: [] },
    ...{ limits, values: 0, isPartial: false },
  }
  try {
    const { _sd_alg: _, ...payload } = restoreObject(walk, jws.payload)
    if (walk.found.length < rest.length) return refuse('it has a disclosure for which it holds no digest')
    const keyBinding = text.slice(end)
    return {
      jws,
      payload: Object.freeze(payload),
      disclosures: walk.found,
      isPartial: walk.isPartial,
      undisclosed: walk.seen.size - walk.found.length,
      concealing: walk.concealing,
      digest,
      text: text.slice(0, end),
      keyBinding: keyBinding === '' ? undefined : keyBinding,
    }
  } catch (cause) {
    if (cause instanceof Refused) return refuse(cause.message, cause.code)
    throw cause
  }
}

/** Some wallets leave out the tilde behind the last disclosure. A disclosure has no dots, and a key binding has two. */
function withLastTilde(text: string): string {
  const last = text.slice(text.lastIndexOf('~') + 1)
  return last === '' || last.includes('.') ? text : `${text}~`
}

function digestOf({ _sd_alg: name }: JsonObject): Hash | EnvelopeProblem {
  const digest = name === undefined ? hashes.sha256 : typeof name === 'string' ? digests.get(name) : undefined
  if (digest) return digest
  if (typeof name !== 'string') return refuse(`its claim "_sd_alg" must be the name of a hash, not ${quote(name)}`)
  const known = [...digests.keys()].join(', ')
  const problem = `its digests are of "${name.slice(0, 40)}", which is not among those read here (${known})`
  return { problem, code: 'PROOF_FORMAT_UNKNOWN', isUnknown: true }
}

function readDisclosure(text: string, limits: Limits): Encoded | EnvelopeProblem {
  const bytes = fromBase64Url(text, limits.bytes)
  if (!bytes) return refuse('a disclosure is not base64url without padding')
  const read = readJson(bytes, limits)
  if (!('value' in read)) return refuse(`a disclosure cannot be read: ${read.problem}`, read.code)
  const { value } = read
  if (!Array.isArray(value) || value.length < 2 || value.length > 3 || typeof value[0] !== 'string') {
    return refuse('a disclosure is not a list of salt, name and value, or of salt and value')
  }
  if (value.length === 2) return { text, name: undefined, value: value[1] as JsonValue }
  const name: unknown = value[1]
  if (typeof name !== 'string' || reserved.has(name)) {
    return refuse('a disclosure has no name, or one that no member may have')
  }
  return { text, name, value: value[2] as JsonValue }
}

interface Walk {
  readonly encoded: ReadonlyMap<string, Encoded>
  readonly seen: Set<string>
  readonly concealing: Set<string>
  readonly found: Disclosure[]
  readonly path: (string | number)[]
  readonly limits: Limits
  values: number
  isPartial: boolean
}

class Refused extends Error {
  readonly code: EnvelopeProblem['code']
  constructor(problem: string, code: EnvelopeProblem['code'] = 'PROOF_MALFORMED') {
    super(problem)
    this.code = code
  }
}

function restore(walk: Walk, value: JsonValue): JsonValue {
  walk.values += 1
  if (walk.values > walk.limits.values) {
    throw new Refused(`it has more than ${walk.limits.values} values with its disclosures`, 'LIMIT_EXCEEDED')
  }
  if (walk.path.length > walk.limits.depth) {
    throw new Refused(`it is nested deeper than ${walk.limits.depth} levels`, 'LIMIT_EXCEEDED')
  }
  if (Array.isArray(value)) return Object.freeze(restoreList(walk, value))
  return isObject(value) ? Object.freeze(restoreObject(walk, value)) : value
}

function restoreObject(walk: Walk, object: JsonObject): JsonObject {
  if (object['...'] !== undefined) throw new Refused('it has a member "..." where no item of a list is')
  const result: { [name: string]: JsonValue } = {}
  for (const [name, member] of Object.entries(object)) {
    if (name !== '_sd') result[name] = at(walk, name, () => restore(walk, member as JsonValue))
  }
  const listed = object['_sd']
  if (listed === undefined) return result
  if (!Array.isArray(listed)) throw new Refused('"_sd" is not a list of digests')
  for (const digest of listed as readonly JsonValue[]) {
    const disclosure = take(walk, digest)
    if (!disclosure) {
      walk.isPartial ||= walk.path.length === 0 || (walk.path.length === 1 && walk.path[0] === 'vc')
      continue
    }
    const { name, value } = disclosure
    if (name === undefined) throw new Refused('a disclosure without a name stands where a member is')
    if (Object.hasOwn(result, name)) throw new Refused(`its member "${name}" is there and disclosed as well`)
    result[name] = at(walk, name, () => {
      walk.found.push({ text: disclosure.text, path: [...walk.path] })
      return restore(walk, value)
    })
  }
  return result
}

function restoreList(walk: Walk, list: readonly JsonValue[]): readonly JsonValue[] {
  const result: JsonValue[] = []
  for (const [index, item] of list.entries()) {
    const digest = isObject(item) ? item['...'] : undefined
    if (digest === undefined) {
      result.push(at(walk, index, () => restore(walk, item)))
      continue
    }
    if (Object.keys(item as JsonObject).length !== 1) throw new Refused('an item of a list has more than its digest')
    const disclosure = take(walk, digest)
    if (!disclosure) continue
    if (disclosure.name !== undefined) throw new Refused('a disclosure with a name stands where an item is')
    result.push(
      at(walk, index, () => {
        walk.found.push({ text: disclosure.text, path: [...walk.path] })
        return restore(walk, disclosure.value)
      }),
    )
  }
  return result
}

function at<T>(walk: Walk, step: string | number, run: () => T): T {
  walk.path.push(step)
  const result = run()
  walk.path.pop()
  return result
}

/** The disclosure of a digest, if it is shown. Each digest stands at one place only (RFC 9901 section 7.1). */
function take(walk: Walk, digest: JsonValue): Encoded | undefined {
  if (typeof digest !== 'string') throw new Refused('a digest is not text')
  if (walk.seen.has(digest)) throw new Refused('one digest is there twice')
  walk.seen.add(digest)
  const [root] = walk.path[0] === 'vc' ? walk.path.slice(1) : walk.path
  if (root !== undefined) walk.concealing.add(String(root))
  return walk.encoded.get(digest)
}

function refuse(problem: string, code: EnvelopeProblem['code'] = 'PROOF_MALFORMED'): EnvelopeProblem {
  return { problem, code }
}

/** What a disclosable member or item is replaced by, and its disclosure. */
export interface Concealed {
  readonly payload: JsonObject
  readonly disclosures: readonly string[]
}

/** Puts digests in place of what `isDisclosable` names by its steps. */
export function conceal(
  document: JsonObject,
  isDisclosable: (path: readonly (string | number)[]) => boolean,
): Concealed {
  const disclosures: string[] = []
  const hide = (...content: readonly JsonValue[]): string => {
    const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
    const text = toBase64Url(new TextEncoder().encode(JSON.stringify([salt, ...content])))
    disclosures.push(text)
    return toBase64Url(hashes.sha256.bytes(text))
  }
  const walk = (value: JsonValue, path: readonly (string | number)[]): JsonValue => {
    if (Array.isArray(value)) {
      return value.map((item: JsonValue, index): JsonValue => {
        const step = [...path, index]
        const inner = walk(item, step)
        return isDisclosable(step) ? { '...': hide(inner) } : inner
      })
    }
    return isObject(value) ? walkObject(value, path) : value
  }
  const walkObject = (object: JsonObject, path: readonly (string | number)[]): JsonObject => {
    const shown: { [name: string]: JsonValue } = {}
    const hidden: string[] = []
    for (const [name, member] of Object.entries(object)) {
      const step = [...path, name]
      const inner = walk(member as JsonValue, step)
      if (isDisclosable(step)) hidden.push(hide(name, inner))
      else shown[name] = inner
    }
    // In the order of the digests, which says nothing of the order of the members.
    return hidden.length > 0 ? { ...shown, _sd: hidden.sort() } : shown
  }
  return { payload: walkObject(document, []), disclosures }
}
