/** What a credential says about its place in a status list: `BitstringStatusListEntry` (Bitstring Status List 1.0 section 2.1). */

import type { StatusEntry } from '../types.ts'
import type { StatusPurpose } from './store.ts'

/** What one value of a status of several bits means. */
export interface StatusMessage {
  /** The value in hexadecimal, such as `0x2`. */
  readonly status: string
  readonly message: string
}

/** An entry of `credentialStatus`. */
export interface BitstringStatusListEntry extends StatusEntry {
  readonly id: string
  readonly type: 'BitstringStatusListEntry'
  readonly statusPurpose: StatusPurpose
  /** A whole number, written in decimal. */
  readonly statusListIndex: string
  /** URL of the list. */
  readonly statusListCredential: string
  readonly statusSize?: number
  readonly statusMessage?: readonly StatusMessage[]
}

/** What `issue` asks of a registry: the entries for `credentialStatus` of a credential, the same for the same id. */
export interface StatusAllocator {
  allocate(credential: { readonly id: string }): Promise<readonly StatusEntry[]>
}

/** Writes an entry. `messages` say what each value means, for lists with more than one bit to a status. */
export function statusEntry(
  url: string,
  index: number,
  purpose: StatusPurpose,
  messages: readonly string[] | undefined,
): BitstringStatusListEntry {
  return {
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: url,
    ...(messages && {
      statusSize: Math.log2(messages.length),
      statusMessage: messages.map((message, value) => ({ status: `0x${value.toString(16)}`, message })),
    }),
  }
}
