/**
 * What a store of status lists must do. A registry says what shall be kept; a store keeps it, once and for all.
 *
 * A store knows no index. It hands out places, 0, 1, 2 … in the order in which credentials came; which index a place stands for
 * is the registry's secret (`order.ts`). So a store needs no randomness and no retry, and reaches the last place of a list.
 */

import type { StatusEvent } from './event-log.ts'

/** What a status is about (Bitstring Status List 1.0 section 2.1). */
export type StatusPurpose = 'revocation' | 'suspension' | 'message' | 'refresh'

/** A list when it is opened. Nothing of it ever changes. */
export interface StatusListRecord {
  /** Names the list in its URL; unique in the store. */
  readonly id: string
  readonly tenant: string
  readonly purpose: StatusPurpose
  /** 1, 2, 3 … within tenant and purpose. */
  readonly number: number
  /** Number of statuses. */
  readonly length: number
  /** Bits of one status. */
  readonly statusSize: number
  /** Decides which index each place stands for; 32 bytes as base64url. Whoever has it can tell in which order credentials were issued. */
  readonly secret: string
}

/** A list as it stands. */
export interface StatusListState extends StatusListRecord {
  /** Places from 0 up to here, without it, are taken. */
  readonly allocated: number
  /** Number of the last event in the list's log. */
  readonly seq: number
  /** Version that was published last, 0 before the first. */
  readonly version: number
}

/** One credential's place in a list. */
export interface StatusPlace {
  readonly list: string
  readonly place: number
}

/** A new value for a place. */
export interface StatusChange {
  readonly place: number
  /** 0 is "not set". */
  readonly value: number
}

/** A signed list, as it is served. */
export interface PublishedStatusList {
  readonly list: string
  /** 1, 2, 3 … */
  readonly version: number
  /** Number of the last event whose effect is in it. */
  readonly covers: number
  /** dateTimeStamp of its `validFrom` and `validUntil`. */
  readonly validFrom: string
  readonly validUntil: string
  /** Milliseconds for which it may be kept before it is looked up again. */
  readonly ttl: number
  /** The secured credential as text, byte for byte: JSON, or a JWT. */
  readonly credential: string
}

/** Who asks, and for which credentials. `keys` are the registry's names for credentials: 32 hexadecimal digits, each once. */
export interface StatusKeys {
  readonly tenant: string
  readonly purpose: StatusPurpose
  readonly keys: readonly string[]
}

/**
 * Keeps status lists. Every method is atomic: it happens as a whole or not at all, also when the process is killed in the middle,
 * and what it answered is there for whoever asks afterwards, in whichever process. A throw means "could not find out": what
 * was asked may have happened or not, and asking again is safe.
 *
 * Each method that changes a list adds one event to the list's log, in the same step (`event-log.ts`).
 */
export interface StatusStore {
  /** The tenant's secret: the one that is kept, or else the proposed one, from now on. */
  secret(tenant: string, proposed: string): Promise<string>
  /** Opens a list. False, and nothing done, when the id, or the number for this tenant and purpose, is taken. */
  open(list: StatusListRecord, time: string): Promise<boolean>
  /** The tenant's lists, in the order of purpose and number. */
  lists(tenant: string): Promise<readonly StatusListState[]>
  /**
   * A place for each key, in the order of `keys`: the one it has already, or the next free one of the first list with room.
   * `undefined` where none was found. Never two keys in one place, never two places for one key.
   */
  allocate(request: StatusKeys & { readonly time: string }): Promise<readonly (StatusPlace | undefined)[]>
  /** The place of each key; `undefined` where it has none. */
  find(request: StatusKeys): Promise<readonly (StatusPlace | undefined)[]>
  /**
   * Changes values of places that are taken, each place once. True for each whose value was another one before; one event for all
   * of these together. Throws for a place that is not taken, and changes none then.
   */
  change(request: {
    readonly list: string
    readonly changes: readonly StatusChange[]
    readonly time: string
    readonly reason?: string
  }): Promise<readonly boolean[]>
  /** All places whose value is not 0, and the number of the last event, as of one moment. */
  values(list: string): Promise<{ readonly seq: number; readonly values: readonly StatusChange[] }>
  /** Events of a list after number `after`, in order, at most `limit`. */
  events(list: string, after: number, limit: number): Promise<readonly StatusEvent[]>
  /** Events that name this place, in order. */
  history(list: string, place: number): Promise<readonly StatusEvent[]>
  /** Puts a signed list. False, and nothing done, unless its version is the one after the last. */
  publish(published: PublishedStatusList, event: string): Promise<boolean>
  /** The signed list with the highest version. */
  published(list: string): Promise<PublishedStatusList | undefined>
}
