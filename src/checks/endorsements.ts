/**
 * Endorsements: that an endorsement inside a credential speaks of that credential, or of something in it (Open Badges 3.0,
 * EndorsementCredential), and of the very version that is there where it gives a digest (VC Data Model 2.0 section 5.3).
 */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { type HashName, readDigestMultibase, readSri } from '../encoding/digest.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type Check, failed, inconclusive, type NestedReport, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/**
 * One check for each endorsement that is good in itself; `nested` are the reports on what the credential contains. Where a part of
 * the credential is shown, what is endorsed may be in the other.
 */
export function checkEndorsements(
  credential: JsonObject,
  nested: readonly NestedReport[],
  isPart: boolean,
): readonly Check[] {
  const endorsements = nested.filter(({ path, report }) => report.verified && /\/endorsement(Jwt)?(\/\d+)?$/.test(path))
  if (endorsements.length === 0) return []
  const things = thingsIn(credential)
  const digestsOf = digester()
  return endorsements.map(({ path, report }) =>
    judge(report.verified ? (report.credential as unknown as JsonObject) : {}, path, things, digestsOf, isPart),
  )
}

function judge(
  endorsement: JsonObject,
  path: string,
  things: ReadonlyMap<string, JsonObject | undefined>,
  digestsOf: DigestsOf,
  isPart: boolean,
): Check {
  const subjects = asArray(endorsement['credentialSubject']).flatMap((subject) => idOf(subject) ?? [])
  const stranger = subjects.find((id) => !things.has(id))
  if (stranger !== undefined && isPart) {
    const message = `The endorsement speaks of ${stranger}, which is not in the part of the credential that is shown.`
    return skipped('endorsement', message, { path })
  }
  if (stranger !== undefined) {
    const message = `The endorsement speaks of ${stranger}, which is neither this credential nor anything in it.`
    return failed('endorsement', 'ENDORSEMENT_MISMATCH', message, { path })
  }
  const [first] = subjects
  if (first === undefined) {
    return skipped('endorsement', 'The endorsement does not say by an id what it speaks of.', { path })
  }
  const digests = asArray(endorsement['relatedResource'])
    .filter(isObject)
    .filter((resource) => subjects.includes(idOf(resource) ?? ''))
  const differing = digests.find((resource) => !fits(resource, things.get(idOf(resource) ?? ''), digestsOf))
  if (differing) {
    const message = `The endorsement gives a digest of ${idOf(differing)} that is not the digest of what is here: another version was endorsed, or the digest is of a file at that address, which is not fetched.`
    return inconclusive('endorsement', 'DIGEST_MISMATCH', message, { path })
  }
  const version = digests.length > 0 ? ', in the version that is here' : ''
  const endorser = idOf(endorsement['issuer']) ?? 'Somebody'
  return passed('endorsement', `${endorser} endorses ${subjects.join(', ')}${version}.`, { path })
}

/**
 * What the credential speaks of, by its id: itself, its issuer, achievements, evidence. Credentials inside it are not its own
 * words. `undefined` for what is named and not described.
 */
function thingsIn(credential: JsonObject): ReadonlyMap<string, JsonObject | undefined> {
  const things = new Map<string, JsonObject | undefined>()
  const visit = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) visit(item)
    if (!isObject(value) || (value !== credential && isCredential(value))) return
    const id = value['id']
    if (typeof id === 'string' && things.get(id) === undefined) things.set(id, value)
    for (const name of ['issuer', 'achievement', 'creator', 'source', 'evidence']) {
      for (const each of asArray(value[name]))
        if (typeof each === 'string' && !things.has(each)) things.set(each, undefined)
    }
    for (const name of Object.keys(value)) if (name !== '@context' && name !== 'proof') visit(value[name])
  }
  visit(credential)
  return things
}

function isCredential(value: JsonObject): boolean {
  return asArray(value['type']).includes('VerifiableCredential')
}

/** An endorsement is put into what it speaks of, and a proof goes over both: neither was there when the digest was made. */
function fits(resource: JsonObject, thing: JsonObject | undefined, digestsOf: DigestsOf): boolean {
  const sri = asArray(resource['digestSRI']).flatMap(readSri)
  const multibase = asArray(resource['digestMultibase']).map(readDigestMultibase)
  const given = [...sri, ...multibase]
  return given.every(
    (digest) => thing !== undefined && digest !== undefined && digestsOf(thing, digest.name).has(digest.hex),
  )
}

const functions = { sha256, sha384, sha512 } as const
type DigestsOf = (thing: JsonObject, name: HashName) => ReadonlySet<string>

/** Each thing is hashed once by each function, however many digests of it are given. */
function digester(): DigestsOf {
  const known = new Map<JsonObject, Map<HashName, ReadonlySet<string>>>()
  return (thing, name) => {
    const table = known.get(thing) ?? new Map<HashName, ReadonlySet<string>>()
    known.set(thing, table)
    const digests = table.get(name) ?? hashForms(thing, name)
    table.set(name, digests)
    return digests
  }
}

function hashForms(thing: JsonObject, name: HashName): ReadonlySet<string> {
  const { endorsement: _, endorsementJwt: __, ...endorsed } = thing
  const { proof: ___, ...unsigned } = endorsed
  return new Set(
    [thing, endorsed, unsigned].map((each) => bytesToHex(functions[name](utf8ToBytes(canonicalJson(each))))),
  )
}
