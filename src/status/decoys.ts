/**
 * Decoys: places that belong to nobody. Some of them are set whenever others are, so that the number of set statuses in a list, and
 * how it grows, does not tell how many credentials were revoked.
 */

import { draftList, type StatusListDraft } from './draft.ts'
import type { StatusChange } from './store.ts'
import { decoyKeys, type KnownList, type Tenant } from './tenant.ts'

/** The next version of a list; where statuses were changed since the last one, up to as many decoys are set first. */
export async function draftWithDecoys(tenant: Tenant, list: KnownList): Promise<StatusListDraft> {
  const draft = await draftList(tenant, list)
  const count = Math.min(draft.changed, tenant.settings.decoys)
  const changes = count === 0 ? [] : await someDecoys(tenant, list, randomBelow(count + 1))
  if (changes.length === 0) return draft
  await tenant.store.change({ list: list.state.id, changes, time: tenant.settings.now().toISOString() })
  return draftList(tenant, list)
}

/** Decoys that are not set yet, in random choice, with a value for each. */
async function someDecoys(
  { settings, store, keyOf }: Tenant,
  { state }: KnownList,
  count: number,
): Promise<readonly StatusChange[]> {
  const keys = await decoyKeys(keyOf, state.id, settings.decoys)
  const found = await store.find({ tenant: state.tenant, purpose: state.purpose, keys })
  const set = new Set((await store.values(state.id)).values.map(({ place }) => place))
  const free = found.flatMap((each) => (each?.list === state.id && !set.has(each.place) ? [each.place] : []))
  const changes: StatusChange[] = []
  while (changes.length < count && free.length > 0) {
    const [place] = free.splice(randomBelow(free.length), 1)
    changes.push({ place: place as number, value: 1 + randomBelow(2 ** state.statusSize - 1) })
  }
  return changes
}

function randomBelow(end: number): number {
  const [word] = crypto.getRandomValues(new Uint32Array(1))
  return Math.floor(((word as number) / 2 ** 32) * end)
}
