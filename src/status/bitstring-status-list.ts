/** `BitstringStatusListEntry`: Bitstring Status List 1.0, with entries of one bit or more. */

import { asArray, isObject } from '../encoding/json.ts'
import type { Finding, JsonObject } from '../types.ts'
import { decodeBitstring, MAX_STATUS_SIZE } from './bitstring.ts'
import { type ListForm, listMethod } from './list-entry.ts'
import type { StatusMethod } from './method.ts'

/** How entry and list are written. */
export const bitstringForm: ListForm = {
  type: 'BitstringStatusListEntry',
  listType: 'BitstringStatusListCredential',
  subjectType: 'BitstringStatusList',
  url: 'statusListCredential',
  index: 'statusListIndex',
  decode: decodeBitstring,
  sizeOf,
  meaningOf: (entry, value) => messagesOf(entry).get(value),
  findMoreProblems,
}

/** Reads entries of type `BitstringStatusListEntry`. */
export function bitstringMethod(): StatusMethod {
  return listMethod(bitstringForm)
}

function sizeOf(entry: JsonObject): number | undefined {
  const size = entry['statusSize'] ?? 1
  return Number.isInteger(size) && (size as number) >= 1 && (size as number) <= MAX_STATUS_SIZE
    ? (size as number)
    : undefined
}

/** `statusMessage`, by the value that each stands for. */
function messagesOf(entry: JsonObject): ReadonlyMap<number, string> {
  const messages = asArray(entry['statusMessage']).filter(isObject)
  return new Map(
    messages.flatMap(({ status, message }) =>
      typeof status === 'string' && /^0x[\da-f]{1,4}$/i.test(status) && typeof message === 'string'
        ? [[Number(status), message] as const]
        : [],
    ),
  )
}

function findMoreProblems(entry: JsonObject): readonly Finding[] {
  const size = sizeOf(entry)
  if (size === undefined)
    return [{ path: '/statusSize', message: `must be a whole number from 1 to ${MAX_STATUS_SIZE}` }]
  const needed = size > 1 || entry['statusPurpose'] === 'message' || entry['statusMessage'] !== undefined
  if (!needed || messagesOf(entry).size === 2 ** size) return []
  const message = `must say what each of the ${2 ** size} values means, as { "status": "0x0", "message": "…" }`
  return [{ path: '/statusMessage', message }]
}
