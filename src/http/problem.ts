/** Answers: JSON, and problem details (RFC 9457) made from our codes with the problem types of W3C specifications. */

import { type ErrorCode, isCredentialError } from '../errors.ts'
import { type Check, type ProblemCode, problemType } from '../report.ts'
import type { Finding, JsonObject } from '../types.ts'

/** One problem, as a member of `errors` or `warnings`, or as a whole answer. */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly code?: string
  /** Which check it is from. */
  readonly check?: string
  /** JSON Pointer. */
  readonly path?: string
}

/** Thrown inside this room: the answer to a request that is not done. */
export class HttpProblem extends Error {
  readonly status: number
  readonly members: object
  readonly headers: Record<string, string>

  constructor(status: number, detail: string, members: object = {}, headers: Record<string, string> = {}) {
    super(detail)
    this.status = status
    this.members = members
    this.headers = headers
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** What is said of anything but public lists: it is for who asked, and for now. */
const own = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** An answer of JSON. */
export function json(status: number, body: object, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...own, 'content-type': type } })
}

/** A problem as an answer. */
export function problemResponse({ status, message, members, headers }: HttpProblem): Response {
  const body = { type: 'about:blank', title: titles[status], status, detail: message, ...members }
  const all = { ...own, 'content-type': 'application/problem+json', ...headers }
  return new Response(JSON.stringify(body), { status, headers: all })
}

const malformed = 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR'
const generation = 'https://w3id.org/security#PROOF_GENERATION_ERROR'

/** What is answered for each code that the package throws: 500 where the fault is on this side, in what the operator gave. */
const answers: Readonly<Record<ErrorCode, { readonly status: number; readonly type?: string }>> = {
  OPTION_INVALID: { status: 500 },
  CREDENTIAL_MALFORMED: { status: 400, type: malformed },
  CREDENTIAL_SECURED: { status: 400, type: malformed },
  CREDENTIAL_UNVERIFIED: { status: 500 },
  CONTEXT_UNKNOWN: { status: 422, type: generation },
  KEY_MALFORMED: { status: 500 },
  KEY_UNSUPPORTED: { status: 500 },
  POOL_ENDED: { status: 500 },
  PROOF_MISSING: { status: 400, type: generation },
  PROOF_UNSUPPORTED: { status: 422, type: generation },
  SIGNATURE_WRONG: { status: 500 },
  STATUS_UNKNOWN: { status: 404 },
  STATUS_LIST_FULL: { status: 503 },
  STORE_CONFLICT: { status: 503 },
  STORE_CORRUPT: { status: 500 },
  STORE_UNAVAILABLE: { status: 503 },
}

/** What was thrown, as the client is to see it: nothing of what is wrong on this side. */
export function problemOf(cause: unknown): HttpProblem {
  if (cause instanceof HttpProblem) return cause
  const code = isCredentialError(cause) ? cause.code : undefined
  const { status, type } = (code && answers[code]) ?? { status: 500, type: undefined }
  if (status === 503) return new HttpProblem(503, 'It cannot be done now; try again.', {}, { 'retry-after': '30' })
  if (status === 500 || !isCredentialError(cause)) {
    return new HttpProblem(500, 'It could not be done, for a reason on this side.')
  }
  const errors = cause.findings.map((finding) => findingDetails(finding, type))
  const detail = errors.length > 0 ? 'The document is not well-formed; errors says where and why.' : cause.message
  return new HttpProblem(status, detail, { ...(type && { type }), code, ...(errors.length > 0 && { errors }) })
}

/** Does what depends on an option of the client's: what is wrong with an option is then the client's to see. */
export async function withTheirOptions<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isCredentialError(cause) || cause.code !== 'OPTION_INVALID') throw cause
    throw new HttpProblem(400, cause.message, { type: generation, code: cause.code })
  }
}

function findingDetails({ path, message }: Finding, type = 'about:blank'): ProblemDetails {
  return { type, title: titleOf(type, 'CREDENTIAL_MALFORMED'), detail: message, path }
}

/** A check that did not pass, as problem details. */
export function checkDetails(check: Check): ProblemDetails | undefined {
  if (!('code' in check)) return undefined
  const { code, message, path, name } = check
  const type = problemType(code as ProblemCode) ?? 'about:blank'
  return { type, title: titleOf(type, code), detail: message, code, check: name, ...(path !== undefined && { path }) }
}

/** A type in words: what stands behind its `#`, or else the code. */
export function titleOf(type: string, code: string): string {
  const words = (type.split('#')[1] ?? code).replaceAll('_', ' ').toLowerCase()
  return `${words[0]?.toUpperCase()}${words.slice(1)}`
}

/** A 400 about a member of the request. */
export function badRequest(detail: string, members: JsonObject = {}): HttpProblem {
  return new HttpProblem(400, detail, members)
}
