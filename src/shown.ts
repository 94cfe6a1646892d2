/** What a presentation shows: credentials, and among them the status lists that are stapled to it. */

import type { EnvelopeInput, Opening } from './checks/envelope.ts'
import { mayBeEnveloped } from './checks/form.ts'
import { idOf } from './encoding/json.ts'
import { isOnlyList } from './status/list-index.ts'
import type { StapledList } from './status/memory.ts'
import type { JsonValue } from './types.ts'

/** One credential of a presentation; `list` where it is a status list. */
export interface Shown {
  readonly credential: JsonValue
  readonly envelope: EnvelopeInput
  readonly list?: StapledList & { readonly id: string }
}

/** Opens what is in an envelope, and tells lists from records; nothing is verified. */
export function readShown(credentials: readonly JsonValue[], opening: Opening): Promise<readonly Shown[]> {
  return Promise.all(credentials.map((credential) => readOne(credential, opening)))
}

/** The lists by their ids: of several with one id the last. */
export function listsIn(shown: readonly Shown[]): ReadonlyMap<string, StapledList> {
  return new Map(shown.flatMap(({ list }) => (list ? [[list.id, list]] : [])))
}

async function readOne(credential: JsonValue, opening: Opening): Promise<Shown> {
  const read = { value: credential }
  if (!mayBeEnveloped(read)) return toShown(credential, undefined, isOnlyList(credential))
  const { openList, isListToken } = await import('./seldom.ts')
  const envelope = await openList(read, credential, opening)
  if (!envelope || 'problem' in envelope) return toShown(credential, envelope, false)
  const { opened } = envelope
  return toShown(credential, envelope, isOnlyList(opened.document) || isListToken(opened))
}

function toShown(credential: JsonValue, envelope: EnvelopeInput, isList: boolean): Shown {
  if (!isList) return { credential, envelope }
  const document = envelope && 'opened' in envelope ? envelope.opened.document : credential
  return { credential, envelope, list: { id: idOf(document) ?? '', document: credential } }
}
