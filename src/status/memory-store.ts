/** Status lists in memory: for tests and trials. They are gone when the process ends. */

import { logStatusStore } from './log-store.ts'
import type { StatusStore } from './store.ts'

/** A store that lives as long as the process. */
export function memoryStatusStore(): StatusStore {
  const records: string[] = []
  return logStatusStore({
    read: async (from, most) => records.slice(from, from + most),
    append: async (place, record) => {
      if (place !== records.length) return false
      records.push(record)
      return true
    },
  })
}
