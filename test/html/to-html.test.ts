/** Pages for people: what a report and a credential come to in words, in which language, and what is told not to be known. */

import {
  digestOfJson,
  endorsement,
  issue,
  type OpenBadgeInput,
  openBadge,
  present,
  trustList,
  vcJwt,
  verify,
} from 'testamur'
import { arabic, english, type Messages, portuguese, spanish, type ToHtmlOptions, toHtml } from 'testamur/html'
import { bake } from 'testamur/records'
import { beforeAll, describe, expect, it } from 'vitest'
import { badge, challenge, college, edit, learner, now, school, signed, signedBadge } from '../helpers/fixtures.ts'
import { tagsOf, textOf } from '../helpers/html.ts'
import { courses, transcript } from '../helpers/transcript.ts'
import { fullBadge } from '../records/samples.ts'

const judge = (credential: unknown, more: object = {}) => verify({ credential, now, ...more })
const read = (options: ToHtmlOptions) => textOf(toHtml(options))
const good = await signedBadge()

describe('the answer', () => {
  it('stands first: valid, invalid, undecided', async () => {
    const valid = toHtml({ report: await judge(good), verifiedAt: now })
    expect(textOf(valid)).toMatch(/^ +Welding – Valid +✓ Valid This credential is valid, issued by/)
    expect(textOf(valid)).toContain('Verified on 22 November 2026 at 12:00')
    const changed = read({ report: await judge(edit(good, '/name', 'Diving')) })
    expect(changed).toMatch(/^ +Diving – Invalid +✗ Invalid This credential is INVALID\./)
    expect(changed).toContain('This page does not say when it was verified')
    const undecided = read({ report: await judge(good, { resolveDid: () => Promise.reject(new Error('down')) }) })
    expect(undecided).toMatch(/\? Undecided .*KEY_UNAVAILABLE/)
  })

  it('says what is wrong, with its code, why it matters and what to do', async () => {
    const text = read({ report: await judge(edit(good, '/name', 'Diving')) })
    for (const words of english.problems.PROOF_INVALID) expect(text).toContain(words)
    expect(text).toMatch(/What is wrong .*PROOF_INVALID.*What the document says of itself\. None of it is confirmed\./)
  })

  it('of a report that was kept as JSON is the same', async () => {
    const report = await judge(good)
    expect(toHtml({ report: JSON.parse(JSON.stringify(report)), verifiedAt: now })).toBe(
      toHtml({ report, verifiedAt: now }),
    )
  })

  it('tells of each check, and of those that were not made', async () => {
    const report = await judge(good)
    const text = read({ report })
    for (const { name, outcome } of report.checks) {
      expect(text).toContain(`${english.checks[name as 'proof'].name} `)
      expect(text).toContain(english.outcomes[outcome])
    }
    expect(text).toContain('Who the issuer is was not looked up')
    expect(text).toContain('The name is the issuer’s own word')
  })

  it('names who vouches for the issuer', async () => {
    const trust = trustList({ name: 'the ministry', issuers: { [school.controller]: 'Shore School' } })
    expect(read({ report: await judge(good, { trust }) })).toMatch(/Known to: +the ministry *\. +Shore School/)
  })
})

describe('what was not verified', () => {
  it.each([
    ['an object', () => good],
    ['JSON text', () => JSON.stringify(good)],
    ['bytes', () => new TextEncoder().encode(JSON.stringify(good))],
    [
      'a picture',
      () => bake({ image: new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), credential: good }),
    ],
    ['a JWT', () => issue({ key: school, now, format: vcJwt(), credential: badge() })],
  ])('says so in large letters: %s', async (_, credential) => {
    const text = read({ credential: await credential() })
    expect(text).toContain('! NOT VERIFIED Nobody looked at the signature.')
    expect(text).toContain('Nothing was checked')
    expect(text).toContain('Welding')
    expect(text).not.toMatch(/✓|This credential is valid/)
  })

  it('is not believed when it calls itself a report', async () => {
    const report = await judge(good)
    const text = read({ credential: { ...report, ...good } })
    expect(text).toContain('NOT VERIFIED')
    expect(text).not.toContain('✓')
  })

  it.each(['{', '', 'eyJ.eyJ.x', '[]', 7, null, []])('may be anything: %j', (credential) => {
    expect(read({ credential })).toMatch(/NOT VERIFIED.*the input could not be read/)
  })

  it('of a report whose input could not be read says that', async () => {
    expect(read({ report: await judge('{') })).toMatch(/INPUT_MALFORMED.*the input could not be read/)
  })
})

