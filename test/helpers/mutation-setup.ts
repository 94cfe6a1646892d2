/** For `npm run mutation`: once a test has failed for a mutant, the files that are left are not even loaded. */

import { afterEach, inject } from 'vitest'

const mutant: unknown = inject('activeMutant' as never)
const state = globalThis as { mutantKilled?: unknown }

if (mutant !== undefined && state.mutantKilled === mutant) throw new Error('A test has failed for this mutant.')

afterEach(({ task }) => {
  if (task.result?.state === 'fail') state.mutantKilled = mutant
})
