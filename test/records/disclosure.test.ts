/** What of a record is mandatory, what a learner's words stand for, and what no grade is shown without. */

import fc from 'fast-check'
import type { JsonObject, JsonValue } from 'testamur'
import { describe, expect, it } from 'vitest'
import { assertMeaning, mandatoryPointersOf, revealedPointersOf } from '../../src/records/disclosure.ts'

const credential = (more: object = {}): JsonObject =>
  ({ type: ['VerifiableCredential'], name: 'A', ...more }) as JsonObject

describe('what is mandatory', () => {
  it.each([
    'issuer',
    'validFrom',
    'validUntil',
    'issuanceDate',
    'expirationDate',
    'credentialStatus',
    'credentialSchema',
    'termsOfUse',
  ])('%s, where it is there', (name) => {
    expect(mandatoryPointersOf(credential({ [name]: 'x' }))).toEqual([`/${name}`])
    expect(mandatoryPointersOf(credential())).toEqual([])
  })

  it.each<readonly [string, JsonValue, readonly string[]]>([
    ['its id', { id: 'urn:x:1', type: 'Person' }, ['/credentialSubject/id']],
    ['its type where it has no id', { type: 'Person', name: 'Ada' }, ['/credentialSubject/type']],
    ['nothing where it has neither', { name: 'Ada' }, []],
    ['nothing of several, whose ids show anyway', [{ id: 'urn:x:1' }, { id: 'urn:x:2' }], []],
  ])('of the subject: %s', (_name, credentialSubject, expected) => {
    expect(mandatoryPointersOf(credential({ credentialSubject }))).toEqual(expected)
  })

  const described = { id: 'urn:x:d', name: 'Grade' }
  it('of each result: status, the description that it names, and that description', () => {
    const credentialSubject = {
      achievement: { resultDescription: [{ id: 'urn:x:other' }, described] },
      result: [{ value: '1' }, { value: '2', status: 'Failed', resultDescription: 'urn:x:d' }],
    }
    expect(mandatoryPointersOf(credential({ credentialSubject }))).toEqual([
      '/credentialSubject/result/1/resultDescription',
      '/credentialSubject/result/1/status',
      '/credentialSubject/achievement/resultDescription/1',
    ])
  })

  it('the same where there is one of each, in no list, and in each of several subjects', () => {
    const subject = {
      achievement: [{ resultDescription: described }],
      result: { value: '2', resultDescription: 'urn:x:d' },
    }
    expect(mandatoryPointersOf(credential({ credentialSubject: [{ id: 'urn:x:1' }, subject] }))).toEqual([
      '/credentialSubject/1/result/resultDescription',
      '/credentialSubject/1/achievement/0/resultDescription',
    ])
  })
})

describe('what a grade is not shown without', () => {
  const record = credential({
    credentialSubject: {
      achievement: { resultDescription: { id: 'urn:x:d' } },
      result: { value: '2', achievedLevel: 'urn:x:l', status: 'Failed', resultDescription: 'urn:x:d', note: 'x' },
    },
  })
  const result = '/credentialSubject/result'
  const meaning = [
    `${result}/status`,
    `${result}/resultDescription`,
    '/credentialSubject/achievement/resultDescription',
  ]

  it.each(['value', 'achievedLevel'])('%s', (name) => {
    expect(() => assertMeaning(record, [`${result}/${name}`, ...meaning])).not.toThrow()
    for (const [index, missing] of meaning.entries()) {
      expect(() => assertMeaning(record, [`${result}/${name}`, ...meaning.toSpliced(index, 1)])).toThrow(missing)
    }
  })

  it('a result as a whole, or what is around it, has its status but not its description', () => {
    expect(() => assertMeaning(record, [result])).toThrow('/credentialSubject/achievement/resultDescription')
    expect(() => assertMeaning(record, [result, '/credentialSubject/achievement'])).not.toThrow()
    expect(() => assertMeaning(record, ['/credentialSubject'])).not.toThrow()
    expect(() => assertMeaning(record, [''])).not.toThrow()
  })

  it('what is not the grade may be shown alone', () => {
    expect(() => assertMeaning(record, [`${result}/note`, `${result}/status`, '/name'])).not.toThrow()
    expect(() => assertMeaning(record, [`${result}/valueAdded`])).not.toThrow()
  })
})

