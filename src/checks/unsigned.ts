/** What stands inside a credential that is to be signed, and nobody has signed. */

import { asArray, isObject } from '../encoding/json.ts'
import { findContents, isEnveloped } from '../records/contents.ts'
import { isEndorsementPath } from '../records/report-tree.ts'
import { type Check, failed } from '../report.ts'
import type { JsonObject } from '../types.ts'

/** The credentials inside that nobody signed: with one of them the whole would be invalid. Broken endorsements are not in the way. */
export function findUnsigned(credential: JsonObject): readonly Check[] {
  return findContents(credential).flatMap(({ path, value }) => {
    if (!isObject(value) || isEnveloped(value) || isEndorsementPath(path) || asArray(value['proof']).length > 0)
      return []
    const message = `${path}: has no proof, so that nobody would take the record; issue it first`
    return [failed('contents', 'CONTENT_INVALID', message, { path })]
  })
}
