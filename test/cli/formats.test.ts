/** Formats whose holders show parts, keys of every kind, and what does not go together, with the built program. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { generateKey, issue, openBadge, present } from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { useProgram } from '../helpers/cli.ts'

const { run, file } = useProgram()
const occasion = ['--challenge', 'c0ffee', '--domain', 'hr.example']
const said = (name: string) => JSON.parse(readFileSync(file(name), 'utf8'))

beforeAll(async () => {
  const holder = (await run(['keygen', '--out', 'mine.json'])).out.trim()
  await run(['keygen', '--out', 'school.json'])
  await run(['keygen', '--out', 'p256.json', '--algorithm', 'P-256'])
  await run(['keygen', '--out', 'bbs.key', '--algorithm', 'Bls12381G2'])
  const credential = openBadge({
    name: 'Latin',
    recipient: { id: holder },
    achievement: { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' },
    result: [{ value: 'A' }],
  })
  writeFileSync(file('draft.json'), JSON.stringify(credential))
  const signed = await issue({ key: await generateKey(), credential })
  writeFileSync(file('whole.json'), JSON.stringify(signed))
}, 240_000)

/** Issues what `draft.json` says. */
const issued = (out: string, ...words: readonly string[]) =>
  run(['issue', 'draft.json', '--issuer-name', 'School', '--out', out, ...words])

describe.each([
  ['bbs-2023', ['--key', 'bbs.key']],
  ['ecdsa-sd-2023', ['--key', 'p256.json', '--format', 'ecdsa-sd-2023', '--mandatory', '/name']],
])('%s', (format, words) => {
  it('is issued, looked at by its holder, shown in part and verified', async () => {
    expect(await issued(`${format}.json`, ...words)).toMatchObject({ code: 0 })
    expect(said(`${format}.json`).proof[0].cryptosuite).toBe(format)
    expect(await run(['verify', `${format}.json`])).toMatchObject({
      code: 1,
      out: expect.stringContaining('PROOF_IS_BASE'),
    })
    expect(await run(['verify', `${format}.json`, '--base-proof'])).toMatchObject({ code: 0 })
    const present = ['present', `${format}.json`, '--key', 'mine.json', ...occasion]
    expect(await run(present)).toMatchObject({ code: 64, err: expect.stringContaining('--reveal /credentialSubject') })
    const reveal = ['--reveal', '/credentialSubject/achievement/criteria']
    expect(await run([...present, ...reveal, '--out', `${format}-shown.json`])).toMatchObject({ code: 0 })
    const [shown] = [said(`${format}-shown.json`).verifiableCredential].flat()
    expect(shown.credentialSubject.achievement.criteria).toEqual({ narrative: 'Read a book.' })
    expect((await run(['inspect', `${format}.json`])).out).toContain(`${format} (of the whole, for its holder alone)`)
    const { out: drawn } = await run(['inspect', `${format}-shown.json`])
    expect(drawn).toContain(`${format} (of a part)`)
    expect(drawn).toContain('├─ for       hr.example, challenge c0ffee')
    expect([shown.credentialSubject.result, shown.name]).toEqual([
      undefined,
      format === 'bbs-2023' ? undefined : 'Latin',
    ])
    expect(await run(['verify', `${format}-shown.json`, ...occasion])).toMatchObject({ code: 0 })
    const forged = { ...said(`${format}-shown.json`), verifiableCredential: { ...shown, name: 'Greek' } }
    expect(await run(['verify', JSON.stringify(forged), ...occasion])).toMatchObject({ code: 1 })
  })
})

describe('vc-sd-jwt', () => {
  it('is issued with what may be withheld, and shown without it or with it', async () => {
    const format = ['--format', 'vc-sd-jwt', '--disclosable', '/credentialSubject/result/0', '--disclosable', '/name']
    expect(await issued('sd.txt', '--key', 'school.json', ...format)).toMatchObject({ code: 0 })
    expect(readFileSync(file('sd.txt'), 'utf8').trim().split('~')).toHaveLength(4)
    expect(await run(['issue', 'sd.txt', '--key', 'school.json'])).toMatchObject({
      code: 65,
      err: expect.stringContaining('signed already'),
    })
    expect(await run(['verify', 'sd.txt'])).toMatchObject({ code: 0 })
    const { out: drawn } = await run(['inspect', 'sd.txt'])
    expect(drawn).toContain('“Latin”')
    expect(drawn).not.toContain('_sd')
    expect(drawn).toMatch(
      /\nDisclosed: (\/name, )?\/credentialSubject\/result\/0(, \/name)?\nWithheld: nothing\nNo presentation/,
    )
    for (const [reveal, disclosures] of [
      [[], 0],
      [['--reveal', '/name'], 1],
    ] as const) {
      const { out, code } = await run(['present', 'sd.txt', '--key', 'mine.json', ...occasion, ...reveal])
      expect([code, out.trim().split('~').length - 2]).toEqual([0, disclosures])
      const shown =
        disclosures === 0 ? 'nothing that could be withheld\nWithheld: 2 digests' : '/name\nWithheld: 1 digest'
      const { out: inspected } = await run(['inspect', '-'], { input: out })
      expect(inspected).toContain(`\nDisclosed: ${shown}`)
      expect(inspected).toContain('\nA presentation, by its key binding, for hr.example, challenge c0ffee\n')
      expect(await run(['verify', '-', ...occasion], { input: out })).toMatchObject({ code: 0 })
      expect(
        await run(['verify', '-', '--challenge', 'other', '--domain', 'hr.example'], { input: out }),
      ).toMatchObject({
        code: 1,
      })
    }
  })
})

