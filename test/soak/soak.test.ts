/** A short run on each engine that is here: workers die at every named step and in between, and nothing is lost. */

import { describe, expect, it } from 'vitest'
import { soak } from '../../scripts/soak/soak.ts'
import { type Engine, missing } from '../helpers/engines.ts'

describe.each<Engine>(['file', 'sqlite', 'postgres'])('soak on %s', (engine) => {
  const why = missing(engine)
  it.skipIf(why)(`loses nothing${why === undefined ? '' : ` (${why})`}`, { timeout: 240_000 }, async () => {
    const result = await soak({ engine, processes: 2, operations: 80, kills: 10, timeout: 200_000 })
    expect(result).toMatchObject({ operations: 160, kills: 10, duplicates: [], lost: [], torn: [] })
    expect(result.versions).toBeGreaterThan(0)
  })
})
