/** Every command, run as the built program. */

import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import {
  ecdsaSd2023,
  endorsement,
  exportKey,
  generateKey,
  issue,
  type JsonObject,
  openBadge,
  present,
  problemCodes,
  vcJwt,
} from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { defaultLoader } from '../../src/defaults.ts'
import { canonize } from '../../src/jsonld/canonize.ts'
import { useProgram } from '../helpers/cli.ts'
import { proofOver } from '../helpers/hand-made.ts'

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
    const { code, out, err } = await run(['verify', '-', '--json'], { input: JSON.stringify(credential) })
    expect([code, JSON.parse(out).verdict, err]).toEqual([2, 'indeterminate', expect.stringContaining('--online')])
  })

  it('accepts an assertion proof of a presentation only where that is asked for', async () => {
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: learner.controller,
      verifiableCredential: [badge],
    }
    const proof = await proofOver(presentation, learner, { challenge: 'c0ffee' })
    writeFileSync(file('asserted.json'), JSON.stringify({ ...presentation, proof }))
    const asked = ['verify', 'asserted.json', '--challenge', 'c0ffee']
    const refused = await run(asked)
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('unless --accept-assertion is given')])
    expect((await run([...asked, '--accept-assertion'])).code).toBe(0)
    const { code, err } = await run(['verify', 'badge.json', '--accept-assertion'])
    expect([code, err]).toEqual([64, expect.stringContaining('leave out --accept-assertion')])
  })

  it('reads endorsements that came beside it, and says beside the verdict which are not good', async () => {
    const praise = await issue({ key: learner, credential: endorsement({ name: 'Praise', endorsed: badge.id }) })
    writeFileSync(file('praise.json'), JSON.stringify(praise))
    writeFileSync(file('blame.json'), JSON.stringify({ ...praise, name: 'Blame' }))
    const words = ['verify', 'badge.json', '--endorsement', 'praise.json', '--endorsement', 'blame.json']
    const { code, out } = await run(words)
    expect(code).toBe(0)
    expect(out).toMatch(/^This credential is valid, issued by .*\. An endorsement of it is not good\.\n/)
    expect(out).toContain('✗ endorsement ENDORSEMENT_INVALID')
    expect(out).toContain('Endorsement 2, given beside it: This credential is INVALID.')
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
    [['inspect'], 64, 'inspect: INPUT is missing'],
    [['issue', 'badge.json', '--mapping', 'mapping.json'], 64, '--mapping goes with --csv'],
    [['issue', 'badge.json', '--check'], 64, '--check goes with --csv'],
    [['verify', 'badge.json', '--jsn'], 64, 'did you mean --json?'],
    [['verify', 'badge.json', '--challenge'], 64, '--challenge TEXT'],
    [['verify', 'nowhere.json'], 66, 'there is no file nowhere.json'],
    [['keygen', '--out', 'x.json', '--algorithm', 'Ed25518'], 64, 'did you mean Ed25519?'],
  ])('%j', async (words, exit, text) => {
    expect(await run(words)).toMatchObject({ code: exit, err: expect.stringContaining(text) })
  })

  it('is told in one line, with the usage and where there is more', async () => {
    const { err } = await run(['verify', 'badge.json', 'another.json'])
    expect(err.split('\n')).toEqual([
      'testamur: verify: "another.json" is one word too many',
      'Usage: testamur verify INPUT [--online] [--json | --html]',
      'testamur verify --help tells more.',
      '',
    ])
  })
})

describe('help', () => {
  it('lists every command, and each has help of its own', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    for (const { name } of commands) {
      expect(out).toContain(name)
      expect(await run([...name.split(' '), '--help'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('Usage: testamur'),
      })
    }
  })

  it('tells the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect((await run(['--version'])).out).toBe(`${version}\n`)
  })
})

