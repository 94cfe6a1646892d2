/** Unsigned learner records of other projects: each is issued with both proofs and verified; invalid ones are refused. */

import {
  type CredentialInput,
  ed25519Signature2020,
  eddsaRdfc2022,
  isCredentialError,
  issue,
  type JsonObject,
  type JsonValue,
  type Key,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
} from 'testamur'
import { asArray, isObject } from '../../src/encoding/json.ts'
import { testKey } from '../helpers/keys.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'

const folders = ['dcc', 'impierce', 'learncard', 'vc-playground']

/** Every record of every project. */
export function runUnsigned(): Promise<SetResult> {
  return runSet('unsigned', allRecords(), (record, label) =>
    label.includes('invalid_') ? refuse(record, label) : issueAndVerify(record),
  )
}

/** Those that can be issued. */
export function unsignedRecords(): readonly (readonly [label: string, record: JsonObject])[] {
  return allRecords().filter(([label]) => !label.includes('invalid_'))
}

function allRecords(): readonly (readonly [label: string, record: JsonObject])[] {
  return folders.flatMap((folder) =>
    listOracle(`realworld/unsigned/${folder}`)
      .filter((file) => file.endsWith('.json') && file !== 'index.json')
      .map(
        (file) => [`${folder}/${file}`, readOracleJson<JsonObject>(`realworld/unsigned/${folder}/${file}`)] as const,
      ),
  )
}

/** A record's credentials inside are issued first, as the record is only as good as they are. */
async function issueAndVerify(record: object): Promise<CaseResult> {
  const key = await testKey(7)
  const contexts = otherContexts()
  const now = latestStart(record as JsonObject)
  const format = [eddsaRdfc2022(), ed25519Signature2020()]
  const sign = (credential: JsonObject) =>
    // Some depart from the published schema in small things.
    issue({ credential: credential as unknown as CredentialInput, key, format, contexts, now, conformance: 'noted' })
  const prepared = await issueInner(withZones(record as JsonObject), key, sign)
  const issued = await sign(prepared).catch((error: unknown) => error)
  if (isCredentialError(issued)) {
    return issued.code === 'CONTEXT_UNKNOWN'
      ? { unsupported: `context not at hand: ${issued.findings.map(({ message }) => message).join(' ')}` }
      : { differs: issued.message }
  }
  // A record that names a schema and does not follow it is refused for that, and for nothing else.
  const isNamed = (record as JsonObject)['credentialSchema'] !== undefined
  const report = await verify({ credential: issued, now, contexts, ...(isNamed && { skip: ['schema'] }) })
  const problems = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
  const proofs = report.checks.filter(({ name, outcome }) => name === 'proof' && outcome === 'passed')
  if (!report.verified || proofs.length !== 2) return { differs: problems.join(' | ').slice(0, 500) }
  return wrapAndVerify(prepared, key, now)
}

/** The same record as JWT, as `vc+jwt`, and as SD-JWT with and without what its holder may withhold. */
async function wrapAndVerify(credential: JsonObject, key: Key, now: Date): Promise<CaseResult> {
  const is20 = asArray(credential['@context'])[0] === 'https://www.w3.org/ns/credentials/v2'
  const subject = credential['credentialSubject']
  const disclosable =
    isObject(subject) && subject['achievement'] !== undefined ? ['/credentialSubject/achievement'] : []
  const settings = {
    contexts: otherContexts(),
    now,
    ...(credential['credentialSchema'] !== undefined && { skip: ['schema'] as const }),
  }
  for (const format of is20 ? [vcJwt(), vcJose(), vcSdJwt({ disclosable })] : [vcJwt()]) {
    const input = { credential: credential as unknown as CredentialInput, key, format, contexts: otherContexts(), now }
    const text = await issue({ ...input, conformance: 'noted' })
    const bare = text.includes('~') ? [`${text.split('~')[0]}~`] : []
    for (const each of [text, ...bare]) {
      const report = await verify({ ...settings, credential: each })
      const codes = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
      if (!report.verified) return { differs: `${format.name}: ${codes.join(' | ').slice(0, 400)}` }
    }
  }
  return undefined
}

type Sign = (credential: JsonObject) => Promise<object>

/** The record with every credential inside issued, ready to be issued itself. */
export async function issueInner(record: JsonObject, key: Key, sign: Sign): Promise<JsonObject> {
  // Their status lists are nowhere, and their issuers' keys are not ours.
  const { proof: _, credentialStatus: __, ...rest } = record
  const issuer = isObject(rest['issuer']) ? { ...rest['issuer'], id: key.controller } : key.controller
  const replace = async (inner: JsonObject) => {
    // Some lean on the outer record's contexts, which they lose when they stand alone.
    const contexts = [...new Set([...asArray(inner['@context']), ...asArray(record['@context'])])]
    return (await sign(await issueInner({ ...inner, '@context': contexts }, key, sign))) as JsonObject
  }
  return { ...((await mapInner({ ...rest, issuer }, replace)) as JsonObject) }
}

/** Every credential inside, replaced. */
async function mapInner(value: JsonValue, replace: (inner: JsonObject) => Promise<JsonObject>): Promise<JsonValue> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => mapInner(item, replace)))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(async ([name, member]) => {
    if (member === undefined || name === '@context') return [name, member] as const
    const isCredential = isObject(member) && asArray(member['type']).includes('VerifiableCredential')
    if (isCredential) return [name, await replace(member)] as const
    if (!Array.isArray(member)) return [name, await mapInner(member, replace)] as const
    const items = member.map((item: JsonValue) =>
      isObject(item) && asArray(item['type']).includes('VerifiableCredential')
        ? replace(item)
        : mapInner(item, replace),
    )
    return [name, await Promise.all(items)] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as JsonObject
}

/** Some name their start without a time zone, which is refused by name; with one they must do. */
export function withZones(record: JsonObject): JsonObject {
  const text = JSON.stringify(record).replaceAll(/("validFrom":"[^"Z+]{19,26})"/g, '$1Z"')
  return JSON.parse(text) as JsonObject
}

/** The last of all starts of validity in it. */
export function latestStart(record: JsonObject): Date {
  const starts = [...JSON.stringify(record).matchAll(/"(?:validFrom|issuanceDate)":"([^"]+)"/g)]
  return new Date(Math.max(...starts.map(([, date]) => Date.parse(date ?? '')), Date.UTC(2020, 0)))
}

/** What is wrong with each, by its own name. `issue` fills in an issuer, so that the record is verified as it stands. */
const faults = [
  ['empty-type', '/type'],
  ['missing-context', '/@context'],
  ['missing-issuer', '/issuer'],
] as const

async function refuse(record: object, label: string): Promise<CaseResult> {
  const fault = faults.find(([name]) => label.includes(name))?.[1]
  const report = await verify({ credential: record })
  const found = report.checks.some(({ outcome, path }) => outcome === 'failed' && path === fault)
  return found ? undefined : { differs: `${fault} is not named: ${JSON.stringify(report.checks)}` }
}