describe('words', () => {
  const inner = { type: ['VerifiableCredential'], id: 'urn:x:inner', credentialSubject: { humanCode: 'GEO-1' } }
  const record = credential({
    id: 'urn:x:own',
    credentialSubject: {
      id: 'urn:x:ada',
      achievement: {
        id: 'urn:x:a',
        humanCode: 'LAT-2',
        resultDescription: { id: 'urn:x:d' },
        related: [{ id: 'urn:x:twice' }, { id: 'urn:x:twice' }],
      },
      result: [{ id: 'urn:x:r', value: '2', status: 'Failed', resultDescription: 'urn:x:d' }],
      verifiableCredential: [inner],
    },
  })
  const subject = '/credentialSubject'

  it.each<readonly [string, readonly string[]]>([
    ['urn:x:a', [`${subject}/achievement`]],
    ['LAT-2', [`${subject}/achievement`]],
    ['urn:x:twice', [`${subject}/achievement/related/0`, `${subject}/achievement/related/1`]],
    [
      'urn:x:r',
      [
        `${subject}/result/0`,
        `${subject}/result/0/resultDescription`,
        `${subject}/result/0/status`,
        `${subject}/achievement/resultDescription`,
      ],
    ],
    ['urn:x:inner', [`${subject}/verifiableCredential/0`]],
    ['GEO-1', [`${subject}/verifiableCredential/0`]],
    [`${subject}/verifiableCredential/0`, [`${subject}/verifiableCredential/0`]],
    ['/name', ['/name']],
    ['', ['']],
  ])('%j stands for its place, and a part of a credential inside for the whole of it', (word, expected) => {
    expect(revealedPointersOf(record, [word, word])).toEqual(expected)
  })

  it.each(['LAT-3', 'name', 'urn:x:ada', 'urn:x:own', 'constructor'])('%s, which nothing has, is refused', (word) => {
    expect(() => revealedPointersOf(record, [word])).toThrow('LAT-2')
  })

  it('a pointer into a credential inside is refused, and names the credential', () => {
    const path = `${subject}/verifiableCredential/0`
    for (const part of ['/id', '/credentialSubject', '/credentialSubject/humanCode', '/nothing']) {
      expect(() => revealedPointersOf(record, [`${path}${part}`])).toThrow(`reveal the whole of it, ${path}`)
    }
  })
})

describe('any pointers', () => {
  const subject = {
    achievement: { resultDescription: [{ id: 'urn:x:d' }, { id: 'urn:x:e' }, { id: 'urn:x:d' }] },
    result: [
      { value: '1', status: 'Failed', resultDescription: 'urn:x:d' },
      { value: '2', resultDescription: 'urn:x:e' },
      { achievedLevel: { id: 'urn:x:l' } },
    ],
  }
  const record = credential({ credentialSubject: subject })
  const at = '/credentialSubject'
  const described = (index: number) => `${at}/achievement/resultDescription/${index}`
  const own = (index: number, names: readonly string[]) => names.map((name) => `${at}/result/${index}/${name}`)
  const needs = [
    [...own(0, ['resultDescription', 'status']), described(0), described(2)],
    [...own(1, ['resultDescription']), described(1)],
    [],
  ]
  const within = (path: string, around: string) => path === around || path.startsWith(`${around}/`)
  const isMeant = (pointers: readonly string[]): boolean =>
    needs.every((each, index) => {
      const grades = own(index, ['value', 'achievedLevel'])
      const isShown = grades.some((path) => pointers.some((one) => within(path, one) || within(one, path)))
      return !isShown || each.every((need) => pointers.some((one) => within(need, one)))
    })
  const pointer = fc.constantFrom(
    '',
    at,
    `${at}/achievement`,
    `${at}/achievement/resultDescription`,
    ...[0, 1, 2].map(described),
    `${at}/result`,
    ...[0, 1, 2].flatMap((index) => [
      `${at}/result/${index}`,
      ...own(index, ['value', 'status', 'resultDescription', 'achievedLevel', 'achievedLevel/id', 'valu', 'value0']),
    ]),
  )

  it('show a grade with its status and what it measures, or are refused', () => {
    fc.assert(
      fc.property(fc.array(pointer, { maxLength: 8 }), (pointers) => {
        const refuse = () => assertMeaning(record, pointers)
        if (isMeant(pointers)) expect(refuse).not.toThrow()
        else expect(refuse).toThrow('means nothing without')
      }),
      { numRuns: 2000 },
    )
  })

  it('are found for a name that several have, each with what it needs, once', () => {
    const twice = credential({
      credentialSubject: { ...subject, result: subject.result.map((each) => ({ ...each, id: 'urn:x:r' })) },
    })
    expect(revealedPointersOf(twice, ['urn:x:r', 'urn:x:r'])).toEqual([
      ...[0, 1, 2].map((index) => `${at}/result/${index}`),
      ...own(0, ['resultDescription', 'status']),
      ...own(1, ['resultDescription']),
      ...[0, 2, 1].map(described),
    ])
  })
})