describe('issue', () => {
  const unsigned = openBadge({ name: 'Latin', recipient: { id: learner.controller }, achievement })

  const clrContexts = [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ]

  it('signs a credential that verifies, and gives it a place in a list', async () => {
    writeFileSync(file('unsigned.json'), JSON.stringify(unsigned))
    await run(['status', 'init', 'lists', '--url', 'https://school.example/status'])
    const words = ['issue', 'unsigned.json', '--key', 'key.json', '--status', 'lists', '--issuer-name', 'Northfield']
    expect((await run([...words, '--out', 'signed.json'])).code).toBe(0)
    expect((await run([...words, '--out', 'signed.json'])).code).toBe(73)
    expect((await run(['status', 'publish', '--status', 'lists', '--key', 'key.json', '--out', 'www'])).code).toBe(0)
    const { out } = await run(['verify', 'signed.json', '--status-list', 'www'])
    expect(out).toContain('valid, issued by Northfield, did:key:')
  })

  it.each([
    ['a badge', openBadge({ name: 'Latin', recipient: { plainName: 'Ada' }, achievement })],
    ['a record', { ...unsigned, '@context': clrContexts, type: ['VerifiableCredential', 'ClrCredential'] }],
  ])('warns where %s names nobody', async (_, { credentialSubject: { id, identifier, ...subject }, ...rest }) => {
    const warningOf = async (more: object) => {
      const input = JSON.stringify({ ...rest, credentialSubject: { ...subject, ...more } })
      const { code, out, err } = await run(['issue', '-', '--key', 'key.json', '--conformance', 'noted'], { input })
      expect([code, out]).toEqual([0, expect.stringContaining('proofValue')])
      return err
    }
    expect(await warningOf({})).toMatch(
      /^Warning: standard input: credentialSubject has neither "id" nor "identifier", .*\n$/,
    )
    expect(await warningOf({ identifier: [] })).toContain('Warning')
    expect(await warningOf(id === undefined ? { identifier } : { id })).toBe('')
  })

  it('tells every finding of a document that cannot be signed', async () => {
    const { code, err } = await run(['issue', '-', '--key', 'key.json'], {
      input: JSON.stringify({ ...unsigned, validFrom: 'yesterday', unheardOf: 1 }),
    })
    expect([code, err]).toEqual([65, expect.stringMatching(/\/validFrom.*\/unheardOf|\/unheardOf.*\/validFrom/s)])
    expect(err).toContain('testamur explain CREDENTIAL_MALFORMED')
  })
})

describe('status', () => {
  it('allocates, revokes, resumes and tells what was done', async () => {
    const id = 'urn:uuid:6f1e0d0e-7e7c-4d35-8d5e-111111111111'
    await run(['status', 'init', 'more', '--url', 'https://school.example/more', '--purpose', 'suspension'])
    const allocated = JSON.parse((await run(['status', 'allocate', id, '--status', 'more'])).out)
    expect(allocated.statusPurpose).toBe('suspension')
    expect((await run(['status', 'suspend', id, '--status', 'more', '--reason', 'Fees'])).out).toContain('1 changed')
    expect((await run(['status', 'resume', id, '--status', 'more'])).out).toContain('1 changed')
    const history = JSON.parse((await run(['status', 'list', id, '--status', 'more', '--json'])).out)
    expect(history.map((item: { readonly type: string }) => item.type)).toEqual(['allocated', 'set', 'unset'])
    expect((await run(['status', 'list', '--status', 'more'])).out).toContain('1 of 131072 places taken')
    writeFileSync(file('allocated.json'), JSON.stringify({ id }))
    expect((await run(['status', 'list', 'allocated.json', '--status', 'more'])).out).toContain('suspension  unset')
    const { code, err } = await run(['status', 'revoke', id, '--status', 'more'])
    expect([code, err]).toEqual([
      64,
      expect.stringContaining('status init --status FOLDER --url … --purpose revocation'),
    ])
  })

  it('goes on after an id that it does not know, and says so', async () => {
    const id = 'urn:uuid:6f1e0d0e-7e7c-4d35-8d5e-222222222222'
    await run(['status', 'allocate', id, '--status', 'lists'])
    writeFileSync(file('ids.txt'), `# revoked\nurn:uuid:unknown\n${id}\n`)
    const { code, out, err } = await run(['status', 'revoke', '--from', 'ids.txt', '--status', 'lists'])
    expect([code, out, err]).toEqual([
      1,
      expect.stringContaining('1 changed'),
      expect.stringContaining('urn:uuid:unknown'),
    ])
  })

  it('says where lists are made', async () => {
    const { code, err } = await run(['status', 'list', '--status', 'nowhere'])
    expect([code, err]).toEqual([64, expect.stringContaining('testamur status init')])
  })
})

