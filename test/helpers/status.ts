/** Badges with a status, and the school's lists for them. */

import { issue, type Signer } from 'testamur'
import {
  createBitstring,
  encodeBitstring,
  encodeOlderBitstring,
  MIN_STATUS_LIST_ENTRIES,
  setEntry,
} from '../../src/status/bitstring.ts'
import { badge, copyOf, type Document, school, signed, withProof } from './fixtures.ts'

/** Where the school's list is. */
export const listUrl = 'https://school.example/status/1'
/** The place of the badge in it. */
export const place = 94_567

/** An entry, as `credentialStatus` has it. */
export function entryAt(index: number = place, more: object = {}): Document {
  return {
    id: `${listUrl}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: listUrl,
    ...more,
  }
}

/** What a list is made of, where it is not as usual. */
export interface ListOptions {
  /** Values by index. */
  readonly set?: readonly (readonly [index: number, value: number])[]
  readonly entries?: number
  readonly size?: number
  /** Members of the credential, and of its subject. */
  readonly more?: object
  readonly subject?: object
}

/** The bits of a list. */
export function bitsOf({ set = [], entries = MIN_STATUS_LIST_ENTRIES, size = 1 }: ListOptions = {}): Uint8Array {
  const bits =
    entries < MIN_STATUS_LIST_ENTRIES ? new Uint8Array(Math.ceil((entries * size) / 8)) : createBitstring(entries, size)
  for (const [index, value] of set) setEntry(bits, index, value, size)
  return bits
}

/** A list, unsigned. */
export async function unsignedList(options: ListOptions = {}): Promise<Document> {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: listUrl,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: school.controller,
    validFrom: '2026-11-22T11:00:00Z',
    credentialSubject: {
      id: `${listUrl}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeBitstring(bitsOf(options)),
      ...options.subject,
    },
    ...options.more,
  }
}

/** The time at which lists are signed that are not of this very moment. */
export const listTime: Date = new Date('2026-11-22T11:00:00Z')

/** A list, signed by the school an hour ago. */
export async function listOf(options: ListOptions = {}, key: Signer = school, at: Date = listTime): Promise<Document> {
  const credential = { ...(await unsignedList(options)), issuer: key.controller, ...options.more }
  return copyOf(await issue({ credential: credential as never, key, now: at }))
}

/** A list of data model 1.1 in one of the two older forms. */
export async function olderList(
  type: 'StatusList2021' | 'RevocationList2020',
  options: ListOptions = {},
): Promise<Document> {
  const context =
    type === 'StatusList2021'
      ? 'https://w3id.org/vc/status-list/2021/v1'
      : 'https://w3id.org/vc-revocation-list-2020/v1'
  const credential = {
    '@context': ['https://www.w3.org/2018/credentials/v1', context],
    id: listUrl,
    type: ['VerifiableCredential', `${type}Credential`],
    issuer: school.controller,
    issuanceDate: '2026-11-22T11:00:00Z',
    credentialSubject: {
      id: `${listUrl}#list`,
      type,
      ...(type === 'StatusList2021' && { statusPurpose: 'revocation' }),
      encodedList: await encodeOlderBitstring(bitsOf(options)),
      ...options.subject,
    },
  }
  return copyOf(await issue({ credential: credential as never, key: school, now: listTime }))
}

/** The learner's badge with this status. */
export function badgeWith(credentialStatus: unknown = entryAt(), key: Signer = school): Promise<Document> {
  return signed({ ...badge(), credentialStatus }, key)
}

/** A loader of these lists that counts how often it was asked. */
export function loaderOf(lists: { readonly [url: string]: unknown }): {
  readonly load: (url: string) => Promise<unknown>
  readonly asked: string[]
} {
  const asked: string[] = []
  return {
    asked,
    load: async (url) => {
      asked.push(url)
      return lists[url]
    },
  }
}

/** A list past every check of `issue`: what another program could sign. */
export async function signedAnyway(subject: object, more: object = {}, key: Signer = school): Promise<Document> {
  const list = await unsignedList({ subject })
  return withProof({ ...list, ...more }, key)
}

/** The school's badge past every check of `issue`. */
export function badgeSignedAnyway(credentialStatus: unknown, key: Signer = school): Promise<Document> {
  return withProof({ ...badge(), issuer: school.controller, credentialStatus }, key)
}
