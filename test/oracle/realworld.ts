/** Signed documents by other implementers. The rule of the set: our verdict is the one that their issuer meant. */

import {
  type CredentialReport,
  createDidResolver,
  type DidDocument,
  didKey,
  type JsonObject,
  type StatusListLoader,
  type VerifySettings,
  verify,
} from 'testamur'
import { asArray, idOf } from '../../src/encoding/json.ts'
import { readOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts } from './contexts.ts'
import { jwtProofs, runJwt } from './jwt.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'

interface Row {
  readonly file: string
  readonly type: readonly string[]
  readonly source: string
  readonly proof: readonly string[]
  readonly didMethod?: readonly string[]
  readonly status?: readonly string[]
  readonly expected: 'valid' | 'invalid'
  readonly why: string
  /** What the list says where it is at hand: `ok`, `revoked`, or that it cannot be used. */
  readonly statusExpected?: string
}

const supported = [
  'eddsa-rdfc-2022',
  'Ed25519Signature2020',
  'ecdsa-rdfc-2019',
  'eddsa-jcs-2022',
  'ecdsa-jcs-2019',
  'ecdsa-sd-2023',
]
const now = new Date('2026-11-22T00:00:00Z')

/** Every file of the manifest. */
export function runRealworld(): Promise<SetResult> {
  const rows = readOracleJson<readonly Row[]>('realworld/manifest.json')
  const resolveDid = createDidResolver({ key: didKey(), web: injected() })
  const options = { now, resolveDid, crossCheck, contexts: otherContexts(), loadStatusList: injectedLists() }
  const cases = rows.map((row) => [`${row.file} (${row.why})`, row] as const)
  return runSet('realworld', cases, async (row) => {
    const text = readOracle(`realworld/${row.file}`)
    if (row.proof.every((name) => jwtProofs.includes(name))) return runJwt(row, text)
    const strict = await verify({ ...options, credential: text })
    const reason = unsupportedReason(row, strict)
    if (reason !== undefined) {
      return strict.verified ? { differs: `valid, although not supported: ${reason}` } : { unsupported: reason }
    }
    if (row.statusExpected !== undefined) return compareStatus(row, text, options, strict)
    if (!isOthersIssuer(JSON.parse(text) as JsonObject)) return compare(row, strict)
    // Signed by someone else than the issuer it names: refused by default, and for that reason alone.
    const relaxed = await verify({ ...options, credential: text, acceptController: () => true })
    if (strict.verified) return { differs: 'valid, although its issuer did not sign it' }
    const open = unsupportedReason(row, relaxed)
    return open === undefined ? compare(row, relaxed) : { unsupported: open }
  })
}

/**
 * Where the manifest follows a reference that reads less than the specification asks, or a file's name that its dates
 * contradict: what the specification says, and the code that must be found.
 */
const readOtherwise = [
  // Data Integrity 1.0 section 4.5: a previousProof that names no proof of the document is an error. The file's own name agrees.
  { source: /previousProof(Array)?MissingFail/, code: 'PROOF_MALFORMED' },
  // VC Data Model 2.0 section 4.9: its validUntil is in 2020, whatever its name says.
  { source: /oidf-noStatus-notExpired-complexIssuer/, code: 'EXPIRED' },
] as const

function compare(row: Row, report: CredentialReport): CaseResult {
  const otherwise = readOtherwise.find(({ source }) => source.test(row.source))
  if (otherwise && report.checks.some((check) => 'code' in check && check.code === otherwise.code)) return undefined
  if (report.verdict === row.expected) return undefined
  const problems = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
  return { differs: `expected ${row.expected}, got ${report.verdict}: ${problems.join(' | ').slice(0, 600)}` }
}

function unsupportedReason(row: Row, report: CredentialReport): string | undefined {
  const format = row.proof.find((name) => !supported.includes(name))
  if (format !== undefined) return `proof ${format}`
  if (row.didMethod?.some((method) => !method.startsWith('did:'))) return 'key that is not named by a DID'
  const codes = report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
  if (codes.includes('KEY_UNAVAILABLE')) return 'DID document not at hand'
  if (codes.includes('CONTEXT_UNKNOWN')) return 'context not at hand'
  const isOpen = report.verdict === 'indeterminate' && row.statusExpected === undefined
  return isOpen && codes.includes('STATUS_UNAVAILABLE') ? 'status list not at hand' : undefined
}

const hosted = { acceptStatusListId: () => true, acceptShortStatusList: () => true }

/**
 * The lists at hand are copies under another name than their own, and short; many are by another issuer. Each departure must be seen
 * until its own option accepts it, and then the list must say what the manifest has.
 */
async function compareStatus(
  row: Row,
  text: string,
  options: VerifySettings,
  strict: CredentialReport,
): Promise<CaseResult> {
  const isOther = await hasOtherIssuer(text, options)
  const named = await verify({ ...options, ...hosted, credential: text })
  const relaxed = await verify({ ...options, ...hosted, acceptStatusIssuer: () => true, credential: text })
  const told = statusOf(relaxed)
  const wanted = row.statusExpected ?? ''
  if (/^status list unusable/.test(wanted)) {
    return told?.outcome === 'inconclusive' && !relaxed.verified
      ? undefined
      : { differs: `${wanted}: ${told?.message}` }
  }
  if (statusOf(strict)?.outcome !== 'inconclusive') return { differs: `its list was not refused: ${told?.message}` }
  if (isOther !== (codeOf(named) === 'STATUS_ISSUER_MISMATCH'))
    return { differs: 'a list by another issuer is not seen' }
  if ((codeOf(relaxed) ?? 'ok').toLowerCase() !== wanted) return { differs: `status ${wanted}: ${told?.message}` }
  return compare(row, relaxed)
}

function statusOf(report: CredentialReport): CredentialReport['checks'][number] | undefined {
  return report.checks.find(({ name }) => name === 'status')
}

function codeOf(report: CredentialReport): string | undefined {
  const check = statusOf(report)
  return check && 'code' in check ? check.code : undefined
}

async function hasOtherIssuer(text: string, { loadStatusList }: VerifySettings): Promise<boolean> {
  const { issuer, credentialStatus } = JSON.parse(text) as JsonObject
  const [entry] = asArray(credentialStatus) as readonly JsonObject[]
  const list = (await loadStatusList?.(String(entry?.['statusListCredential']))) as JsonObject
  return idOf(issuer) !== idOf(list['issuer'])
}

function injectedLists(): StatusListLoader {
  const files = readOracleJson<Record<string, string>>('realworld/documents.json')
  return async (url) => {
    const file = files[url]
    if (file === undefined) throw new Error('it is not at hand')
    return readOracleJson<JsonObject>(`realworld/${file}`)
  }
}

function isOthersIssuer(document: JsonObject): boolean {
  const issuer = document['issuer'] as string | { id: string }
  const id = typeof issuer === 'string' ? issuer : issuer.id
  return asArray(document['proof']).some(
    (proof) => (proof as { verificationMethod: string }).verificationMethod.split('#')[0] !== id,
  )
}

function injected(): (did: string) => Promise<DidDocument | undefined> {
  const files = readOracleJson<Record<string, string>>('realworld/documents.json')
  return async (did) => {
    const file = files[did]
    if (file === undefined) throw new Error('its document is not at hand')
    return readOracleJson<DidDocument>(`realworld/${file}`)
  }
}
