/**
 * The next version of a status list, unsigned. It is worked out twice: from the last published version and what the log says was
 * changed since, and from the values that the store keeps. Where the two differ nothing is published, so that a damaged store can
 * never take a revocation back, and only what the log records as unset gets unset.
 */

import { formatDateTimeStamp, parseDateTimeStamp } from '../encoding/date-time.ts'
import { sha256 } from '../encoding/hash.ts'
import { CredentialError } from '../errors.ts'
import type { CredentialInput } from '../types.ts'
import { createBitstring, decodeBitstring, encodeBitstring, setEntry } from './bitstring.ts'
import { emptyLog, hashAfter, type LogHead, readBody, type StatusEvent, type StatusEventBody } from './event-log.ts'
import { readPublished } from './published-text.ts'
import type { PublishedStatusList, StatusChange } from './store.ts'
import { corrupt, indexOf, type KnownList, type Tenant } from './tenant.ts'

/** A status list as a credential (Bitstring Status List 1.0 section 2.2). */
export interface StatusListCredential extends CredentialInput {
  readonly id: string
  readonly validFrom: string
  readonly validUntil: string
  readonly credentialSubject: {
    readonly id: string
    readonly type: 'BitstringStatusList'
    readonly statusPurpose: string
    /** Milliseconds. */
    readonly ttl: number
    readonly encodedList: string
  }
}

/** A list to be signed, and what it follows on. */
export interface StatusListDraft {
  readonly list: string
  /** The version that it will be. */
  readonly version: number
  readonly credential: StatusListCredential
  /** Number of the last event that it takes in. */
  readonly covers: number
  /** Number of statuses that were changed since the last version. */
  readonly changed: number
  readonly previous: PublishedStatusList | undefined
}

/** Events that are read in one step. */
const PAGE = 1_000

/** Works out the next version. */
export async function draftList(tenant: Tenant, list: KnownList): Promise<StatusListDraft> {
  const { store } = tenant
  const { id, length, statusSize } = list.state
  const previous = await store.published(id)
  const { seq, values } = await store.values(id)
  const bits = previous ? await bitsOf(previous) : createBitstring(length, statusSize)
  const changed = await changesSince(tenant, id, previous?.covers ?? 0, seq)
  for (const [place, value] of changed) setEntry(bits, await indexOf(tenant, list, place), value, statusSize)
  await assertSame(tenant, list, bits, values)
  return {
    list: id,
    version: (previous?.version ?? 0) + 1,
    credential: await credentialOf(tenant, list, bits, previous),
    covers: seq,
    changed: changed.size,
    previous,
  }
}

/** Puts the signed draft where it is served from. */
export async function keepDraft({ store, settings }: Tenant, draft: StatusListDraft, signed: string): Promise<boolean> {
  const { list, version, covers, credential } = draft
  const { id, validFrom, validUntil, credentialSubject } = listIn(signed)
  const same =
    id === credential.id &&
    validFrom === credential.validFrom &&
    validUntil === credential.validUntil &&
    credentialSubject.encodedList === credential.credentialSubject.encodedList
  if (!same) throw new CredentialError('OPTION_INVALID', `keep: what was signed is not the draft of list ${list}`)
  const published = { list, version, covers, validFrom, validUntil, ttl: settings.ttl, credential: signed }
  const digest = sha256.hex(signed)
  const event: StatusEventBody = { type: 'published', time: settings.now().toISOString(), version, covers, digest }
  return store.publish(published, JSON.stringify(event))
}

function listIn(text: string): StatusListCredential {
  return readPublished(text) as unknown as StatusListCredential
}

async function bitsOf({ credential, list, version }: PublishedStatusList): Promise<Uint8Array> {
  const { credentialSubject } = listIn(credential)
  const decoded = await decodeBitstring(credentialSubject.encodedList)
  if ('bits' in decoded) return new Uint8Array(decoded.bits)
  throw corrupt(`version ${version} of list ${list} cannot be read: ${decoded.problem}`)
}

/** The last value of each place that the log says was changed, in the events after `covers` up to `seq`. */
async function changesSince(
  tenant: Tenant,
  list: string,
  covers: number,
  seq: number,
): Promise<ReadonlyMap<number, number>> {
  const changed = new Map<number, number>()
  let head = await headAt(tenant, list, covers)
  while (head.seq < seq) {
    const page = await tenant.store.events(list, head.seq, Math.min(PAGE, seq - head.seq))
    if (page.length === 0) throw corrupt(`event ${head.seq + 1} of list ${list} is missing`)
    for (const event of page) {
      head = follow(head, event)
      const body = readBody(event)
      if (body.type === 'changed') for (const [place, value] of body.changes) changed.set(place, value)
    }
  }
  return changed
}

async function headAt(tenant: Tenant, list: string, seq: number): Promise<LogHead> {
  if (seq === 0) return emptyLog
  const [event] = await tenant.store.events(list, seq - 1, 1)
  if (event?.seq !== seq) throw corrupt(`event ${seq} of list ${list} is missing`)
  return { seq, hash: event.hash }
}

function follow(head: LogHead, event: StatusEvent): LogHead {
  if (event.seq !== head.seq + 1 || event.hash !== hashAfter(head, event.body)) {
    throw corrupt(`event ${head.seq + 1} of list ${event.list} does not follow on the one before`)
  }
  return { seq: event.seq, hash: event.hash }
}

async function assertSame(
  tenant: Tenant,
  list: KnownList,
  bits: Uint8Array,
  values: readonly StatusChange[],
): Promise<void> {
  const { id, length, statusSize } = list.state
  const kept = createBitstring(length, statusSize)
  for (const { place, value } of values) setEntry(kept, await indexOf(tenant, list, place), value, statusSize)
  if (kept.length === bits.length && kept.every((byte, at) => byte === bits[at])) return
  throw corrupt(`the values of list ${id} are not those that its log tells`)
}

async function credentialOf(
  { settings }: Tenant,
  { state, url }: KnownList,
  bits: Uint8Array,
  previous: PublishedStatusList | undefined,
): Promise<StatusListCredential> {
  // A clock that was set back must not make a version look older than the one before.
  const before = parseDateTimeStamp(previous?.validFrom) ?? 0
  const from = new Date(Math.max(settings.now().getTime(), before))
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    validFrom: formatDateTimeStamp(from),
    validUntil: formatDateTimeStamp(new Date(from.getTime() + settings.validFor)),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: state.purpose,
      ttl: settings.ttl,
      encodedList: await encodeBitstring(bits),
    },
  }
}
