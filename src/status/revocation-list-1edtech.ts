/**
 * `1EdTechRevocationList`: the ids of revoked credentials, as JSON at the URL in the entry's `id` (1EdTech Revocation List Status
 * Method 1.0). Such a list carries no proof: it is as good as the server that has it.
 */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'
import type { StatusFound, StatusList, StatusMethod, StatusUnknown } from './method.ts'

/** Reads entries of type `1EdTechRevocationList`. */
export function revocationList1EdTechMethod(): StatusMethod {
  const read = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject> | undefined>()
  const revokedBy = ({ document }: StatusList): ReadonlyMap<string, JsonObject> | undefined => {
    if (!read.has(document)) read.set(document, readRevoked(document))
    return read.get(document)
  }
  return {
    type: '1EdTechRevocationList',
    purposeOf: () => 'revocation',
    findProblems: ({ id }) =>
      typeof id === 'string' && URL.canParse(id)
        ? []
        : [{ path: '/id', message: 'must be the URL of the revocation list' }],
    check: async (entry, context) => {
      const url = entry['id']
      if (typeof url !== 'string' || !URL.canParse(url))
        return { code: 'STATUS_ENTRY_INVALID', message: 'id: must be the URL of the revocation list' }
      const id = context.credential['id']
      if (typeof id !== 'string')
        return { code: 'STATUS_ENTRY_INVALID', message: 'the credential has no id, by which the list could name it' }
      const list = await context.loadUnsignedList(url)
      return 'code' in list ? list : find(id, list, revokedBy(list))
    },
  }
}

function find(
  id: string,
  list: StatusList,
  revoked: ReadonlyMap<string, JsonObject> | undefined,
): StatusFound | StatusUnknown {
  if (!revoked) {
    const message = 'its revokedCredential must be a list of objects, each with an id'
    return { code: 'STATUS_LIST_INVALID', message, source: list.source }
  }
  const notes = [...list.notes, 'The list is not signed: it is as good as the server that it came from.']
  const reason = revoked.get(id)?.['revocationReason']
  return { value: revoked.has(id) ? 1 : 0, ...(typeof reason === 'string' && { meaning: reason }), list, notes }
}

/** The revoked credentials by id; `undefined` where the list is not in order, as then an id could be missed. */
function readRevoked(document: JsonObject): ReadonlyMap<string, JsonObject> | undefined {
  if (document['revokedCredential'] === undefined) return undefined
  const revoked = new Map<string, JsonObject>()
  for (const entry of asArray(document['revokedCredential'])) {
    const id = idOf(entry)
    if (id === undefined) return undefined
    if (!isObject(entry)) revoked.set(id, {})
    else if (entry['revoked'] !== false) revoked.set(id, entry)
  }
  return revoked
}