describe('what a record says', () => {
  let page: string
  let text: string
  beforeAll(async () => {
    const unsigned = openBadge({
      ...fullBadge,
      issuer: { ...(fullBadge.issuer as object), id: school.controller },
    } as OpenBadgeInput)
    const praise = endorsement({
      name: 'Praise',
      endorsed: String(unsigned.id),
      endorsementComment: 'Careful work.',
      digestSRI: digestOfJson(unsigned),
    })
    const credential = { ...unsigned, endorsement: [await signed(praise, college)] }
    page = toHtml({ report: await judge(await signed(credential)) })
    text = textOf(page)
  })

  it.each([
    'Tidal Pools',
    'Ada Álvares',
    'Shore School',
    'Micro-credential',
    'BIO-231',
    'Marine ecology',
    'Survey *three* pools.',
    'Field methods',
    'ECO-8',
    'Letter grade',
    'one of C , B , A',
    'needed: B',
    'Mastered',
    'Nothing to add.',
    'Completed',
    'Field notes',
    'Its fingerprint is signed',
    'A talk to the class.',
    'Careful work.',
    'Endorsed by',
    '30 June 2031 at 11:00',
    'L-77',
    'Field Station',
    'known by a fingerprint only',
    'British English',
    'addressLocality Porto',
    'Shore District',
    'Picture elsewhere, not loaded',
  ])('%s', (words) => {
    expect(text.replace(/ +/g, ' ')).toContain(words)
  })

  it('leaves out no text of what was signed', async () => {
    const extra = {
      ...badge(),
      credentialSubject: { ...badge().credentialSubject, narrative: 'In the open sea.' },
    }
    const report = await judge(await signed(extra))
    expect(read({ report })).toContain('In the open sea.')
    expect(read({ credential: { strange: { deep: [{ member: 'of its own' }] } } })).toMatch(
      /strange +deep +member +of its own/,
    )
  })

  it('loads nothing', () => {
    for (const { name, attributes } of tagsOf(page)) {
      expect(['script', 'link', 'iframe', 'object', 'embed', 'form', 'base']).not.toContain(name)
      expect(attributes.get('src') ?? 'data:').toMatch(/^data:/)
    }
  })

  it('shows a picture that is in the record', async () => {
    const image = 'data:image/png;base64,iVBORw0KGgo='
    const shown = toHtml({ report: await judge(await signedBadge({ image: { id: image, caption: 'A star' } })) })
    const [found] = tagsOf(shown).filter(({ name }) => name === 'img')
    expect(found?.attributes).toEqual(
      new Map([
        ['src', image],
        ['alt', 'A star'],
      ]),
    )
  })

  it('tells the learner’s own word', async () => {
    expect(read({ report: await judge(await signedBadge({}, learner)) })).toContain('The learner’s own word')
  })
})

describe('what is inside', () => {
  it('a transcript is a table, and each record with its verdict', async () => {
    const text = read({ report: await judge(await transcript(await courses())) })
    expect(text.match(/Course \d+ +✓ Valid/g)).toHaveLength(33)
    expect(text).toMatch(/No\. +Name +Issuer +Date +Result +Verdict/)
    expect(text.match(/Speaks of +Course \d+/g)).toHaveLength(11)
    expect(text).toMatch(/Course 1 +is part of +Marine biology/)
  })

  it('names the one that is wrong, and does not condemn the rest', async () => {
    const [one, two] = await courses()
    const record = await transcript([one, two] as object[] as never)
    const path = '/credentialSubject/verifiableCredential/1/name'
    const { proof: _, ...unsigned } = edit(record, path, 'Course 9')
    const text = read({ report: await judge(await signedAnyway(unsigned)) })
    expect(text).toMatch(/Course 1 +✓ Valid/)
    expect(text).toMatch(/Course 9 +✗ Invalid/)
  })

  it('what nobody looked at is not verified', async () => {
    const record = await transcript((await courses()).slice(0, 2))
    const report = await judge(edit(record, '/name', 'Forged'))
    expect(read({ report })).toMatch(/Course 1 +! Not verified/)
    expect(read({ credential: record })).not.toContain('✓')
  })

  it('a later version supersedes an earlier one, visibly', async () => {
    const [one] = await courses()
    const before = await signed(
      { ...(one as object), proof: undefined, endorsement: undefined, validFrom: '2026-01-01T00:00:00Z' },
      college,
    )
    const text = read({ report: await judge(await transcript([before, one as never], [])) })
    expect(text).toMatch(/Course 1 +✓ Valid +Superseded: its issuer has issued it anew/)
  })

  it('a presentation, by whom it is shown', async () => {
    const presentation = await present({ credentials: [good], key: learner, challenge, now })
    const report = await verify({ presentation, challenge, now })
    expect(read({ report })).toMatch(/This presentation is valid, shown by.*Presented by.*Welding +✓ Valid/)
  })
})

