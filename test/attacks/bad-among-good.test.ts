/** Attack: a forged badge is hidden among genuine ones in one presentation. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { challenge, edit, judgePresentation, now, presented, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const forged = edit(await signedBadge({ name: 'Workshop safety' }), '/name', 'Doctorate')

it.each([0, 1, 2])('is refused at place %i, and named', async (place) => {
  const credentials = [good, good].toSpliced(place, 0, forged)
  const report = await verify({ presentation: await presented(credentials), challenge, now })
  expect(report.verified).toBe(false)
  expect(report.credentials.map(({ verified }) => verified)).toEqual([0, 1, 2].map((index) => index !== place))
  expect(report.checks).toContainEqual(
    expect.objectContaining({ code: 'CONTENT_INVALID', path: `/verifiableCredential/${place}` }),
  )
})

it('genuine ones alone are good', async () => {
  expect(await judgePresentation(await presented([good, await signedBadge({ name: 'Safety' })]))).toEqual(['valid'])
})
