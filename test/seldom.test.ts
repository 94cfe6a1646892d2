import { issue, verify } from 'testamur'
import { expect, it, vi } from 'vitest'
import { badge, now, school } from './helpers/fixtures.ts'
import { badgeWith } from './helpers/status.ts'

const loaded = vi.hoisted(() => vi.fn())
vi.mock('../src/seldom.ts', async (importOriginal) => {
  loaded()
  return importOriginal()
})

it('loads what few documents need for those alone: not for a badge with results', async () => {
  const resultDescription = { id: 'urn:x:grade', type: 'ResultDescription', name: 'Grade', resultType: 'LetterGrade' }
  const plain = badge()
  const subject = plain.credentialSubject as { readonly achievement: object }
  const rich = {
    ...plain,
    credentialSubject: {
      ...subject,
      result: [{ type: ['Result'], resultDescription: resultDescription.id, value: 'A' }],
      achievement: { ...subject.achievement, resultDescription: [resultDescription] },
    },
  }
  const report = await verify({ credential: await issue({ credential: rich, key: school, now }), now })
  expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toContain('result passed')
  expect(report.verdict).toBe('valid')
  expect(loaded).not.toHaveBeenCalled()
  await verify({ credential: await badgeWith(), now })
  expect(loaded).toHaveBeenCalledOnce()
})
