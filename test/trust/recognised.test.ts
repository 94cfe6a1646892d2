import { endorsement, type RecognisedIssuersOptions, recognisedIssuers, trustList, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { codesOf, college, edit, learner, now, school, signed, signedBadge, thief } from '../helpers/fixtures.ts'
import { badgeSignedAnyway, entryAt, listOf, place } from '../helpers/status.ts'

const badge = await signedBadge()
const accreditor = college
const accreditors = trustList({ name: 'ministry', issuers: { [accreditor.controller]: 'Accreditation board' } })
const about = (endorsed: string, more: object = {}) => ({
  ...endorsement({
    name: 'Accreditation',
    endorsed,
    id: 'urn:example:accreditation',
    endorsementComment: 'Accredited.',
  }),
  ...more,
})
const recognition = await signed(about(school.controller), accreditor)

async function judge(more: Partial<RecognisedIssuersOptions>, credential: unknown = badge): Promise<readonly string[]> {
  const trust = recognisedIssuers({ name: 'accredited', accreditors, recognitions: [recognition], now, ...more })
  return codesOf(await verify({ credential, now, trust }))
}

describe('recognisedIssuers', () => {
  it('knows an issuer by the credential of an accreditor, and shows the chain', async () => {
    const trust = recognisedIssuers({ name: 'accredited', accreditors, recognitions: [recognition], now })
    const report = await verify({ credential: badge, now, trust })
    expect(report.checks.find(({ name }) => name === 'trust')).toMatchObject({
      outcome: 'passed',
      trust: {
        registry: 'accredited',
        chain: [
          { by: 'ministry', about: accreditor.controller },
          { by: accreditor.controller, about: school.controller, in: 'urn:example:accreditation' },
        ],
      },
    })
  })

  it('goes on over accreditors that are recognised themselves', async () => {
    const between = recognisedIssuers({
      name: 'boards',
      accreditors,
      recognitions: [await signed(about(thief.controller), accreditor)],
      now,
    })
    const recognitions = [await signed(about(school.controller), thief)]
    const trust = recognisedIssuers({ name: 'accredited', accreditors: between, recognitions, now })
    expect((await trust(school.controller))?.chain?.map(({ by }) => by)).toEqual([
      'ministry',
      accreditor.controller,
      thief.controller,
    ])
  })

  it.each<[string, () => Promise<readonly unknown[]>]>([
    ['none', async () => []],
    ['one about another', async () => [await signed(about(learner.controller), accreditor)]],
    ['one by a stranger', async () => [await signed(about(school.controller), thief)]],
    ['one by the issuer itself', async () => [await signed(about(school.controller), school)]],
    ['one that was changed', async () => [edit(recognition, '/name', 'x')]],
    [
      'one that has ended',
      async () => [
        await signed(
          about(school.controller, { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-11-01T00:00:00Z' }),
          accreditor,
        ),
      ],
    ],
    [
      'a badge that the accreditor awarded to the issuer',
      async () => [await signedBadge({ recipient: { id: school.controller } }, accreditor)],
    ],
    [
      'one about several',
      async () => {
        const subjects = [school, learner].map(({ controller }) => ({ id: controller, type: ['EndorsementSubject'] }))
        return [await signed(about(school.controller, { credentialSubject: subjects }), accreditor)]
      },
    ],
    ['what is no credential', async () => [7, null, 'x', {}]],
  ])('does not know it by %s', async (_what, recognitions) => {
    expect(await judge({ recognitions: await recognitions() })).toEqual(['ISSUER_UNTRUSTED'])
  })

  it('knows none that was revoked, and leaves open what could not be looked up', async () => {
    const status = entryAt()
    const withStatus = await badgeSignedAnyway(status)
    const subject = (withStatus['credentialSubject'] as { id: string }).id
    const types = ['OpenBadgeCredential']
    const ask = (statusLists: readonly unknown[]) =>
      recognisedIssuers({
        name: 'accredited',
        accreditors: trustList({ name: 'ministry', issuers: { [school.controller]: 'School' } }),
        recognitions: [withStatus],
        types,
        now,
        statusLists,
      })(subject)
    expect(await ask([await listOf({})])).toMatchObject({ registry: 'accredited' })
    expect(await ask([await listOf({ set: [[place, 1]] })])).toBeUndefined()
    await expect(ask([])).rejects.toThrow('undecided')
  })

  it('could not find out where the accreditors could not be asked', async () => {
    expect(await judge({ accreditors: () => Promise.reject(new Error('down')) })).toEqual(['TRUST_UNAVAILABLE'])
  })

  it.each([
    {},
    { name: 'x' },
    { name: 'x', recognitions: [] },
    { name: 'x', recognitions: [], accreditors, trust: accreditors },
  ])('refuses %j', (options) => {
    expect(() => recognisedIssuers(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
