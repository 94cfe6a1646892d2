/** Form: whether what came in is a JSON object at all, and of the kind that was asked for. */

import { asArray, isObject, locate, type ReadResult } from '../encoding/json.ts'
import { type Check, failed, inconclusive } from '../report.ts'
import type { JsonObject } from '../types.ts'

/** A compact JWS, alone or with SD-JWT disclosures behind it. */
const compactJws = /^\s*[\w-]{2,}\.[\w-]*\.[\w-]+(~[\w.~-]*)?\s*$/

/** The longest text that is looked at for being a JWT, in bytes. */
const MAX_JWT = 1_000_000

/** Nothing to report when the input is an object that can be checked further. */
export function checkForm(read: ReadResult, input: unknown, kind: 'credential' | 'presentation'): readonly Check[] {
  const isDocument = 'value' in read && typeof read.value === 'object'
  if (!isDocument && compactJws.test(textOf(input))) return [unknownEnvelope('The input is a JWT')]
  if (!('value' in read)) {
    const { code, problem, path, detail } = read
    const message = `The ${kind} cannot be read: ${locate(path, problem)}.`
    return [failed('structure', code, message, { path, ...(detail && { detail }) })]
  }
  if (!isObject(read.value)) {
    return [failed('structure', 'INPUT_MALFORMED', `The ${kind} is not a JSON object.`, { path: '' })]
  }
  return checkKind(read.value, kind)
}

/** A hostile object may throw even when it is asked what it is; it is no text then. */
function textOf(input: unknown): string {
  try {
    if (input instanceof Uint8Array && input.length < MAX_JWT) return new TextDecoder().decode(input)
  } catch {
    return ''
  }
  return typeof input === 'string' && input.length < MAX_JWT ? input : ''
}

function checkKind(document: JsonObject, kind: 'credential' | 'presentation'): readonly Check[] {
  const types = asArray(document['type'])
  const enveloped = kind === 'credential' ? 'EnvelopedVerifiableCredential' : 'EnvelopedVerifiablePresentation'
  if (types.includes(enveloped)) return [unknownEnvelope(`The ${kind} is enveloped in a JWT or the like`)]
  const other = kind === 'credential' ? 'VerifiablePresentation' : 'VerifiableCredential'
  const own = kind === 'credential' ? 'VerifiableCredential' : 'VerifiablePresentation'
  if (!types.includes(other) || types.includes(own)) return []
  const message =
    kind === 'credential'
      ? 'This is a presentation; verify it as one, with the challenge it answers.'
      : 'This is a credential, which anybody can hold a copy of; a presentation was expected.'
  return [
    failed('structure', kind === 'credential' ? 'CREDENTIAL_MALFORMED' : 'PRESENTATION_MALFORMED', message, {
      path: '/type',
    }),
  ]
}

function unknownEnvelope(what: string): Check {
  const message = `${what}, a format that is not verified here: give a credential with an embedded proof.`
  return inconclusive('proof', 'PROOF_FORMAT_UNKNOWN', message, { path: '' })
}
