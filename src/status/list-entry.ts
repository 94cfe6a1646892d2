/** What the entries that point into a list of bits have in common, whatever their type: a URL, an index, a purpose. */

import { clip, textOf } from '../encoding/clip.ts'
import { asArray, isObject } from '../encoding/json.ts'
import type { Finding, JsonObject, JsonValue } from '../types.ts'
import { countEntries, type DecodedBitstring, getEntry, MIN_STATUS_LIST_ENTRIES } from './bitstring.ts'
import type { StatusContext, StatusFound, StatusList, StatusMethod, StatusUnknown } from './method.ts'

/** How one type of entry and its list are written. */
export interface ListForm {
  /** `type` of the entry. */
  readonly type: string
  /** `type` of the list's credential, and of its subject. */
  readonly listType: string
  readonly subjectType: string
  /** Members of the entry. */
  readonly url: string
  readonly index: string
  /** The one purpose of lists that do not name it; `undefined`: `statusPurpose` says it in entry and list. */
  readonly purpose?: 'revocation'
  decode(encodedList: string): Promise<DecodedBitstring>
  /** Bits of one entry; `undefined` where the entry asks for something else than a number of bits. */
  sizeOf(entry: JsonObject): number | undefined
  /** What the issuer says that a value means. */
  meaningOf(entry: JsonObject, value: number): string | undefined
  /** What is wrong with further members. */
  findMoreProblems(entry: JsonObject): readonly Finding[]
}

/** The method for a form. Each list is inflated once, however many entries point into it. */
export function listMethod(form: ListForm): StatusMethod {
  const inflated = new WeakMap<JsonObject, Promise<DecodedBitstring>>()
  const inflate = (subject: JsonObject): Promise<DecodedBitstring> => {
    const known = inflated.get(subject) ?? form.decode(textOf(subject['encodedList']))
    inflated.set(subject, known)
    return known
  }
  return {
    type: form.type,
    purposeOf: (entry) => purposeOf(form, entry),
    findProblems: (entry) => [...findPlaceProblems(form, entry), ...form.findMoreProblems(entry)],
    check: async (entry, context) => {
      const place = readPlace(form, entry)
      if ('message' in place) return { code: 'STATUS_ENTRY_INVALID', message: place.message }
      const list = await context.loadList(place.url)
      return 'code' in list ? list : readBit(form, entry, place, list, context, inflate)
    },
  }
}

interface Place {
  readonly url: string
  readonly index: number
  readonly purpose: string
  readonly size: number
  readonly notes: readonly string[]
}

function readPlace(form: ListForm, entry: JsonObject): Place | { readonly message: string } {
  const url = entry[form.url]
  const index = readIndex(entry[form.index])
  const purpose = purposeOf(form, entry)
  const size = form.sizeOf(entry)
  if (typeof url === 'string' && isUrl(url) && index !== undefined && purpose !== undefined && size !== undefined) {
    const isNumber = typeof entry[form.index] === 'number'
    return { url, index, purpose, size, notes: isNumber ? [`${form.index} is a number; it should be text.`] : [] }
  }
  const [problem] = [...findPlaceProblems(form, entry), ...form.findMoreProblems(entry)]
  return { message: problem ? `${problem.path.slice(1)}: ${problem.message}` : 'it cannot be read' }
}

function purposeOf(form: ListForm, entry: JsonObject): string | undefined {
  const purpose = form.purpose ?? entry['statusPurpose']
  return typeof purpose === 'string' && purpose !== '' ? purpose : undefined
}

function findPlaceProblems(form: ListForm, entry: JsonObject): readonly Finding[] {
  const url = entry[form.url]
  const index = entry[form.index]
  return [
    ...(typeof url === 'string' && isUrl(url)
      ? []
      : [{ path: `/${form.url}`, message: 'must be the URL of the status list' }]),
    ...(typeof index === 'string' && readIndex(index) !== undefined
      ? []
      : [{ path: `/${form.index}`, message: 'must be a whole number from 0 on, written as text, such as "94567"' }]),
    ...(purposeOf(form, entry) === undefined
      ? [{ path: '/statusPurpose', message: 'must be text, such as "revocation"' }]
      : []),
  ]
}

function isUrl(text: string): boolean {
  return text.length <= 2_048 && URL.canParse(text)
}

/** A whole number in its one spelling; some issuers write the number itself. */
function readIndex(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^(?:0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) && (number as number) >= 0 && !Object.is(number, -0)
    ? (number as number)
    : undefined
}

/** The part of a list that has the bits, or why there is none. */
function readSubject(form: ListForm, list: JsonObject): JsonObject | string {
  const subject = list['credentialSubject']
  if (!asArray(list['type']).includes(form.listType)) return `it is no ${form.listType}`
  if (!isObject(subject) || !asArray(subject['type']).includes(form.subjectType))
    return `its credentialSubject is no ${form.subjectType}`
  return typeof subject['encodedList'] === 'string' ? subject : 'its encodedList is missing'
}

async function readBit(
  form: ListForm,
  entry: JsonObject,
  place: Place,
  list: StatusList,
  context: StatusContext,
  inflate: (subject: JsonObject) => Promise<DecodedBitstring>,
): Promise<StatusFound | StatusUnknown> {
  const { source } = list
  const bad = (message: string): StatusUnknown => ({ code: 'STATUS_LIST_INVALID', message, source })
  const subject = readSubject(form, list.document)
  if (typeof subject === 'string') return bad(subject)
  if (!form.purpose && !asArray(subject['statusPurpose']).includes(place.purpose))
    return bad(
      `it is for ${asArray(subject['statusPurpose']).map(clip).join(', ') || 'no purpose'}, not for ${place.purpose}`,
    )
  const decoded = await inflate(subject)
  if ('problem' in decoded) return bad(`its encodedList ${decoded.problem}`)
  const entries = countEntries(decoded.bits, place.size)
  const isShort = entries < MIN_STATUS_LIST_ENTRIES
  const told = `the list has ${entries} entries, fewer than the ${MIN_STATUS_LIST_ENTRIES} that hide its holders`
  if (isShort && !context.acceptsShort(list, entries)) return { code: 'STATUS_LIST_SHORT', message: told, source }
  if (place.index >= entries) {
    const message = `its index is ${place.index}, and the list ends with ${entries - 1}`
    return { code: 'STATUS_INDEX_OUT_OF_RANGE', message, source }
  }
  const value = getEntry(decoded.bits, place.index, place.size)
  const meaning = form.meaningOf(entry, value)
  const notes = [...list.notes, ...place.notes, ...(isShort ? [`Accepted by option: ${told}.`] : [])]
  return { value, ...(meaning !== undefined && { meaning }), list, notes }
}