describe('a presentation as JWT', () => {
  it('shows for whom it is, and the credential in it', async () => {
    const format = ['--format', 'vc-sd-jwt', '--disclosable', '/name']
    expect(await issued('inner.txt', '--key', 'school.json', ...format)).toMatchObject({ code: 0 })
    const jwt = await run(['present', 'whole.json', '--key', 'mine.json', ...occasion, '--format', 'vc-jose'])
    const { out } = await run(['inspect', '-'], { input: jwt.out })
    expect(out).toContain('\nA presentation for hr.example, challenge c0ffee\n')
    const holder = await run(['inspect', '-'], { input: JSON.stringify(await enveloping('inner.txt')) })
    expect(holder.out).toMatch(/Disclosed: \/name.*OpenBadgeCredential “Latin”/s)
  })
})

/** A presentation that has an SD-JWT in it as it came. */
const enveloping = async (name: string) =>
  present({ credentials: [readFileSync(file(name), 'utf8').trim()], key: await generateKey(), challenge: 'x' })

describe('a key decides on the format', () => {
  it('RSA signs JWTs', async () => {
    await run(['keygen', '--out', 'rsa.json', '--algorithm', 'RSA'])
    expect(await issued('rsa.jwt', '--key', 'rsa.json')).toMatchObject({ code: 0 })
    const { code, out } = await run(['verify', 'rsa.jwt'])
    expect([code, out]).toEqual([0, expect.stringMatching(/^This .* School, did:jwk:\S+…\(SHA-256 [\da-f]{32}…\)\.$/m)])
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(200)
    const whole = (await run(['did', '--key', 'rsa.json'])).out.trim()
    expect((await run(['verify', 'rsa.jwt', '--json'])).out).toContain(`"issuer": "${whole}"`)
  })

  it('and so do the rows of a table, in threads too', async () => {
    writeFileSync(file('rows.csv'), 'email\na@school.example\nb@school.example\n')
    writeFileSync(
      file('mapping.json'),
      JSON.stringify({
        badge: {
          name: 'Latin',
          recipient: { email: '{email}' },
          achievement: { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' },
        },
      }),
    )
    const rows = ['issue', '--csv', 'rows.csv', '--mapping', 'mapping.json', '--issuer-name', 'School']
    const bbs = await run([
      ...rows,
      '--key',
      'bbs.key',
      '--out',
      'bbs.ndjson',
      '--workers',
      '2',
      '--mandatory',
      '/name',
      '--format',
      'bbs-2023',
    ])
    expect(bbs).toMatchObject({ code: 0 })
    const lines = readFileSync(file('bbs.ndjson'), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).proof[0].cryptosuite)).toEqual(['bbs-2023', 'bbs-2023'])
    expect(JSON.parse(lines[1] as string).issuer.name).toBe('School')
    expect(await run(['verify', lines[1] as string, '--base-proof'])).toMatchObject({ code: 0 })
    const sdJwt = [...rows, '--key', 'school.json', '--format', 'vc-sd-jwt', '--disclosable', '/name']
    expect(await run([...sdJwt, '--out', 'sd.ndjson'])).toMatchObject({ code: 0 })
    expect(readFileSync(file('sd.ndjson'), 'utf8').split('\n')[0]?.split('~')).toHaveLength(3)
    for (const more of [[], ['--force']]) {
      expect(await run([...sdJwt, '--out', 'sd', ...more])).toMatchObject({ code: 0 })
      expect(readdirSync(file('sd')).sort()).toEqual(['row-2.jwt', 'row-3.jwt'])
      expect(await run(['verify', 'sd/row-3.jwt'])).toMatchObject({ code: 0 })
    }
    // Other parts are another batch.
    expect(
      await run([...sdJwt.slice(0, -1), '/credentialSubject/achievement/description', '--out', 'sd.ndjson']),
    ).toMatchObject({
      code: 65,
      err: expect.stringContaining('other settings'),
    })
  })
})

describe('what does not go together', () => {
  it.each([
    [['issue', 'draft.json', '--key', 'school.json', '--disclosable', '/name'], 'goes with --format vc-sd-jwt'],
    [['issue', 'draft.json', '--key', 'school.json', '--mandatory', '/name'], 'goes with --format ecdsa-sd-2023 or'],
    [
      ['issue', 'draft.json', '--key', 'school.json', '--format', 'vc-sd-jwt', '--disclosable', 'name'],
      'is no JSON Pointer',
    ],
    [['issue', 'draft.json', '--key', 'school.json', '--format', 'vc-sdjwt'], 'did you mean vc-sd-jwt?'],
    [['keygen', '--out', 'x.key', '--algorithm', 'Bls12381G2', '--form', 'pem'], 'has no pem'],
    [['keygen', '--out', 'x.key', '--algorithm', 'Bls12381G2', '--id', 'did:web:a.example#k'], 'only in a JWK'],
  ])('%j', async (words, text) => {
    expect(await run(words)).toMatchObject({ code: 64, out: '', err: expect.stringContaining(text) })
  })

  it('a format that the key does not sign, a part of what has none', async () => {
    expect(await issued('x.json', '--key', 'school.json', '--format', 'bbs-2023')).toMatchObject({
      code: 65,
      err: expect.stringContaining('Bls12381G2'),
    })
    const shown = await run(['present', 'whole.json', '--key', 'mine.json', ...occasion, '--reveal', '/name'])
    expect(shown).toMatchObject({ code: 65, err: expect.stringContaining('PROOF_MISSING') })
  })
})
