/** What people hand in by mistake is named for what it is, with the built program. */

import { writeFileSync } from 'node:fs'
import { exportKey, exportKeyMultibase, exportKeyPem, generateKey, issue } from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { useProgram } from '../helpers/cli.ts'
import { badge } from '../helpers/fixtures.ts'
import { iTXt, png, svg } from '../helpers/pictures.ts'

const { run, file } = useProgram()
const school = await generateKey()

type Words = readonly [command: string, ...rest: readonly string[]]

/** Commands that look into a file, each with what else it needs. */
const commands: readonly Words[] = [
  ['inspect'],
  ['doctor'],
  ['issue', '--key', 'mine.json'],
  ['present', '--key', 'mine.json', '--challenge', 'c0ffee'],
  ['status list', '--status', 'lists'],
]

beforeAll(async () => {
  await run(['keygen', '--out', 'mine.json'])
  await run(['status', 'init', 'lists', '--url', 'https://school.example/status'])
  const signed = JSON.stringify(await issue({ key: school, credential: badge() }))
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['logo.png', png()],
    ['logo.svg', svg()],
    ['former.png', png(iTXt('openbadges', '{}'), iTXt('openbadges', '{}'))],
    ['empty.json', ''],
    ['blank.json', ' \n'],
    ['list.json', `[${signed}]`],
    ['lists.json', `[${signed},${signed}]`],
    ['text.json', '"badge"'],
  ]
  for (const [name, content] of files) writeFileSync(file(name), content)
}, 240_000)

const given = (word: string, [command, ...rest]: Words) => run([...command.split(' '), word, ...rest])

describe('what holds no credential', () => {
  const isList = 'is not a JSON object, but a list with one item in it: give that item alone'
  it.each([
    ['logo.png', 'the PNG has no credential in it; programs that save or send pictures often strip it'],
    ['logo.svg', 'the SVG has no credential in it'],
    ['former.png', 'the PNG has 2 assertions in it'],
    ['empty.json', 'the text is empty'],
    ['blank.json', 'the text is empty'],
    ['list.json', isList],
    ['lists.json', 'is not a JSON object, but a list of 2 items: give one at a time'],
    ['text.json', 'is not a JSON object, but a string'],
  ])('%s is named for what it is', async (name, words) => {
    const { code, out, err } = await given(name, ['inspect'])
    expect([code, out, err]).toEqual([65, '', expect.stringContaining(`${name} holds no credential: `)])
    expect(err).toContain(words)
  })

  it('other JSON is named at once, and not a line for each of its members', async () => {
    const other = { name: 'a-package', type: 'module', version: '1.0.0', scripts: {} }
    writeFileSync(file('package.json'), JSON.stringify(other))
    const words = 'package.json is no credential, but other JSON: a credential has "@context", "type"'
    const { code, out } = await given('package.json', ['verify'])
    expect([code, out]).toEqual([1, expect.stringMatching(/^package.json is no credential, but other JSON: .*\n$/)])
    expect(await given('package.json', ['inspect'])).toMatchObject({
      code: 65,
      out: '',
      err: expect.stringContaining(words),
    })
    expect(await given('package.json', ['issue', '--key', 'mine.json'])).toMatchObject({
      code: 65,
      err: expect.stringContaining(words),
    })
    expect(JSON.parse((await given('package.json', ['verify', '--json'])).out).verdict).toBe('invalid')
  })

  it.each([
    { type: ['OpenBadgeCredential'] },
    { type: 'VerifiablePresentaton' },
    { '@context': 'https://www.w3.org/ns/credentials/v2' },
    { issuer: 'did:example:school' },
    { proof: {} },
  ])('%j begins a credential: all that it lacks is told', async (begun) => {
    const { code, out } = await run(['verify', '-'], { input: JSON.stringify({ name: 'Latin', ...begun }) })
    expect([code, out]).toEqual([1, expect.stringMatching(/^This credential is INVALID.\n.*\/credentialSubject/s)])
  })

  it.each(commands.map((command) => ({ command })))('$command.0 says so', async ({ command }) => {
    expect(await given('list.json', command)).toMatchObject({ code: 65, err: expect.stringContaining(isList) })
  })

  it('verify says so in its report', async () => {
    expect(await run(['verify', 'list.json'])).toMatchObject({ code: 1, out: expect.stringContaining(isList) })
    const { code, out } = await run(['verify', 'empty.json'])
    expect([code, out]).toEqual([1, expect.stringContaining('The credential cannot be read: the text is empty.')])
  })
})

describe('a private key in place of a credential', async () => {
  const jwk = await exportKey(school)
  const texts: readonly (readonly [string, string, string])[] = [
    ['a JWK', JSON.stringify(jwk), jwk.d],
    ['a set of JWKs', JSON.stringify({ keys: [jwk] }), jwk.d],
    ['a verification method', JSON.stringify({ id: school.id, secretKeyMultibase: 'z3u2' }), 'z3u2'],
    ['a Multikey secret', await exportKeyMultibase(school), await exportKeyMultibase(school)],
    ['PEM', await exportKeyPem(school), (await exportKeyPem(school)).split('\n')[1] as string],
    ['encrypted PEM', await exportKeyPem(school, { passphrase: 'x' }), 'ENCRYPTED'],
  ]

  it.each(texts)('%s is not printed, whichever way it comes', async (_, text, secret) => {
    writeFileSync(file('secret'), text)
    for (const ran of [
      await run(['verify', 'secret']),
      await run(['verify', '-'], { input: text }),
      await run(['verify', text]),
      await run(['did', text]),
      await run([`--key=${text}`, 'did']),
    ]) {
      expect([ran.out, ran.err]).toEqual(['', expect.stringMatching(/ holds a private key|make a new one/)])
      expect([64, 65]).toContain(ran.code)
      expect(ran.err).not.toContain(secret)
    }
  })

  it.each(commands.map((command) => ({ command })))('$command.0 takes none', async ({ command }) => {
    writeFileSync(file('secret'), JSON.stringify(jwk))
    const { code, out, err } = await given('secret', command)
    expect([code, out, err]).toEqual([65, '', expect.stringContaining('secret holds a private key')])
  })

  it.each(['--status-list', '--endorsement'])('nor in place of %s', async (option) => {
    writeFileSync(file('secret'), JSON.stringify(jwk))
    const { code, err } = await run(['verify', JSON.stringify(badge()), option, 'secret'])
    expect([code, err]).toEqual([65, expect.stringContaining('secret holds a private key')])
  })
})
