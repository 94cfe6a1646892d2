/**
 * The status that a JWT names in its claim `status` (draft-ietf-oauth-status-list section 6): an index into a Status List Token, which is
 * a JWT of type `statuslist+jwt`. Lists as CWTs are not read: such a status stays unknown.
 */

import { isObject } from '../encoding/json.ts'
import type { Finding, JsonObject } from '../types.ts'
import type { StatusFound, StatusList, StatusMethod, StatusUnknown } from './method.ts'
import { getTokenStatus, meaningOfTokenStatus, readTokenStatusList, type TokenStatusList } from './token-status-list.ts'

/** The type of a Status List Token as a document; every credential is a VerifiableCredential besides. */
export const STATUS_LIST_TOKEN = 'statuslist+jwt'

type Decoded = TokenStatusList | { readonly problem: string }

/**
 * Reads the member `status_list` of the claim `status`, with `idx` and `uri`. 0 is valid, 1 (INVALID) revoked, 2 suspended; what another
 * value means is the issuer's own affair, so that the status is unknown.
 */
export function tokenStatusListMethod(): StatusMethod {
  const inflated = new WeakMap<JsonObject, Promise<Decoded>>()
  const inflate = (list: JsonObject): Promise<Decoded> => {
    const known = inflated.get(list) ?? readTokenStatusList(list['status_list'])
    inflated.set(list, known)
    return known
  }
  return {
    type: 'status_list',
    purposeOf: () => 'revocation',
    findProblems,
    check: async (entry, context) => {
      const [problem] = findProblems(entry)
      if (problem) return { code: 'STATUS_ENTRY_INVALID', message: `${problem.path.slice(1)}: ${problem.message}` }
      const list = await context.loadList(entry['uri'] as string)
      return 'code' in list ? list : readStatus(entry['idx'] as number, list, inflate)
    },
  }
}

function findProblems({ idx, uri }: JsonObject): readonly Finding[] {
  const isIndex = Number.isSafeInteger(idx) && (idx as number) >= 0 && !Object.is(idx, -0)
  const isUrl = typeof uri === 'string' && uri.length <= 2_048 && URL.canParse(uri)
  return [
    ...(isIndex ? [] : [{ path: '/idx', message: 'must be a whole number from 0 on' }]),
    ...(isUrl ? [] : [{ path: '/uri', message: 'must be the URL of the status list' }]),
  ]
}

async function readStatus(
  index: number,
  list: StatusList,
  inflate: (list: JsonObject) => Promise<Decoded>,
): Promise<StatusFound | StatusUnknown> {
  const { document, source, notes } = list
  const bad = (message: string): StatusUnknown => ({ code: 'STATUS_LIST_INVALID', message, source })
  if (document['type'] !== STATUS_LIST_TOKEN || !isObject(document['status_list']))
    return bad('it is no Status List Token, which is a JWT of type "statuslist+jwt"')
  const decoded = await inflate(document)
  if ('problem' in decoded) return bad(decoded.problem)
  const value = getTokenStatus(decoded, index)
  if (value === undefined) {
    const message = `its index is ${index}, and the list ends with ${(decoded.bytes.length * 8) / decoded.bits - 1}`
    return { code: 'STATUS_INDEX_OUT_OF_RANGE', message, source }
  }
  return { value, purposes: purposesOf(value, decoded.bits), list, notes }
}

/** A list of one bit has no room for "suspended", and so says nothing of it. */
function purposesOf(value: number, bits: number): readonly string[] {
  const meaning = meaningOfTokenStatus(value)
  if (meaning === 'valid') return bits === 1 ? ['revocation'] : ['revocation', 'suspension']
  if (meaning === 'invalid') return ['revocation']
  return [meaning === 'suspended' ? 'suspension' : 'other']
}
