/** Every command, run as the built program. */

import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { generateKey, issue, openBadge, present } from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { useProgram } from '../helpers/cli.ts'

const { run, file } = useProgram()
const [school, learner] = [await generateKey(), await generateKey()]
const achievement = { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' }
const badge = await issue({
  key: school,
  credential: openBadge({ name: 'Latin', recipient: { id: learner.controller }, achievement }),
})

beforeAll(async () => {
  writeFileSync(file('badge.json'), JSON.stringify(badge))
  writeFileSync(file('forged.json'), JSON.stringify({ ...badge, name: 'Greek' }))
  await run(['keygen', '--out', 'key.json'])
})

describe('keygen', () => {
  it('makes a key that only its owner can read, and prints its DID', async () => {
    const { code, out } = await run(['keygen', '--out', 'new.json'])
    expect([code, out.trim()]).toEqual([0, expect.stringMatching(/^did:key:z6Mk/)])
    expect(statSync(file('new.json')).mode & 0o777).toBe(0o600)
    expect((await run(['did', '--key', 'new.json'])).out).toBe(out)
  })

  it('writes over no file unless told to', async () => {
    const before = readFileSync(file('key.json'), 'utf8')
    const { code, err } = await run(['keygen', '--out', 'key.json'])
    expect([code, err]).toEqual([73, expect.stringContaining('--force')])
    expect(readFileSync(file('key.json'), 'utf8')).toBe(before)
  })

  it.each(['multibase', 'pem'])('writes %s, which is read again', async (form) => {
    const { out } = await run(['keygen', '--out', `key.${form}`, '--form', form, '--algorithm', 'P-256'])
    expect((await run(['did', '--key', `key.${form}`])).out).toBe(out)
  })
})

describe('did', () => {
  it('reads the key from the environment', async () => {
    const { out } = await run(['did'], { env: { TESTAMUR_KEY: readFileSync(file('key.json'), 'utf8') } })
    expect(out).toBe((await run(['did', '--key', 'key.json'])).out)
  })

  it('refuses a key that others can read, with the line that mends it', async () => {
    writeFileSync(file('open.json'), readFileSync(file('key.json')))
    chmodSync(file('open.json'), 0o640)
    const { code, err } = await run(['did', '--key', 'open.json'])
    expect([code, err]).toEqual([65, expect.stringContaining('chmod 600 open.json')])
  })

  it('refuses a key on the command line, and does not print it again', async () => {
    const key = readFileSync(file('key.json'), 'utf8')
    const { code, err } = await run(['did', '--key', key])
    expect([code, err]).toEqual([64, expect.stringContaining('never the key itself')])
    expect(err).not.toContain(JSON.parse(key).d)
  })

  it('prints the document of a DID, and that of a did:web to be published', async () => {
    expect(JSON.parse((await run(['did', school.controller])).out).id).toBe(school.controller)
    await run(['keygen', '--out', 'web.json', '--id', 'did:web:school.example#key-1'])
    const { out, err } = await run(['did', '--key', 'web.json', '--web'])
    expect(JSON.parse(out).assertionMethod).toEqual(['did:web:school.example#key-1'])
    expect(err).toContain('https://school.example/.well-known/did.json')
  })
})

describe('verify', () => {
  it.each([
    ['badge.json', 0, 'valid'],
    ['forged.json', 1, 'INVALID'],
  ])('%s: the exit code is the verdict', async (name, exit, word) => {
    const { code, out } = await run(['verify', name])
    expect([code, out]).toEqual([exit, expect.stringContaining(word)])
  })

  it('answers 2 where it could not find out', async () => {
    const status = { ...badge, id: 'urn:uuid:6f1e0d0e-7e7c-4d35-8d5e-000000000000' }
    const { proof: _, ...unsigned } = status
    const entry = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://school.example/status/1',
    }
    const credential = await issue({ key: school, credential: { ...unsigned, credentialStatus: entry } })
    const { code, out } = await run(['verify', '-', '--json'], { input: JSON.stringify(credential) })
    expect([code, JSON.parse(out).verdict]).toEqual([2, 'indeterminate'])
  })

  it('takes the text itself', async () => {
    expect((await run(['verify', JSON.stringify(badge)])).code).toBe(0)
  })

  it('asks for the challenge of a presentation, and holds it to it', async () => {
    const challenge = 'c0ffee'
    writeFileSync(file('shown.json'), JSON.stringify(await present({ credentials: [badge], key: learner, challenge })))
    expect(await run(['verify', 'shown.json'])).toMatchObject({ code: 64, err: expect.stringContaining('--challenge') })
    expect((await run(['verify', 'shown.json', '--challenge', challenge])).code).toBe(0)
    expect((await run(['verify', 'shown.json', '--challenge', 'other'])).code).toBe(1)
  })

  it('fetches nothing unless asked', async () => {
    const { code, err } = await run(['verify', 'https://school.example/1'])
    expect([code, err]).toEqual([64, expect.stringContaining('--online')])
  })
})

describe('wrong use', () => {
  it.each([
    [[], 64, 'Usage: testamur COMMAND'],
    [['verfy', 'x'], 64, 'did you mean testamur verify?'],
    [['verify'], 64, 'Usage: testamur verify INPUT'],
    [['verify', 'badge.json', '--jsn'], 64, 'did you mean --json?'],
    [['verify', 'badge.json', '--challenge'], 64, '--challenge TEXT'],
    [['verify', 'nowhere.json'], 66, 'there is no file nowhere.json'],
    [['keygen', '--out', 'x.json', '--algorithm', 'Ed25518'], 64, 'did you mean Ed25519?'],
  ])('%j', async (words, exit, text) => {
    expect(await run(words)).toMatchObject({ code: exit, err: expect.stringContaining(text) })
  })
})

describe('help', () => {
  it('lists every command, and each has help of its own', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    for (const name of ['keygen', 'did', 'verify']) {
      expect(out).toContain(name)
      expect(await run([name, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: testamur') })
    }
  })

  it('tells the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect((await run(['--version'])).out).toBe(`${version}\n`)
  })
})