describe('present', () => {
  it('shows a credential to one verifier', async () => {
    const env = { TESTAMUR_KEY: JSON.stringify(await exportKey(learner)) }
    const words = ['present', 'badge.json', '--challenge', 'c0ffee', '--domain', 'hr.example', '--out', 'vp.json']
    expect((await run(words, { env })).code).toBe(0)
    const check = ['verify', 'vp.json', '--challenge', 'c0ffee', '--domain']
    expect((await run([...check, 'hr.example'])).code).toBe(0)
    expect((await run([...check, 'other.example'])).code).toBe(1)
  })

  it('warns who shows what is not about them, as the verifier will answer', async () => {
    const TESTAMUR_KEY = JSON.stringify(await exportKey(await generateKey()))
    const { code, out, err } = await run(['present', 'badge.json', '--challenge', 'x'], { env: { TESTAMUR_KEY } })
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^Warning: badge.json: The credential is about did:key:.*SUBJECT_MISMATCH/),
    ])
    expect(err).toContain(learner.controller)
    const { out: answer } = await run(['verify', '-', '--challenge', 'x'], { input: out })
    expect(answer).toContain('SUBJECT_MISMATCH')
    const own = { env: { TESTAMUR_KEY: JSON.stringify(await exportKey(learner)) } }
    expect((await run(['present', 'badge.json', '--challenge', 'x'], own)).err).toBe('')
  })

  it('names the file that cannot be shown', async () => {
    writeFileSync(file('unsigned-badge.json'), JSON.stringify({ ...badge, proof: undefined }))
    const words = ['present', 'badge.json', 'unsigned-badge.json', '--challenge', 'x', '--key', 'key.json']
    const { code, err } = await run(words)
    expect([code, err]).toEqual([65, expect.stringContaining('testamur: unsigned-badge.json has no proof')])
  })

  it('shows a part of a credential', async () => {
    const key = await generateKey({ algorithm: 'P-256' })
    const credential = openBadge({
      name: 'Latin',
      recipient: { id: learner.controller },
      achievement: { ...achievement, humanCode: 'LAT-2' },
    })
    writeFileSync(file('base.json'), JSON.stringify(await issue({ key, credential, format: ecdsaSd2023() })))
    const env = { TESTAMUR_KEY: JSON.stringify(await exportKey(learner)) }
    const { out } = await run(
      ['present', 'base.json', '--without-challenge', '--reveal', '/credentialSubject/achievement/name'],
      { env },
    )
    expect(out).toContain('Latin')
    expect(out).not.toContain('Reads Caesar')
    expect((await run(['verify', '-', '--without-challenge'], { input: out })).code).toBe(0)
  })
})

describe('inspect', () => {
  it('draws who says what of whom, and says that nothing was verified', async () => {
    const { code, out } = await run(['inspect', 'forged.json'])
    expect(code).toBe(0)
    for (const text of [
      'Nothing here was verified',
      'Greek',
      school.controller,
      learner.controller,
      'eddsa-rdfc-2022',
    ]) {
      expect(out).toContain(text)
    }
  })

  it('looks into a JWT and into a presentation', async () => {
    const jwt = await issue({
      key: school,
      format: vcJwt(),
      credential: openBadge({ name: 'Jot', recipient: { id: learner.controller }, achievement }),
    })
    const { out } = await run(['inspect', jwt])
    expect(out).toMatch(/JWT, header.*EdDSA.*Jot/s)
    const shown = await present({ credentials: [badge], key: learner, challenge: 'x' })
    expect((await run(['inspect', '-'], { input: JSON.stringify(shown) })).out).toMatch(/holder.*Latin/s)
  })
})

describe('explain', () => {
  it('knows every code, of reports and of errors', async () => {
    const { out } = await run(['explain'])
    for (const code of problemCodes) expect(out).toContain(code)
    expect((await run(['explain', 'revoked'])).out).toMatch(/Meaning.*Why it matters.*What to do/s)
    expect((await run(['explain', 'PROOF_MISSING'])).out).toMatch(/in a report.*thrown as CredentialError/s)
    expect(await run(['explain', 'REVOKD'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('did you mean REVOKED?'),
    })
  })
})

describe('pages for people', () => {
  it('verify prints one, and its exit code is the verdict', async () => {
    const valid = await run(['verify', 'badge.json', '--html'])
    expect(valid).toMatchObject({ code: 0, err: '' })
    expect(valid.out).toMatch(
      /^<!doctype html>\n<html lang="en-GB" dir="ltr">.*class="verdict valid".*Verified on.*<\/html>\n$/s,
    )
    const forged = await run(['verify', 'forged.json', '--html', '--lang', 'es'])
    expect(forged).toMatchObject({ code: 1, out: expect.stringMatching(/<html lang="es".*No válida.*PROOF_INVALID/s) })
  })

  it('inspect prints one that says that nothing was verified', async () => {
    const { code, out } = await run(['inspect', 'badge.json', '--html', '--lang', 'ar'])
    expect(code).toBe(0)
    expect(out).toMatch(/<html lang="ar" dir="rtl">.*class="verdict unverified"/s)
  })

  it('the language is that of the system, where it is spoken here', async () => {
    const inLanguage = (env: Readonly<Record<string, string>>) => run(['explain', 'REVOKED'], { env })
    expect((await inLanguage({ LANG: 'pt_BR.UTF-8' })).out).toContain('O emissor revogou')
    expect((await inLanguage({ LANG: 'pt_BR.UTF-8', LC_ALL: 'fr_FR' })).out).toContain('L’émetteur a révoqué')
    expect((await inLanguage({ LANG: 'C.UTF-8' })).out).toContain('The issuer revoked')
  })

  it.each([
    [['explain', 'REVOKED', '--lang', 'xx'], 'no language that is spoken here'],
    [['verify', 'badge.json', '--html', '--json'], 'exclude each other'],
    [['verify', 'badge.json', '--lang', 'es'], '--lang is for --html'],
  ])('wrong use: %j', async (words, message) => {
    expect(await run(words)).toMatchObject({ code: 64, err: expect.stringContaining(message) })
  })
})

describe('doctor', () => {
  it('prints what is hashed, byte for byte', async () => {
    const { out } = await run(['doctor', 'badge.json', '--quads'])
    const summary = (await run(['doctor', 'badge.json'])).out
    expect(summary).toContain(createHash('sha256').update(out).digest('hex'))
    const { proof: _, ...unsigned } = badge
    expect(out).toBe(await canonize(unsigned as unknown as JsonObject, { loadDocument: defaultLoader }))
  })

  it('finds the first place where two documents part', async () => {
    expect(await run(['doctor', 'badge.json', 'badge.json'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('the same'),
    })
    const { code, out } = await run(['doctor', 'badge.json', 'forged.json'])
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/part at \/name:\s+"Latin"\s+"Greek".*statement \d+.*Latin.*Greek/s),
    ])
  })
})

