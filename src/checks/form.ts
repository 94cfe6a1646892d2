/** Form: whether what came in is a JSON object at all, and of the kind that was asked for. */

import { asArray, isObject, locate, notAnObject, type ReadResult } from '../encoding/json.ts'
import { type Check, failed } from '../report.ts'
import type { JsonObject } from '../types.ts'

/** Whether the input may be an envelope: it is no object, or one of a type that has signed text in it. */
export function mayBeEnveloped(read: ReadResult): boolean {
  if (!('value' in read) || !isObject(read.value)) return true
  return asArray(read.value['type']).some((type) => typeof type === 'string' && type.startsWith('Enveloped'))
}

/** Nothing to report when the input is an object that can be checked further. */
export function checkForm(read: ReadResult, kind: 'credential' | 'presentation'): readonly Check[] {
  if (!('value' in read)) {
    const { code, problem, path, detail } = read
    const message = `The ${kind} cannot be read: ${locate(path, problem)}.`
    return [failed('structure', code, message, { path, ...(detail && { detail }) })]
  }
  if (!isObject(read.value)) {
    return [failed('structure', 'INPUT_MALFORMED', `The ${kind} is ${notAnObject(read.value)}.`, { path: '' })]
  }
  return checkKind(read.value, kind)
}

function checkKind(document: JsonObject, kind: 'credential' | 'presentation'): readonly Check[] {
  const types = asArray(document['type'])
  const other = kind === 'credential' ? 'VerifiablePresentation' : 'VerifiableCredential'
  const own = kind === 'credential' ? 'VerifiableCredential' : 'VerifiablePresentation'
  if (types.includes(own)) return []
  const message = types.includes(other)
    ? others[kind]
    : types.includes('Assertion')
      ? 'This is an assertion of Open Badges 2.0 or older; verify it with verifyAssertion of testamur/records.'
      : undefined
  if (message === undefined) return []
  const code = kind === 'credential' ? 'CREDENTIAL_MALFORMED' : 'PRESENTATION_MALFORMED'
  return [failed('structure', code, message, { path: '/type' })]
}

const others = {
  credential: 'This is a presentation; verify it as one, with the challenge it answers.',
  presentation: 'This is a credential, which anybody can hold a copy of; a presentation was expected.',
} as const
