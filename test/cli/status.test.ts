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
