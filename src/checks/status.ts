/**
 * Status (VC Data Model 2.0 section 4.10): whether the issuer revoked or suspended the credential since. Every entry counts; what
 * could not be found out is never taken as "not revoked".
 */

import { asArray, isObject, locate, pointer, type ReadResult } from '../encoding/json.ts'
import { type Check, type CredentialReport, failed, inconclusive, passed, type StatusResult } from '../report.ts'
import { findListProblems } from '../status/list-problems.ts'
import {
  type ListLookup,
  type ListReading,
  loadList,
  loadUnsignedList,
  reportOnStapled,
} from '../status/list-source.ts'
import type { ListReport, StapledList } from '../status/memory.ts'
import type { StatusContext, StatusFound, StatusMethod, StatusUnknown } from '../status/method.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { Settings } from './settings.ts'

/** Most entries of one credential: each may ask for a list. */
export const MAX_STATUS_ENTRIES = 16
/** How many lists are followed, where a list has a status of its own. */
export const MAX_STATUS_DEPTH = 2

/** Verifies a list as a credential. */
export type VerifyList = (
  input: unknown,
  read: ReadResult,
  settings: Settings,
  issuer: string | undefined,
) => Promise<ListReport>

/** One check for each entry of `credentialStatus`, and for each of the token. Only for credentials whose issuer is known to have signed them. */
export async function checkStatus(
  credential: JsonObject,
  issuer: string,
  settings: Settings,
  verifyList: VerifyList,
  ofToken?: JsonObject,
): Promise<readonly Check[]> {
  const member = credential['credentialStatus']
  const entries = asArray(member)
  const mechanisms = Object.entries(ofToken ?? {})
  const count = entries.length + mechanisms.length
  if (count > MAX_STATUS_ENTRIES) {
    const message = `There are ${count} entries of status; at most ${MAX_STATUS_ENTRIES} are looked up.`
    return [failed('status', 'LIMIT_EXCEEDED', message, entries.length > 0 ? { path: '/credentialStatus' } : {})]
  }
  if (ofToken && mechanisms.length === 0) {
    const message = 'Whether it was revoked is unknown: the claim "status" of the JWT names no way to find it out.'
    return [inconclusive('status', 'STATUS_ENTRY_INVALID', message)]
  }
  const context = contextFor(credential, issuer, settings, verifyList)
  const checks = await Promise.all([
    ...entries.map((entry, index) => {
      const path = Array.isArray(member) ? pointer('/credentialStatus', index) : '/credentialStatus'
      return checkEntry(entry, isObject(entry) ? asArray(entry['type']) : [], { path }, settings, context)
    }),
    ...mechanisms.map(([name, entry]) => checkEntry(entry, [name], {}, settings, context)),
  ])
  return checks.flat()
}

function contextFor(credential: JsonObject, issuer: string, settings: Settings, verifyList: VerifyList): StatusContext {
  const { status } = settings
  const lists: ListLookup = { ...lookupFor(settings, verifyList), issuer }
  return {
    credential,
    loadList: (url) => loadList(lists, url),
    loadUnsignedList: (url) => loadUnsignedList(lists, url),
    acceptsShort: (list, entries) =>
      status.acceptShort?.({ url: list.source.url, entries, listIssuer: list.issuer }) === true,
  }
}

function lookupFor(settings: Settings, verifyList: VerifyList): ListReading {
  const { status, now, clockTolerance, lookup, budget } = settings
  const verify: ListLookup['verify'] = (input, read, issuer) =>
    verifyList(input, read, settingsForList(settings), issuer)
  return { settings: status, now: now.getTime(), clockTolerance, limits: budget.limits, lookup, verify }
}

/** The settings with the lists that stand in a presentation, by their ids. */
export function withStapled(settings: Settings, lists: ReadonlyMap<string, StapledList>): Settings {
  return { ...settings, status: { ...settings.status, stapled: lists } }
}

/** The report on a list that stands in a presentation. It decides on nothing but what it is the list of. */
export function checkStapled(list: StapledList, settings: Settings, verifyList: VerifyList): Promise<CredentialReport> {
  return reportOnStapled(lookupFor(settings, verifyList), list)
}

/** A list is judged by its proof, issuer, dates and status; what the caller asks of credentials besides does not concern it. */
function settingsForList(settings: Settings): Settings {
  return {
    ...settings,
    trust: undefined,
    checks: [],
    skip: new Set(['schema']),
    status: { ...settings.status, depth: settings.status.depth + 1 },
  }
}

/** Where in the credential an entry is; the claim of a token is not in it. */
interface At {
  readonly path?: string
}

