/**
 * A report as the VC API answers: 200 with `verified: true`, or 400. The only place where our verdict and theirs meet: a request may name
 * the checks that decide, and the rest is told all the same.
 */

import { asArray, isObject } from '../encoding/json.ts'
import { isEndorsementPath } from '../records/report-tree.ts'
import { type Check, type CredentialReport, failed, isProblem, isWarning, type PresentationReport } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { readText, readTexts } from './body.ts'
import type { HttpCheck } from './options.ts'
import { badRequest, checkDetails, json, type ProblemDetails } from './problem.ts'

/** Options of a verification. */
export const verifyOptionNames: readonly string[] = [
  'checks',
  'challenge',
  'domain',
  'expectedProofPurpose',
  'endorsements',
]

/** What the request expects. */
export interface HttpExpectation {
  /** `undefined`: all checks decide. */
  readonly deciding: readonly string[] | undefined
  readonly challenge: string | undefined
  readonly domain: string | undefined
  readonly purpose: string | undefined
  /** What came beside the document, for `verify`. */
  readonly beside: { readonly endorsements?: readonly (JsonObject | string)[] }
}

/** Names that the VC API has for our checks, and our own. */
const checkNames: ReadonlyMap<string, string> = new Map([
  ...(['proof', 'issuer', 'holder', 'validity', 'status', 'schema', 'trust', 'contents'] as const).map(
    (name: HttpCheck) => [name, name] as const,
  ),
  ['credentialStatus', 'status'],
  ['credentialSchema', 'schema'],
])

/** Without these nothing is known of a document; what the operator trusts is not for a request to leave out. */
const always: readonly string[] = ['structure', 'proof', 'challenge', 'domain', 'trust']

/** Who signed it decides too, and what is inside, unless the request is for the proof and nothing else. */
const besidesProof: readonly string[] = ['issuer', 'contents']

/** Reads the options of a verification. */
export function readExpectation(options: JsonObject, standard: readonly HttpCheck[] | undefined): HttpExpectation {
  const named = readTexts(options, 'checks', `check names: ${[...checkNames.keys()].join(', ')}`)
  // A request may ask for more than the operator does, not for less.
  const chosen = named && named.length > 0 ? [...named, ...(standard ?? [])] : standard
  const unknown = chosen?.find((name) => !checkNames.has(name))
  if (unknown !== undefined) {
    throw badRequest(`"options.checks" has "${unknown}"; there are ${[...checkNames.keys()].join(', ')}.`)
  }
  return {
    deciding: chosen && [
      ...always,
      ...(chosen.every((name) => name === 'proof') ? [] : besidesProof),
      ...chosen.map((name) => checkNames.get(name) as string),
    ],
    challenge: readText(options, 'challenge'),
    domain: readText(options, 'domain'),
    purpose: readText(options, 'expectedProofPurpose'),
    beside: readBeside(options),
  }
}

function readBeside({ endorsements }: JsonObject): HttpExpectation['beside'] {
  if (endorsements === undefined) return {}
  const isDocument = (each: JsonValue) => isObject(each) || typeof each === 'string'
  if (Array.isArray(endorsements) && endorsements.every(isDocument)) return { endorsements }
  throw badRequest('"options.endorsements" must be a list of endorsements, each an object or a JWT.')
}

/** The answer to a verification. */
export function verificationResponse(
  report: CredentialReport | PresentationReport,
  expected: HttpExpectation,
  extra: readonly Check[] = [],
): Response {
  const { errors, warnings } = judge(report, expected.deciding)
  const all = [...extra.flatMap(toDetails), ...errors]
  const verified = all.length === 0
  const details = {
    verdict: report.verdict,
    warnings,
    checks: [...report.checks, ...extra],
    ...(report.nested.length > 0 && {
      nested: report.nested.map((each) => ({ path: each.path, ...told(each.report) })),
    }),
    ...('credentials' in report && { credentials: report.credentials.map(told) }),
    ...(report.endorsements && { endorsements: report.endorsements.map(told) }),
  }
  if (verified) return json(200, { verified, errors: [], ...details })
  const [first] = all as [ProblemDetails]
  const problem = { type: first.type, title: first.title, status: 400, detail: first.detail, code: first.code }
  return json(400, { ...problem, verified, errors: all, ...details }, 'application/problem+json')
}

function told({ verdict, checks }: CredentialReport): object {
  return { verdict, checks }
}

interface Judgement {
  readonly errors: readonly ProblemDetails[]
  readonly warnings: readonly ProblemDetails[]
}

/** Which problems decide. A presentation is what its credentials are. */
function judge(report: CredentialReport | PresentationReport, deciding: readonly string[] | undefined): Judgement {
  const problems = report.checks.filter(isProblem)
  const isPresentation = report.kind === 'presentation'
  const decides = ({ name }: Check) =>
    // Whoever presents signs as the holder: that is what the proof of a presentation says.
    deciding === undefined || deciding.includes(name) || name.startsWith('x-') || (isPresentation && name === 'holder')
  const inside = isPresentation ? report.credentials : recordsIn(report)
  const inner = isPresentation || deciding !== undefined ? inside.map((each) => judge(each, deciding)) : []
  const errors = problems.filter(decides)
  // A proof that was not got to has not passed, whatever it was that stood in the way.
  const hasProof = report.checks.some(({ name, outcome }) => name === 'proof' && outcome === 'passed')
  const isOpen = errors.length === 0 && (deciding === undefined ? !report.verified : !hasProof)
  const decisive = isOpen ? [...problems, notVerified] : errors
  return {
    errors: [...decisive.flatMap(toDetails), ...inner.flatMap((each) => each.errors)],
    warnings: [
      ...report.checks.filter(isWarning).flatMap(toDetails),
      ...problems.filter((check) => !decisive.includes(check)).flatMap(toDetails),
      ...inner.flatMap((each) => each.warnings),
    ],
  }
}

/** Endorsements decide nothing; that one is broken is told where it stands. */
function recordsIn({ nested }: CredentialReport): readonly CredentialReport[] {
  return nested.filter(({ path }) => !isEndorsementPath(path)).map(({ report }) => report)
}

const notVerified: Check = failed('proof', 'PROOF_UNAVAILABLE', 'The proof was not verified.')

function toDetails(check: Check): readonly ProblemDetails[] {
  const details = checkDetails(check)
  return details ? [details] : []
}

/** What a request expects of the proofs of a credential, which `verify` itself has no expectations of. */
export function checkExpected(credential: unknown, { challenge, domain, purpose }: HttpExpectation): readonly Check[] {
  const checks: Check[] = []
  if (purpose !== undefined && purpose !== 'assertionMethod') {
    const message = `The proof of a credential is for the purpose "assertionMethod", not for "${purpose}".`
    checks.push(failed('proof', 'PROOF_PURPOSE_MISMATCH', message))
  }
  const proofs = asArray(isObject(credential) ? credential['proof'] : undefined).filter(isObject)
  const all = (name: string, value: string) =>
    proofs.length > 0 && proofs.every((proof) => asArray(proof[name] as JsonValue | undefined).includes(value))
  if (challenge !== undefined && !all('challenge', challenge)) {
    checks.push(failed('challenge', 'CHALLENGE_MISMATCH', 'The proof answers another challenge, or none.'))
  }
  if (domain !== undefined && !all('domain', domain)) {
    checks.push(failed('domain', 'DOMAIN_MISMATCH', 'The proof was made for another domain, or for none.'))
  }
  return checks
}
