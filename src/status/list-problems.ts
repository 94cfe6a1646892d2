/** What is wrong with a status list that is to be signed (Bitstring Status List 1.0 section 2.2, and the two older forms). */

import { asArray, isObject } from '../encoding/json.ts'
import type { Finding, JsonObject } from '../types.ts'
import { countEntries, MIN_STATUS_LIST_ENTRIES } from './bitstring.ts'
import { bitstringForm } from './bitstring-status-list.ts'
import type { ListForm } from './list-entry.ts'
import { revocationList2020Form } from './revocation-list-2020.ts'
import { statusList2021Form } from './status-list-2021.ts'

const forms = [bitstringForm, statusList2021Form, revocationList2020Form]

/** Nothing for a credential that is no list. */
export async function findListProblems(document: JsonObject): Promise<readonly Finding[]> {
  const types = asArray(document['type'])
  const form = forms.find(({ listType }) => types.includes(listType))
  if (!form) return []
  const subject = document['credentialSubject']
  if (!isObject(subject)) return [{ path: '/credentialSubject', message: 'must be one object, the list' }]
  return [
    ...findIdProblems(document),
    ...findTypeProblems(form, subject),
    ...findPurposeProblems(form, subject),
    ...findTtlProblems(subject),
    ...(await findBitProblems(form, subject)),
  ]
}

/** An id that was made up for want of another leads nobody to the list. */
function findIdProblems({ id }: JsonObject): readonly Finding[] {
  return typeof id === 'string' && URL.canParse(id) && !id.startsWith('urn:uuid:')
    ? []
    : [{ path: '/id', message: 'must be the URL under which the list is found' }]
}

function findTypeProblems({ subjectType }: ListForm, { type }: JsonObject): readonly Finding[] {
  return asArray(type).includes(subjectType)
    ? []
    : [{ path: '/credentialSubject/type', message: `must be "${subjectType}"` }]
}

function findPurposeProblems({ purpose }: ListForm, subject: JsonObject): readonly Finding[] {
  const purposes = asArray(subject['statusPurpose'])
  if (purpose || (purposes.length > 0 && purposes.every((each) => typeof each === 'string' && each !== ''))) return []
  return [{ path: '/credentialSubject/statusPurpose', message: 'must say what the list is for, such as "revocation"' }]
}

function findTtlProblems({ ttl }: JsonObject): readonly Finding[] {
  if (ttl === undefined || (Number.isSafeInteger(ttl) && (ttl as number) >= 0)) return []
  return [{ path: '/credentialSubject/ttl', message: 'must be a whole number of milliseconds' }]
}

async function findBitProblems(form: ListForm, subject: JsonObject): Promise<readonly Finding[]> {
  const path = '/credentialSubject/encodedList'
  const text = subject['encodedList']
  if (typeof text !== 'string') return [{ path, message: 'is missing: it holds the bits' }]
  const decoded = await form.decode(text)
  if ('problem' in decoded) return [{ path, message: decoded.problem }]
  const entries = countEntries(decoded.bits)
  if (entries >= MIN_STATUS_LIST_ENTRIES) return []
  return [
    { path, message: `holds ${entries} entries; at least ${MIN_STATUS_LIST_ENTRIES} hide each holder among others` },
  ]
}