describe('what strangers wrote', () => {
  it.each(['verify', 'inspect', 'doctor'])('moves no cursor: %s', async (command) => {
    const hostile = '\u001b[2J\u009b31mfine\u202e\u2028'
    const evil = {
      ...badge,
      name: hostile,
      [hostile]: hostile,
      issuer: { id: hostile, name: hostile },
      type: [hostile],
    }
    writeFileSync(file('evil.json'), JSON.stringify(evil))
    for (const words of [['evil.json'], ['evil.json', ...(command === 'verify' ? ['--json'] : [])]]) {
      const { out, err } = await run([command, ...words])
      expect(`${out}${err}`).not.toBe('')
      expect(`${out}${err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  })

  it('also in the name of a file', async () => {
    const { err } = await run(['verify', 'x\u001b[2J'])
    expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

describe('words of the command line', () => {
  it('stand in place of names of functions', async () => {
    const { code, err } = await run(['issue', 'badge.json', '--key', 'key.json'])
    expect([code, err]).toEqual([65, expect.stringContaining('take its proof out to sign it anew')])
    expect(err).not.toMatch(/addProof|^testamur: issue:/)
    const signed = await issue({
      key: school,
      credential: {
        ...openBadge({ name: 'Latin', recipient: { id: learner.controller }, achievement }),
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '7',
          statusListCredential: 'https://school.example/status/1',
        },
      },
    })
    writeFileSync(file('with-status.json'), JSON.stringify(signed))
    const { out } = await run(['verify', 'with-status.json'])
    expect(out).toContain('nothing is fetched without --online')
    expect(out).not.toContain('loadStatusList')
    await run(['keygen', '--out', 'rsa.json', '--algorithm', 'RSA'])
    expect((await run(['issue', 'badge.json', '--key', 'rsa.json', '--format', 'eddsa-rdfc-2022'])).err).toContain(
      'give --format vc-jwt',
    )
  })
})

describe('files of another kind', () => {
  it.each([
    ['badges.zip', 'PK\u0003\u0004…', 'is a ZIP archive'],
    ['badge.json.gz', '\u001f\u008b\u0008…', 'is compressed'],
    ['diploma.pdf', '%PDF-1.7', 'is a PDF'],
    ['photo.jpg', '\u00ff\u00d8\u00ff\u00e0', 'is a JPEG picture'],
  ])('%s is named for what it is', async (name, start, words) => {
    writeFileSync(file(name), Buffer.from(start, 'latin1'))
    const { code, err } = await run(['verify', name])
    expect([code, err]).toEqual([65, expect.stringContaining(`${name} ${words}`)])
  })

  it('a credential that everybody may read is no key, rather than a key that everybody may read', async () => {
    chmodSync(file('badge.json'), 0o644)
    const { code, err } = await run(['issue', 'badge.json', '--key', 'badge.json'])
    expect([code, err]).toEqual([65, expect.stringMatching(/badge\.json: /)])
    expect(err).not.toContain('chmod')
  })

  it('a batch does not become a folder with the name of an archive', async () => {
    writeFileSync(file('rows.csv'), 'name\nAda\n')
    writeFileSync(file('mapping.json'), '{}')
    const words = ['issue', '--csv', 'rows.csv', '--mapping', 'mapping.json', '--key', 'key.json', '--out', 'all.tar']
    const { code, err } = await run(words)
    expect([code, err]).toEqual([64, expect.stringContaining('.zip, .ndjson or .jsonl')])
  })
})
