/** Assertions of Open Badges 2.0 on the command line. Nothing is fetched here: what can be had by --online is tested in test/open-badges-2. */

import { writeFileSync } from 'node:fs'
import { verify } from 'testamur'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportText } from '../../src/cli/report-text.ts'
import { useProgram } from '../helpers/cli.ts'
import { badgeClass, hosted, ids, profile, signed, signedPayload, verified } from '../helpers/open-badges-2.ts'
import { chunk, iTXt, png } from '../helpers/pictures.ts'

const { run, file } = useProgram()
const jws = await signed()

beforeAll(() => {
  writeFileSync(file('hosted.json'), JSON.stringify(hosted()))
  writeFileSync(file('signed.jwt'), `${jws}\n`)
  writeFileSync(file('badge.png'), png(iTXt('openbadges', JSON.stringify(hosted()))))
  writeFileSync(file('old.png'), png(chunk('tEXt', `openbadges\0${ids.hosted}`)))
})

describe('verify', () => {
  it.each(['hosted.json', 'signed.jwt', 'badge.png', 'old.png'])(
    'of %s is undecided offline, and says what to do',
    async (name) => {
      const { code, out } = await run(['verify', name])
      expect(code).toBe(2)
      expect(out).toContain('This assertion of Open Badges 2.0 is INDETERMINATE')
      expect(out).toContain('add --online')
    },
  )

  it('decides what can be decided offline', async () => {
    const unsigned = JSON.stringify(signedPayload())
    expect(await run(['verify', '-'], { input: unsigned })).toMatchObject({
      code: 1,
      out: expect.stringContaining('PROOF_MISSING'),
    })
  })

  it('prints the report as JSON', async () => {
    const { out } = await run(['verify', 'badge.png', '--json'])
    expect(JSON.parse(out)).toMatchObject({ kind: 'assertion', verdict: 'indeterminate' })
  })

  it.each([
    [['hosted.json', '--challenge', 'x'], 'assertion of Open Badges 2.0, for which --challenge means nothing'],
    [['hosted.json', '--skip', 'status'], 'for which --skip means nothing'],
    [['hosted.json', '--conformance', 'strict'], 'for which --conformance means nothing'],
    [['hosted.json', '--without-challenge'], 'for which --without-challenge means nothing'],
    [['{"type":["VerifiableCredential"]}', '--recipient', 'ada@example.edu'], '--recipient is for assertions'],
  ])('refuses %j', async (words, message) => {
    expect(await run(['verify', ...words])).toMatchObject({ code: 64, err: expect.stringContaining(message) })
  })

  it('names what was verified, and moves no cursor', async () => {
    const text = reportText(await verified(jws), (_colour, words) => words)
    expect(text.split('\n')[0]).toBe(
      `This assertion of Open Badges 2.0 of “Robotics” is valid, issued by Northfield School, ${ids.issuer}, on 2019-05-04T10:00:00Z.`,
    )
    const hostile = '\u001b[2J\u009b31mfine\u202e\u2028'
    const web = { [ids.badge]: badgeClass({ name: hostile }), [ids.issuer]: profile({ name: hostile }) }
    const evil = reportText(await verified(jws, web), (_colour, words) => words)
    expect(evil).toContain('is valid')
    expect(evil).not.toMatch(/(?!\n)[\p{Cc}\u202e\u2028]/u)
  })
})

describe('inspect', () => {
  it('shows a hosted and a signed one', async () => {
    expect((await run(['inspect', 'badge.png'])).out).toMatch(
      /Nothing here was verified.*Assertion of Open Badges 2\.0.*badges\/robotics.*email \(hashed\).*2019-05-04.*server/s,
    )
    expect((await run(['inspect', 'signed.jwt'])).out).toMatch(
      /As JWT, header.*Assertion of Open Badges 2\.0.*keys\/1/s,
    )
  })

  it('shows the URL that an old picture has', async () => {
    expect((await run(['inspect', 'old.png'])).out).toContain(ids.hosted)
  })

  it('moves no cursor', async () => {
    const hostile = '\u001b[2J\u009b31mfine\u202e\u2028'
    const evil = hosted({
      id: hostile,
      badge: { name: hostile },
      issuedOn: hostile,
      evidence: [hostile, { name: hostile }],
    })
    const { out } = await run(['inspect', '-'], { input: JSON.stringify(evil) })
    expect(out).toContain('fine')
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u202e\u2028]/u)
  })
})

it('the function verify says where to go', async () => {
  for (const credential of [hosted(), jws, png(iTXt('openbadges', jws))]) {
    const report = await verify({ credential })
    expect(report.verdict).toBe('invalid')
    expect(report.checks[0]?.message).toContain('verifyAssertion of testamur/records')
  }
})
