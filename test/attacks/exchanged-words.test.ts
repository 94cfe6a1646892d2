/** Attack: a published context is replaced by one in the document, under which other words stand for what was signed. */

import { expect, it } from 'vitest'
import { copyOf, edit, judge, signedBadge } from '../helpers/fixtures.ts'

const vocabulary = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const achievement = {
  id: 'urn:example:1',
  name: 'Welding',
  description: 'Welds.',
  criteria: 'Exam.',
  humanCode: 'BA',
  fieldOfStudy: 'PhD',
}
const good = await signedBadge({ achievement })
const words = {
  OpenBadgeCredential: `${vocabulary}OpenBadgeCredential`,
  AchievementSubject: `${vocabulary}AchievementSubject`,
  Achievement: `${vocabulary}Achievement`,
  achievement: { '@id': `${vocabulary}achievement`, '@type': '@id' },
  criteria: { '@id': `${vocabulary}Criteria`, '@type': '@id' },
  narrative: `${vocabulary}narrative`,
}
const at = '/credentialSubject/achievement'

it('two words exchanged are refused', async () => {
  const context = { ...words, humanCode: `${vocabulary}fieldOfStudy`, fieldOfStudy: `${vocabulary}humanCode` }
  const exchanged = edit(edit(edit(good, `${at}/humanCode`, 'PhD'), `${at}/fieldOfStudy`, 'BA'), '/@context/1', context)
  expect(await judge(exchanged)).not.toContain('valid')
})

it('a word renamed is refused', async () => {
  const context = { ...words, fieldOfStudy: `${vocabulary}fieldOfStudy`, mastered: `${vocabulary}humanCode` }
  const renamed = edit(edit(edit(good, `${at}/humanCode`), `${at}/mastered`, 'BA'), '/@context/1', context)
  expect(await judge(renamed)).not.toContain('valid')
})

it('the words of the issuer are good', async () => {
  expect(await judge(copyOf(good))).toEqual(['valid'])
})
