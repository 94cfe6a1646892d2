/** `StatusList2021Entry`: Status List 2021, the draft before Bitstring Status List. One bit an entry, no Multibase prefix. */

import { decodeOlderBitstring } from './bitstring.ts'
import { type ListForm, listMethod } from './list-entry.ts'
import type { StatusMethod } from './method.ts'

/** How entry and list are written. */
export const statusList2021Form: ListForm = {
  type: 'StatusList2021Entry',
  listType: 'StatusList2021Credential',
  subjectType: 'StatusList2021',
  url: 'statusListCredential',
  index: 'statusListIndex',
  decode: decodeOlderBitstring,
  sizeOf: () => 1,
  meaningOf: () => undefined,
  findMoreProblems: () => [],
}

/** Reads entries of type `StatusList2021Entry`. */
export function statusList2021Method(): StatusMethod {
  return listMethod(statusList2021Form)
}
