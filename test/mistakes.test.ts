/** What is easily passed by mistake: each is told for what it is, with what would be right. */

import {
  addProof,
  createIssuer,
  createStatusRegistry,
  disclose,
  issue,
  issueMany,
  memoryStatusStore,
  online,
  openBadge,
  present,
  publish,
  verify,
  verifyMany,
} from 'testamur'
import { toHtml } from 'testamur/html'
import { httpHandler } from 'testamur/http'
import { bake, checkEvidence, decide, employer, extractRecords, mergeRecords, pathway, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { askMeant } from '../src/encoding/meant.ts'
import { badge, challenge, codesOf, learner, now, school, signedBadge } from './helpers/fixtures.ts'

const credential = await signedBadge()
const report = await verify({ credential, now })
const registry = createStatusRegistry({ store: memoryStatusStore(), url: 'https://school.example/status' })
const late = <T>(value: T): never => Promise.resolve(value) as never

/** What a call says that is refused. */
async function told(call: () => unknown): Promise<string> {
  try {
    const answer = await call()
    for await (const _ of answer as AsyncIterable<unknown>) return 'was taken'
    return 'was taken'
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`
  }
}

describe('an await that was forgotten is told', () => {
  const presentation = { key: learner, challenge, now }
  it.each<[string, () => unknown]>([
    ['issue: key', () => issue({ key: late(school), credential: badge() })],
    ['issue: credential', () => issue({ key: school, credential: late(badge()) })],
    ['createIssuer: key', () => createIssuer({ key: late(school) })],
    ['issueMany: key', () => issueMany({ key: late(school), credentials: [badge()] })],
    ['issueMany: credentials', () => issueMany({ key: school, credentials: late([badge()]) })],
    ['verifyMany: credentials', () => verifyMany({ credentials: late([credential]) })],
    ['present: credentials[0]', () => present({ ...presentation, credentials: [late(credential)] })],
    ['present: credentials', () => present({ ...presentation, credentials: late([credential]) })],
    ['addProof: credential', () => addProof({ key: school, credential: late(credential) })],
    ['disclose: credential', () => disclose({ credential: late(credential), reveal: [] })],
    ['publish: key', () => publish({ registry, key: late(school) })],
    ['decide: report', () => decide(late(report), employer())],
    ['policy: give one', () => decide(report, late(employer()))],
    ['skills: report', () => skills(late(report))],
    ['pathway: report', () => pathway({ report: late(report), achievements: [], acceptIssuer: () => true })],
    ['mergeRecords: report', () => mergeRecords({ reports: [late(report)] })],
    ['extractRecords: report', () => extractRecords({ report: late(report), ids: [] })],
    ['checkEvidence: report', () => checkEvidence({ report: late(report), open: () => undefined })],
    ['toHtml: report', () => toHtml({ report: late(report) })],
    ['toHtml: credential', () => toHtml({ credential: late(credential) })],
    [
      'bake: credential',
      () => bake({ image: '<svg xmlns="http://www.w3.org/2000/svg"/>', credential: late(credential) }),
    ],
  ])('%s', async (where, call) => {
    const text = await told(call)
    expect(text).toContain(`OPTION_INVALID: ${where}`)
    expect(text).toContain('what is given is a Promise: write await before what it comes from')
  })
})

describe('verify says of what it is given', () => {
  const said = async (options: object) => {
    const { checks, verdict } = await verify(options as { credential: unknown })
    expect([verdict, codesOf({ checks } as never)]).toEqual(['invalid', ['INPUT_MALFORMED']])
    return checks[0]?.message
  }
  it.each([
    [late(credential), 'it is a Promise; write await before what it comes from'],
    ['badge.json', 'it is the name of a file; read the file, and give what is in it'],
    ['../badges of 2026/ada.png', 'the text is not JSON'],
    ['/home/ada/badge.JSONLD\n', 'it is the name of a file'],
    ['https://school.example/badges/1', 'it is a URL, and nothing is fetched here; load what is there'],
    [`https://school.example/${'x'.repeat(2_000)}`, 'the text is not JSON'],
    ['a badge', 'the text is not JSON'],
  ])('%j', async (input, what) => {
    expect(await said({ credential: input })).toContain(`The credential cannot be read: ${what}`)
    expect(await said({ presentation: input, challenge })).toContain(`The presentation cannot be read: ${what}`)
  })

  it('neither name nor address is what stands inside a document', async () => {
    const record = await verify({ credential: { ...credential, credentialSubject: 'badge.json' }, now })
    expect(JSON.stringify(record)).not.toContain('name of a file')
  })
})

