/** The status lists of an issuer, with the built program: made, filled, published, and handed to a verifier. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openBadge } from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { useProgram } from '../helpers/cli.ts'

const { run, file } = useProgram()
const key = ['--key', 'key.json']
const credential = {
  ...openBadge({
    name: 'Latin',
    recipient: { id: 'did:example:ada' },
    achievement: { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' },
  }),
  id: 'urn:example:latin',
}

beforeAll(async () => {
  await run(['keygen', '--out', 'key.json'])
  await run(['status', 'init', 'lists', '--url', 'https://school.example/status'])
  writeFileSync(file('unsigned.json'), JSON.stringify(credential))
  const words = ['unsigned.json', ...key, '--status', 'lists', '--issuer-name', 'School', '--out', 'badge.json']
  await run(['issue', ...words])
  await run(['status', 'publish', '--status', 'lists', ...key, '--out', 'www'])
}, 240_000)

describe('verify --status-list', () => {
  const verified = (...lists: readonly string[]) =>
    run(['verify', 'badge.json', ...lists.flatMap((each) => ['--status-list', each])])

  it.each([
    ['badge.json', 'badge.json holds no status list, but a credential (VerifiableCredential, OpenBadgeCredential)'],
    ['unlike.json', 'unlike.json holds no status list, but other JSON'],
    ['unlike.txt', 'unlike.txt holds no status list, but something else than JSON or a JWT'],
    ['nameless.json', 'nameless.json is a status list without an id'],
    ['lists', 'lists is where an issuer works on status lists'],
    ['empty', 'empty is a folder without a status list in it'],
  ])('says what %s is instead, and what makes lists', async (name, words) => {
    writeFileSync(file('unlike.json'), '{ "a": 1 }')
    writeFileSync(file('unlike.txt'), 'a list')
    writeFileSync(file('nameless.json'), '{ "type": ["VerifiableCredential", "BitstringStatusListCredential"] }')
    mkdirSync(file('empty'), { recursive: true })
    const { code, out, err } = await verified(name)
    expect([code, out, err]).toEqual([65, '', expect.stringContaining(words)])
    expect(err).toContain('testamur status publish --out FOLDER')
  })

  it('tells what it leaves out of a folder', async () => {
    writeFileSync(file('www/index.html'), '<p>Lists</p>')
    const { code, err } = await verified('www')
    expect([code, err]).toEqual([0, expect.stringMatching(/^www\/index.html holds no status list.*is left out\n$/)])
  })

  it('names the list that is missing where others were given', async () => {
    await run(['status', 'init', 'others', '--url', 'https://other.example/status'])
    await run(['status', 'allocate', 'urn:example:other', '--status', 'others'])
    await run(['status', 'publish', '--status', 'others', ...key, '--out', 'other-lists'])
    const { statusListCredential } = JSON.parse(readFileSync(file('badge.json'), 'utf8')).credentialStatus
    expect(await verified('other-lists')).toMatchObject({
      code: 2,
      out: expect.stringContaining(`not among those that were given (${statusListCredential})`),
    })
  })
})

describe('the folder of the lists', () => {
  const ended = async (...words: readonly string[]) => {
    const { code, out, err } = await run(words)
    return [code, `${out}${err}`]
  }

  it('is named by --status, or stands among the words', async () => {
    await ended('status', 'init', '--status', 'named', '--url', 'https://named.example')
    const [id, other] = ['urn:example:1', 'urn:example:2']
    expect(await ended('status', 'allocate', id, other, 'named')).toEqual([0, expect.stringMatching(/^\{.*\n\{.*\n$/)])
    expect(await ended('status', 'revoke', id, 'named')).toEqual([0, expect.stringContaining('1 changed')])
    expect(await ended('status', 'list', 'named', id)).toEqual([0, expect.stringContaining('revocation  set')])
    expect(await ended('status', 'list', 'named')).toEqual([0, expect.stringContaining('2 of 131072')])
    expect(await ended('status', 'publish', 'named', ...key)).toEqual([0, expect.stringContaining('version 1')])
  })

  it.each([
    [['status', 'publish', ...key], '--status is missing'],
    [['status', 'publish', 'nowhere', ...key], '--status is missing'],
    [['status', 'list', 'urn:a:1', 'urn:a:2', '--status', 'lists'], '"urn:a:2" is one word too many'],
    [['status', 'revoke', 'urn:a:1', 'lists', 'urn:a:2'], 'one word too many'],
    [['status', 'allocate', 'lists'], 'name the ids'],
    [['status', 'init', '--url', 'https://a.example'], '--status is missing: name the folder to make'],
    [['status', 'init', 'a', '--status', 'b', '--url', 'https://a.example'], '"a" is one word too many'],
  ])('wrong use: %j', async (words, text) => {
    expect(await ended(...words)).toEqual([64, expect.stringContaining(text)])
  })
})

describe('status list CREDENTIAL', () => {
  const told = async () => (await run(['status', 'list', 'urn:example:told', '--status', 'told'])).out
  const unseen = 'Verifiers do not know yet: testamur status publish tells them.'

  it('says first how it stands, and whether verifiers can know', async () => {
    const purposes = ['--purpose', 'revocation', '--purpose', 'suspension']
    await run(['status', 'init', '--status', 'told', '--url', 'https://told.example', ...purposes])
    await run(['status', 'allocate', 'urn:example:told', '--status', 'told'])
    expect(await told()).toMatch(new RegExp(`^It is not revoked. ${unseen}\nIt is not suspended. ${unseen}\n`))
    const { err } = await run(['status', 'publish', '--status', 'told', ...key])
    expect(err).toContain('no file for a web server was written (--out FOLDER)')
    expect(await told()).toMatch(/^It is not revoked.\nIt is not suspended.\n2\S+ {2}revocation {2}allocated\n/)
    await run(['status', 'suspend', 'urn:example:told', '--status', 'told', '--reason', 'Fees'])
    expect(await told()).toMatch(new RegExp(`^It is not revoked.\nIt is suspended. ${unseen}\n`))
    await run(['status', 'publish', '--status', 'told', ...key])
    expect(await told()).toMatch(/^It is not revoked.\nIt is suspended.\n.*suspension {2}set {2}Fees\n$/s)
    await run(['status', 'resume', 'urn:example:told', '--status', 'told'])
    expect(await told()).toMatch(new RegExp(`^It is not revoked.\nIt is not suspended. ${unseen}\n`))
  })
})

describe('the issuer of the lists', () => {
  const known = () => JSON.parse(readFileSync(file('mine/testamur-status.json'), 'utf8')).issuer
  const mine = (...words: readonly string[]) => run([...words, '--status', 'mine'])
  let issuer: string
  let another: string
  const refused = { code: 64, err: expect.stringMatching(/the issuer did:key:\S+, and the key belongs to did:key:/) }
  beforeAll(async () => {
    issuer = JSON.parse(readFileSync(file('badge.json'), 'utf8')).issuer.id
    another = (await run(['keygen', '--out', 'another.json'])).out.trim()
    await mine('status', 'init', '--url', 'https://mine.example')
  })

  it('is who signs the first credential that has a place in them', async () => {
    expect(known()).toBeUndefined()
    expect(await mine('issue', 'unsigned.json', ...key, '--out', 'first.json')).toMatchObject({ code: 0 })
    expect(known()).toBe(issuer)
    for (const words of [['issue', 'unsigned.json'], ['status', 'publish'], ['serve']]) {
      const ended = await mine(...words, '--key', 'another.json')
      expect(ended).toMatchObject(refused)
      expect(ended.err).toContain(issuer)
      expect(ended.err).toContain(`testamur status publish with --former-issuer ${issuer} makes these lists yours`)
      expect(ended.err).toContain(another)
    }
    expect((await mine('status', 'publish', ...key)).out).toContain('version 1  published')
  })

  it('is who signed them before, where the file does not say', async () => {
    const { issuer: _, ...settings } = JSON.parse(readFileSync(file('mine/testamur-status.json'), 'utf8'))
    writeFileSync(file('mine/testamur-status.json'), JSON.stringify(settings))
    const ended = await mine('status', 'publish', '--key', 'another.json')
    expect(ended).toMatchObject({ code: 64, out: '', err: expect.stringContaining(`add --former-issuer ${issuer}`) })
    const taken = await mine('status', 'publish', '--key', 'another.json', '--former-issuer', issuer)
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('version 2  published') })
    expect(known()).toBe(another)
    expect(await mine('status', 'publish', ...key)).toMatchObject(refused)
    expect(await mine('status', 'publish', ...key, '--former-issuer', another)).toMatchObject({ code: 0 })
    expect(known()).toBe(issuer)
  })

  it('is nobody as long as nothing was signed', async () => {
    await run(['status', 'init', '--status', 'none', '--url', 'https://none.example'])
    const words = ['status', 'publish', '--status', 'none']
    expect(await run([...words, '--key', 'another.json'])).toMatchObject({ code: 0 })
    expect(await run([...words, ...key])).toMatchObject({ code: 0 })
  })
})
