/** Reads the body of a request: JSON of a known type, within limits, strictly, with known members alone. */

import { join } from '../encoding/bytes.ts'
import { isObject, locate, readJson } from '../encoding/json.ts'
import { defaultLimits } from '../encoding/limits.ts'
import { problemType } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { badRequest, HttpProblem, titleOf } from './problem.ts'

/** The JSON object that a request holds. */
export async function readBody(request: Request, maxBytes: number): Promise<JsonObject> {
  assertMediaType(request.headers)
  const bytes = await readBytes(request, maxBytes)
  const read = readJson(bytes, { ...defaultLimits, bytes: maxBytes })
  if (!('value' in read)) {
    const type = problemType(read.code) ?? 'about:blank'
    const members = { type, title: titleOf(type, read.code), code: read.code, path: read.path }
    throw badRequest(`The body cannot be read: ${locate(read.path, read.problem)}.`, members)
  }
  if (!isObject(read.value)) throw badRequest('The body must be a JSON object.')
  return read.value
}

function assertMediaType(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  const isJson = /^application\/(json|[\w.-]+(\+[\w.-]+)*\+json)$/.test(type.trim())
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (isJson && isUtf8 && encoding.toLowerCase() === 'identity') return
  const message = 'Send JSON in UTF-8, as application/json, without a content encoding.'
  throw new HttpProblem(415, message, {}, { 'accept-post': 'application/json' })
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  if (!reader) throw badRequest('The request has no body.')
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > maxBytes) {
      await reader.cancel().catch(() => {})
      throw tooLarge(maxBytes)
    }
    chunks.push(value)
  }
  return join(chunks)
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, `The body may have ${maxBytes} bytes.`, { code: 'LIMIT_EXCEEDED' })
}

/** Refuses members that nobody would look at. */
export function assertMembers(object: JsonObject, where: string, known: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw badRequest(`${where} has a member "${unknown}" that is not known here; it may have ${known.join(', ')}.`)
}

/** `options` of a request: an object of known members, or nothing. */
export function readOptions(body: JsonObject, known: readonly string[]): JsonObject {
  const { options = {} } = body
  if (!isObject(options)) throw badRequest('"options" must be an object.')
  assertMembers(options, '"options"', known)
  return options
}

/** A member that must be an object. */
export function requireObject(body: JsonObject, name: string): JsonObject {
  const value = body[name]
  if (isObject(value)) return value
  throw badRequest(`The body must have "${name}", an object.`)
}

/** A member that is text, or absent. */
export function readText(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (value === undefined || (typeof value === 'string' && value !== '')) return value
  throw badRequest(`"options.${name}" must be text.`)
}

/** A member that is a list of text, or absent. */
export function readTexts(object: JsonObject, name: string, right: string): readonly string[] | undefined {
  const value: JsonValue | undefined = object[name]
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value as readonly string[]
  throw badRequest(`"options.${name}" must be a list of ${right}.`)
}