async function checkEntry(
  entry: JsonValue | undefined,
  named: readonly JsonValue[],
  at: At,
  settings: Settings,
  context: StatusContext,
): Promise<Check | readonly Check[]> {
  const types = named.filter((type) => typeof type === 'string')
  const type = types.join(', ') || 'unknown'
  const known = new Set(types.map((each) => settings.status.methods.get(each)).filter((each) => each !== undefined))
  const [method] = known
  if (method && !isObject(entry)) {
    const message = `Whether it was revoked is unknown: the status of the type "${type}" is no object.`
    return inconclusive('status', 'STATUS_ENTRY_INVALID', message, at)
  }
  if (!isObject(entry) || !method) {
    const message = `Whether it was revoked is unknown: no method reads the status type "${type}".`
    return inconclusive('status', 'STATUS_UNAVAILABLE', message, at)
  }
  if (known.size > 1) {
    const message = `Whether it was revoked is unknown: the entry is of several types of status, ${type}.`
    return inconclusive('status', 'STATUS_ENTRY_INVALID', message, at)
  }
  const purpose = (await method.purposeOf(entry)) ?? 'unknown'
  const status = { type: method.type, purpose }
  if (settings.status.depth >= MAX_STATUS_DEPTH) {
    const message = `Whether it was revoked is unknown: lists of lists are followed ${MAX_STATUS_DEPTH} steps and no further.`
    return inconclusive('status', 'STATUS_UNAVAILABLE', message, { ...at, status })
  }
  const answer = await method.check(entry, context)
  if ('code' in answer) return unknown(answer, at, status)
  return (answer.purposes ?? [purpose]).map((each) => judge(answer, at, { ...status, purpose: each }))
}

function unknown({ code, message, source, detail }: StatusUnknown, at: At, status: StatusResult): Check {
  const asked = status.purpose === 'suspension' ? 'it was suspended' : 'it was revoked'
  const told = `Whether ${asked} is unknown: ${message}.`
  const extra = { ...at, ...(detail && { detail }), status: { ...status, ...(source && { source }) } }
  return inconclusive('status', code, told, extra)
}

function judge({ value, meaning, list, notes }: StatusFound, at: At, status: StatusResult): Check {
  const { source } = list
  const extra = {
    ...at,
    notes,
    status: { ...status, value, ...(meaning !== undefined && { meaning }), source },
  }
  const { purpose } = status
  const since = source.asOf ?? source.fetchedAt
  const byList = `by the list ${source.url}${since === undefined ? '' : ` of ${since}`}`
  if (purpose === 'message' || purpose === 'refresh') {
    const isNewer = purpose === 'refresh' && value !== 0 && meaning === undefined
    const told = isNewer ? 'A newer version is to be had' : `Its ${purpose} is ${meaning ?? value}`
    return passed('status', `${told}, ${byList}; that decides nothing.`, extra)
  }
  if (value === 0) return passed('status', `Not set for ${purpose}, ${byList}.`, extra)
  const why = meaning === undefined ? '' : `: ${meaning}`
  if (purpose === 'revocation') return failed('status', 'REVOKED', `Revoked ${byList}${why}.`, extra)
  if (purpose === 'suspension') return failed('status', 'SUSPENDED', `Suspended ${byList}${why}.`, extra)
  const told = `It is marked with ${value} for the purpose "${purpose}" ${byList}, and what that means is not known here`
  return inconclusive('status', 'STATUS_UNAVAILABLE', `${told}.`, extra)
}

/** What is wrong with the status of a credential that is to be signed, or with the list that it is. */
export async function checkStatusForm(
  credential: JsonObject,
  methods: ReadonlyMap<string, StatusMethod>,
): Promise<readonly Check[]> {
  const inList = await findListProblems(credential)
  return [
    ...(await findEntryProblems(credential, methods)),
    ...inList.map(({ path, message }) => failed('status', 'STATUS_LIST_INVALID', locate(path, message), { path })),
  ]
}

/** Types without a method are the issuer's own affair. */
async function findEntryProblems(
  credential: JsonObject,
  methods: ReadonlyMap<string, StatusMethod>,
): Promise<readonly Check[]> {
  const member = credential['credentialStatus']
  const problems: Check[] = []
  for (const [index, entry] of asArray(member).entries()) {
    const at = Array.isArray(member) ? pointer('/credentialStatus', index) : '/credentialStatus'
    for (const type of isObject(entry) ? asArray(entry['type']) : []) {
      const found = (await methods.get(type as string)?.findProblems(entry as JsonObject)) ?? []
      for (const { path, message } of found) {
        const place = `${at}${path}`
        problems.push(failed('status', 'STATUS_ENTRY_INVALID', locate(place, message), { path: place }))
      }
    }
  }
  return problems
}