describe('status lists', async () => {
  const status = createStatusRegistry({
    store: memoryStatusStore(),
    url: 'https://school.example/lists',
    now: () => now,
  })
  const revocable = await issue({ credential: badge(), key: school, status, now })
  const [{ url = '' } = {}] = await status.lists()
  const list = await status.list(url)
  const signed = await issue({ credential: list, key: school, now })
  const said = async (statusLists: unknown) => {
    const { checks } = await verify({ credential: revocable, statusLists: statusLists as object[], now })
    return checks.find(({ name }) => name === 'status')?.message
  }

  it('that are not signed, or not waited for, or names of files are told', async () => {
    expect(await said([signed])).toContain('Not set')
    expect(await said([list])).toContain('the list itself is not signed: it has neither issuer nor proof')
    expect(await said({ [url]: list })).toContain('the list itself is not signed')
    expect(await said([late(signed)])).toContain('one of them is a Promise: write await before what it comes from')
    expect(await said(['list.json'])).toContain('one of them is text that holds no list: give what it names')
    expect(await said([{}])).toContain('one of them is no list with an id')
    expect(await said([])).not.toContain('one of them')
    for (const wrong of [late([signed]), signed]) {
      expect(await told(() => said(wrong))).toBe(
        'OPTION_INVALID: verify: statusLists must be a list of status lists, such as [list]',
      )
    }
  })

  it.each([
    [{ credential }, 'what is given has credential alone'],
    [credential, 'what is given is a JSON-LD document, such as a credential'],
    ['urn:example:1', 'what is given is text, nothing, or a Promise that needs await'],
    [undefined, 'what is given is text, nothing, or a Promise that needs await'],
    [{}, 'what is given is text, nothing, or a Promise that needs await'],
    [
      { entry: credential['credentialStatus'] },
      'entry is undefined: a credential without credentialStatus has no place in a list',
    ],
  ])('are not asked for the status of %j', async (target, what) => {
    const right = 'give { credentialId: credential.id } or { entry: credential.credentialStatus }'
    for (const verb of ['set', 'unset', 'get', 'history'] as const) {
      expect(await told(() => status[verb](target as never))).toBe(`OPTION_INVALID: ${verb}: ${right}; ${what}`)
    }
  })

  it('nor by anything else than text', async () => {
    const wrong = told(() => status.set({ credentialId: credential as never }))
    expect(await wrong).toContain('set: the id of the credential must be text; what is given is a JSON-LD document')
  })
})

describe('things in the place of others', () => {
  it.each<[() => unknown, string]>([
    [() => decide(employer() as never, report as never), 'after the report: decide(report, policy)'],
    [() => decide(report, employer as never), 'what is given is the function employer: call it'],
    [() => decide(credential as never, employer()), 'what is given is a JSON-LD document, such as a credential'],
    [() => decide({ verdict: 'valid' } as never, employer()), 'the kind is neither credential nor presentation'],
    [() => issue({ key: badge(), credential: school } as never), 'what is given is a JSON-LD document'],
    [() => issue({ key: school, credential: 'badge.json' } as never), 'a plain object; what is given is text'],
    [() => issue({ key: undefined, credential: badge() } as never), 'what is given is undefined'],
    [
      () => present({ key: learner, challenge, credentials: credential } as never),
      'a list, such as [credential]; what',
    ],
    [() => present({ key: learner, challenge, credentials: [report] }), 'what is given is a report of verify'],
    [() => verifyMany({ credentials: school } as never), 'what is given is a key'],
    [() => verifyMany({ credentials: 7 } as never), 'what is given is a number'],
  ])('%#', async (call, what) => {
    expect(await told(call)).toContain(what)
  })
})

describe('a name that is misspelt', () => {
  it.each<[() => unknown, string]>([
    [
      () => verify({ credentail: credential } as never),
      'there is no option "credentail" (did you mean "credential"?); the options are',
    ],
    [() => verify({ credential, statuslist: [] } as never), '(did you mean "statusLists"?)'],
    [() => verify({ credential, acceptControler: () => true } as never), '(did you mean "acceptController"?)'],
    [() => issue({ key: school, credential: badge(), formt: 1 } as never), '(did you mean "format"?)'],
    [() => present({ key: learner, credential } as never), '(did you mean "credentials"?)'],
    [() => openBadge({ name: 'Latin', achievment: {} } as never), '(did you mean "achievement"?)'],
    [() => createStatusRegistry({ stor: 1 } as never), '(did you mean "store"?)'],
    [() => decide(report, { ...employer(), tolerat: [] } as never), '(did you mean "tolerate"?)'],
    [() => online({ acceptAdress: () => true } as never), '(did you mean "acceptAddress"?)'],
    [() => httpHandler({ tenant: {}, authentication: () => 1 } as never), '(did you mean "authenticate"?)'],
    [() => verify({ credential, hints: 1 } as never), 'there is no option "hints"; the options are'],
  ])('%#', async (call, what) => {
    expect(await told(call)).toContain(what)
  })

  it('is taken for the one that begins most like it', () => {
    const names = ['acceptHolder', 'acceptController', 'key', 'keys']
    expect(['acceptContr', 'keyy', 'keys', 'ke', 'Key', ''].map((word) => askMeant(word, names))).toEqual([
      ' (did you mean "acceptController"?)',
      ' (did you mean "key"?)',
      ' (did you mean "keys"?)',
      '',
      '',
      '',
    ])
  })
})
