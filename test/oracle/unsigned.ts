/** Unsigned learner records of other projects: each is issued in every format and verified; invalid ones are refused. */

import {
  type Algorithm,
  acceptBaseProof,
  bbs2023,
  type CredentialInput,
  type CredentialReport,
  type Cryptosuite,
  type Envelope,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  type Format,
  generateKey,
  isCredentialError,
  issue,
  type JsonObject,
  type JsonValue,
  type Key,
  type OneOrMany,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
} from 'testamur'
import { asArray, isObject } from '../../src/encoding/json.ts'
import { testKey } from '../helpers/keys.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts, standIn } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck, uncheckedIn } from './second-opinion.ts'

type SigningFormat = OneOrMany<Cryptosuite> | Envelope

const folders = ['dcc', 'impierce', 'learncard', 'vc-playground']

/** One way to secure a record, and the key that it takes. Credentials inside are signed by `inner`. */
interface Way {
  readonly label: string
  readonly algorithm: Algorithm
  readonly format: () => SigningFormat
  readonly inner: Cryptosuite
  /** Whether it carries data model 2.0 alone. */
  readonly is20?: boolean
  /** For base proofs, which `verify` takes from their holder alone. */
  readonly formats?: readonly Format[]
}

const suites: readonly (readonly [make: () => Cryptosuite, ...algorithms: Algorithm[]])[] = [
  [eddsaRdfc2022, 'Ed25519'],
  [ed25519Signature2020, 'Ed25519'],
  [ecdsaRdfc2019, 'P-256', 'P-384'],
  [eddsaJcs2022, 'Ed25519'],
  [ecdsaJcs2019, 'P-256', 'P-384'],
]

const ways: readonly Way[] = [
  ...suites.flatMap(([make, ...algorithms]) =>
    algorithms.map((algorithm) => ({ label: make().name, algorithm, format: make, inner: make() })),
  ),
  {
    label: 'ecdsa-sd-2023',
    algorithm: 'P-256',
    format: ecdsaSd2023,
    inner: ecdsaRdfc2019(),
    formats: [acceptBaseProof(ecdsaSd2023()), ecdsaRdfc2019()],
  },
  {
    label: 'bbs-2023',
    algorithm: 'Bls12381G2',
    format: bbs2023,
    inner: eddsaRdfc2022(),
    formats: [acceptBaseProof(bbs2023()), eddsaRdfc2022()],
  },
  { label: 'VC-JWT', algorithm: 'RSA', format: vcJwt, inner: eddsaRdfc2022() },
  { label: 'vc+jwt', algorithm: 'P-256', format: vcJose, inner: ecdsaRdfc2019(), is20: true },
  { label: 'vc+sd-jwt', algorithm: 'P-384', format: vcSdJwt, inner: ecdsaRdfc2019(), is20: true },
]

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

/** Every valid record of every project in every format, and the others refused. */
export async function runUnsigned(): Promise<readonly SetResult[]> {
  const bad = allRecords().filter(([label]) => label.includes('invalid_'))
  const results = [await runSet('unsigned, invalid', bad, refuse)]
  for (const way of ways) {
    const key = await generateKey({ algorithm: way.algorithm })
    const inner = way.inner.algorithms.includes(way.algorithm) ? key : await testKey(7)
    const fit = unsignedRecords().filter(([, record]) => way.is20 !== true || is20(record))
    const name = `unsigned, ${way.label} (${way.algorithm})`
    results.push(await runSet(name, fit, (record) => issueAndVerify(record, way, key, inner)))
  }
  return results
}

function is20(record: JsonObject): boolean {
  return asArray(record['@context'])[0] === 'https://www.w3.org/ns/credentials/v2'
}

/** A record's credentials inside are issued first, as the record is only as good as they are. */
async function issueAndVerify(record: JsonObject, way: Way, key: Key, inner: Key): Promise<CaseResult> {
  const contexts = otherContexts()
  const now = latestStart(record)
  const sign = (credential: JsonObject, by: Key, format: SigningFormat) =>
    // Some depart from the published schema in small things.
    issue({
      credential: credential as unknown as CredentialInput,
      key: by,
      format,
      contexts,
      loadDocument: standIn,
      now,
      conformance: 'noted',
    })
  const made = await issueInner(repaired(record), inner, (each) => sign(each, inner, way.inner) as Promise<object>)
    .then((prepared) => ({ ...prepared, issuer: issuerOf(prepared, key) }))
    .then((prepared) => sign(prepared, key, withhold(way, prepared)))
    .catch((error: unknown) => error)
  if (isCredentialError(made)) return { differs: made.message }
  // A record that names a schema and does not follow it is refused for that, and for nothing else.
  const isNamed = record['credentialSchema'] !== undefined
  const options = {
    now,
    contexts,
    loadDocument: standIn,
    ...(way.formats && { formats: way.formats }),
    ...(isNamed && { skip: ['schema'] as const }),
  }
  const bare = typeof made === 'string' && made.includes('~') ? [`${made.split('~')[0]}~`] : []
  for (const credential of [made, ...bare]) {
    const problem = problemOf(await verify({ ...options, crossCheck, credential }))
    if (problem !== undefined) return { differs: problem }
  }
  return undefined
}

function problemOf(report: CredentialReport): string | undefined {
  const problems = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
  return report.verified ? uncheckedIn(report) : problems.join(' | ').slice(0, 500)
}

/** The issuer is the key that signs the whole. */
function issuerOf({ issuer }: JsonObject, { controller }: Key): JsonValue {
  return isObject(issuer) ? { ...issuer, id: controller } : controller
}

/** Of an SD-JWT the achievement may be withheld. */
function withhold({ format, label }: Way, { credentialSubject: subject }: JsonObject): SigningFormat {
  const hasOne = label === 'vc+sd-jwt' && isObject(subject) && subject['achievement'] !== undefined
  return hasOne ? vcSdJwt({ disclosable: ['/credentialSubject/achievement'] }) : format()
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

/** Some name their start without a time zone, or an image by no address, which is refused by name; without that they must do. */
export function repaired(record: JsonObject): JsonObject {
  const text = JSON.stringify(record)
    .replaceAll(/("validFrom":"[^"Z+]{19,26})"/g, '$1Z"')
    .replaceAll('"image":"",', '')
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
