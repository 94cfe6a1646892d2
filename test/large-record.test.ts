/** What is large and legitimate passes under the default limits. */

import { expect, it } from 'vitest'
import { judge, plainCredential, recordOf, signed } from './helpers/fixtures.ts'

it('a record of two thousand courses is valid', { timeout: 120_000 }, async () => {
  const course = await signed(plainCredential({ name: 'Course' }))
  const record = await recordOf(Array(2000).fill(course))
  expect(await judge(JSON.stringify(record))).toEqual(['valid'])
})