describe('in the reader’s language', () => {
  const named = (name: unknown) => edit(badge(), '/name', name)

  it.each([
    ['es', spanish, 'Soldadura'],
    ['ar', arabic, 'اللحام'],
    ['en', english, 'Welding'],
    ['pt-BR', { ...portuguese, language: 'pt-BR' }, 'Soldagem'],
    ['pt', portuguese, 'Soldagem'],
  ] as const)('%s: the name of that language, marked as such', (_, messages: Messages, name) => {
    const page = toHtml({
      messages,
      credential: named([
        { '@value': 'Welding', '@language': 'en' },
        { '@value': 'Soldadura', '@language': 'es' },
        { '@value': 'Soldagem', '@language': 'pt-BR' },
        { '@value': 'اللحام', '@language': 'ar', '@direction': 'rtl' },
      ]),
    })
    expect(page).toContain(`<html lang="${messages.language}" dir="${messages.direction}">`)
    expect(page).toMatch(
      new RegExp(`<h1><bdi lang="[\\w-]+" dir="${name === 'اللحام' ? 'rtl' : 'auto'}">${name}</bdi></h1>`),
    )
  })

  it('of a language that is not there the one without a language, else the first', () => {
    const page = (name: unknown) => toHtml({ messages: spanish, credential: named(name) })
    expect(page(['Plain', { '@value': 'Greek', '@language': 'el' }])).toContain('<h1><bdi dir="auto">Plain</bdi></h1>')
    expect(page([{ '@value': 'Greek', '@language': 'el' }])).toContain('<h1><bdi lang="el" dir="auto">Greek</bdi></h1>')
    expect(page({ fr: 'Soudage', es: 'Soldadura' })).toContain('<h1><bdi lang="es" dir="auto">Soldadura</bdi></h1>')
  })

  it.each([spanish, arabic])(
    'checks and problems are told in $language, and details of reports as English',
    async (messages) => {
      const page = toHtml({ messages, report: await judge(edit(good, '/name', 'Diving')) })
      for (const words of messages.problems.PROOF_INVALID) expect(textOf(page)).toContain(words)
      expect(page).toContain('<bdi lang="en" dir="ltr">The signature does not fit')
    },
  )

  it('dates are those of the time zone, which is named', async () => {
    const report = await judge(good)
    expect(read({ report })).toMatch(/Valid from +1 September 2026 .*given in +UTC/)
    const later = read({ report, timeZone: 'America/Bogota', messages: spanish })
    expect(later).toMatch(/31 de agosto de 2026\D+19:00.*America\/Bogota/)
  })

  it('two calls give the same', async () => {
    const report = await judge(good)
    expect(toHtml({ report })).toBe(toHtml({ report }))
  })
})

const empty = { kind: 'credential', verdict: 'invalid', verified: false, checks: [] }

it.each([
  [undefined, 'give { report } or { credential }'],
  [{}, 'give { report } or { credential }'],
  [{ ...empty, verified: true, credential: {} }, 'there is no option "kind"'],
  [{ credential: {}, lang: 'es' }, 'there is no option "lang"'],
  [{ report: {} }, 'report must be what verify returned'],
  [{ report: { checks: [], nested: [] }, credential: {} }, 'not both'],
  [{ report: { kind: 'credential', verdict: 'valid', verified: true, checks: [] } }, '; nested is no list'],
  [{ credential: {}, timeZone: 'Mars' }, 'Mars'],
  [{ credential: {}, messages: 'es' }, 'messages must be one of the languages'],
  [{ report: { ...empty, nested: [] }, verifiedAt: 'today' }, 'verifiedAt must be a Date'],
])('a mistake of the caller is thrown: %j', (options, message) => {
  expect(() => toHtml(options as never)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
  )
})

/** A record whose content was changed, signed all the same: only its parts are wrong. */
async function signedAnyway(unsigned: object): Promise<object> {
  return signed(unsigned)
}
