import { describe, expect, it } from 'vitest'
import { caseAlignment, ctdlAlignment, toAlignment } from '../../src/records/alignment.ts'
import { refusal } from './samples.ts'

const uri = 'https://case.example/ims/case/v1p0/CFItems/4fd3'
const url = 'https://ctdl.example/resources/ce-4fd3'

describe('caseAlignment', () => {
  it('reads a CFItem as a server returns it, with members that no one asked for', () => {
    const item = {
      identifier: '4fd3',
      uri,
      humanCodingScheme: 'SCI.7.2',
      fullStatement: 'Describe how energy moves through an ecosystem.',
      abbreviatedStatement: 'Energy in ecosystems',
      CFDocumentURI: { title: 'Science Standards', identifier: 'aa', uri: 'https://case.example/doc' },
      lastChangeDateTime: '2026-01-01T00:00:00Z',
    }
    expect(caseAlignment(item)).toEqual({
      type: ['Alignment'],
      targetType: 'CFItem',
      targetUrl: uri,
      targetName: 'Energy in ecosystems',
      targetDescription: 'Describe how energy moves through an ecosystem.',
      targetCode: 'SCI.7.2',
      targetFramework: 'Science Standards',
    })
  })

  it('leaves out what the item does not have', () => {
    expect(caseAlignment({ uri, fullStatement: 'Counts to ten.' })).toEqual({
      type: ['Alignment'],
      targetType: 'CFItem',
      targetUrl: uri,
      targetName: 'Counts to ten.',
    })
  })
})

describe('ctdlAlignment', () => {
  it('makes a competency of a statement', () => {
    const target = {
      url,
      competencyText: 'Welds steel.',
      codedNotation: 'W1',
      ctid: 'ce-4fd3',
      frameworkName: 'Welding',
    }
    expect(ctdlAlignment(target)).toEqual({
      type: ['Alignment'],
      targetType: 'ceasn:Competency',
      targetUrl: url,
      targetName: 'Welds steel.',
      targetCode: 'W1',
      targetFramework: 'Welding',
    })
    expect(ctdlAlignment({ url, competencyText: 'Welds steel.', competencyLabel: 'Welding' })).toMatchObject({
      targetName: 'Welding',
      targetDescription: 'Welds steel.',
    })
  })

  it('makes a credential of a name', () => {
    expect(ctdlAlignment({ url, name: 'Welder', description: 'A licence.', ctid: 'ce-4fd3' })).toEqual({
      type: ['Alignment'],
      targetType: 'ceterms:Credential',
      targetUrl: url,
      targetName: 'Welder',
      targetDescription: 'A licence.',
      targetCode: 'ce-4fd3',
    })
  })
})

it.each([
  [() => caseAlignment({ uri: 'items/1', fullStatement: 'x' }), 'item.uri: "items/1" is not an absolute IRI'],
  [() => caseAlignment({ uri } as never), 'item.fullStatement is missing'],
  [() => caseAlignment(null as never), 'item is not an object'],
  [() => ctdlAlignment({ url } as never), 'target has no statement and no name'],
  [() => ctdlAlignment({ name: 'x' } as never), 'target.url is missing'],
  [
    () => toAlignment({ targetName: 'x', targetUrl: url, targetType: 'CFitem' as never }, 'alignment[1]'),
    'alignment[1].targetType: "CFitem" is not in the vocabulary; use one of ceasn:Competency, ',
  ],
])('refuses what points nowhere (%#)', (call, message) => {
  expect(refusal(call)).toContain(`OPTION_INVALID: ${message}`)
})
