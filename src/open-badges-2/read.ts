/** What was handed over as an assertion: a document, signed text, a URL, or a picture with one of them in it. Nothing is believed yet. */

import { isObject, locate, notAnObject, readJson } from '../encoding/json.ts'
import { defaultLimits } from '../encoding/limits.ts'
import { type Jws, openJws } from '../envelopes/jws.ts'
import { unbakeAssertion } from '../images/bake.ts'
import { isPicture } from '../images/picture.ts'
import { type Check, failed, inconclusive } from '../report.ts'
import type { JsonObject } from '../types.ts'
import { looksLikeAssertion } from './assertion.ts'

/** One of the forms of an assertion, or why it cannot be read. */
export type Given =
  | { readonly document: JsonObject; readonly jws?: Jws }
  | { readonly url: string }
  | { readonly problem: Check }

/** Reads what a stranger sent. Never throws. */
export function readGiven(input: unknown): Given {
  if (!isPicture(input)) return readText(input)
  const unbaked = unbakeAssertion(input)
  if ('assertion' in unbaked) return readText(unbaked.assertion)
  return refused(failed('structure', unbaked.code, `The picture cannot be read: ${unbaked.problem}.`))
}

function readText(input: unknown): Given {
  const text = textOf(input)?.trim()
  if (text !== undefined && /^https?:\/\/\S+$/i.test(text)) return { url: text }
  if (text !== undefined && /^e[\w-]+\.[\w-]*\.[\w-]*$/.test(text)) return readJws(text)
  const read = readJson(input)
  if (!('value' in read)) {
    const { code, path, problem, detail } = read
    const message = `The assertion cannot be read: ${locate(path, problem)}.`
    return refused(failed('structure', code, message, { path, ...(detail && { detail }) }))
  }
  const { value } = read
  if (!isObject(value))
    return refused(failed('structure', 'INPUT_MALFORMED', `The assertion is ${notAnObject(value)}.`))
  return checkKind(value) ?? { document: value }
}

function readJws(text: string): Given {
  const jws = openJws(text)
  if (!('problem' in jws)) return checkKind(jws.payload) ?? { document: jws.payload, jws }
  const message = `The signed assertion is not accepted: ${jws.problem}.`
  return refused(jws.isUnknown ? inconclusive('proof', jws.code, message) : failed('proof', jws.code, message))
}

/** What else it may be, for advice. */
function checkKind(document: JsonObject): Given | undefined {
  const types = [document['type'], (document['vc'] as JsonObject | undefined)?.['type']].flat()
  if (looksLikeAssertion(document) || !types.includes('VerifiableCredential')) return undefined
  const message = 'This is a verifiable credential, such as a badge of Open Badges 3.0: verify it with verify.'
  return refused(failed('structure', 'CREDENTIAL_MALFORMED', message, { path: '/type' }))
}

/** A hostile object may throw even when it is asked what it is; it is no text then. */
function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  try {
    const isShort = input instanceof Uint8Array && input.length <= defaultLimits.bytes
    return isShort ? new TextDecoder().decode(input) : undefined
  } catch {
    return undefined
  }
}

function refused(problem: Check): Given {
  return { problem }
}
