/** What every store of status lists must do. */

import { memoryStatusStore, type StatusStore } from 'testamur'
import { statusStoreContract } from 'testamur/testing'
import { describe, it } from 'vitest'

/** Each `connect` is another connection to the same lists. */
const stores: readonly (readonly [string, () => Promise<() => StatusStore | Promise<StatusStore>>])[] = [
  [
    'memoryStatusStore',
    async () => {
      const store = memoryStatusStore()
      return () => store
    },
  ],
]

describe.each(stores)('%s', async (_name, make) => {
  const connect = await make()
  for (const { name, run } of statusStoreContract) it(name, () => run(connect))
})
