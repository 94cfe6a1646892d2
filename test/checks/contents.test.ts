import { describe, expect, it } from 'vitest'
import { checkContents, checkPresented } from '../../src/checks/contents.ts'
import { defaultLimits } from '../../src/encoding/limits.ts'
import { findContents, findTooMany } from '../../src/records/contents.ts'
import { isEndorsementPath } from '../../src/records/report-tree.ts'
import { type CredentialReport, failed, passed } from '../../src/report.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const credential = { type: ['VerifiableCredential'] }
const good = {
  kind: 'credential',
  verified: true,
  verdict: 'valid',
  credential,
  checks: [passed('proof', 'Fine.')],
  nested: [],
} as unknown as CredentialReport
const bad = { ...good, verified: false, verdict: 'invalid' } as CredentialReport
const unsure = { ...good, verified: false, verdict: 'indeterminate' } as CredentialReport

async function placesIn(document: JsonObject): Promise<readonly string[]> {
  return (await checkContents(findContents(document), async () => good)).nested.map(({ path }) => path)
}

describe('what counts as a credential inside', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{}, []],
    [
      { credentialSubject: { verifiableCredential: [credential, credential] } },
      ['/credentialSubject/verifiableCredential/0', '/credentialSubject/verifiableCredential/1'],
    ],
    [{ credentialSubject: { verifiableCredential: credential } }, ['/credentialSubject/verifiableCredential']],
    [{ endorsement: [credential] }, ['/endorsement/0']],
    [{ endorsementJwt: ['aa.bb.cc'] }, ['/endorsementJwt/0']],
    [{ 'any/thing': { deep: [[credential]] } }, ['/any~1thing/deep/0/0']],
    [{ issuer: { id: 'did:example:1', endorsement: [credential] } }, ['/issuer/endorsement/0']],
    [{ endorsement: null, name: 'verifiableCredential', other: null, list: [null, 7, 'text'] }, []],
    [{ endorsement: 'aa.bb.cc' }, ['/endorsement']],
    [{ endorsement: ['text', 7, null] }, ['/endorsement/0', '/endorsement/1', '/endorsement/2']],
    [{ proof: { verifiableCredential: credential } }, []],
    [{ '@context': { verifiableCredential: 'https://x.example/' } }, []],
  ])('%j', async (document, places) => {
    expect(await placesIn(document)).toEqual(places)
  })

  it('is a record of the learner where records stand, and a word on something elsewhere', () => {
    const documents = [
      { credentialSubject: { verifiableCredential: [credential] } },
      { endorsement: [credential], evidence: credential, endorsementJwt: 'aa.bb.cc' },
      { evidence: { proof: { verifiableCredential: credential } } },
    ]
    const found = documents.flatMap((document) => findContents(document).map(({ path, isRecord }) => [path, isRecord]))
    expect(found).toEqual([
      ['/credentialSubject/verifiableCredential/0', true],
      ['/endorsement/0', false],
      ['/evidence', false],
      ['/endorsementJwt', false],
      ['/evidence/proof/verifiableCredential', true],
    ])
  })

  it('is left whole: what is inside it is its own affair', async () => {
    const seen: JsonValue[] = []
    const inner = { ...credential, endorsement: [credential] }
    await checkContents(findContents({ endorsement: [inner] }), async (each) => {
      seen.push(each)
      return good
    })
    expect(seen).toEqual([inner])
  })
})

describe('the verdict', () => {
  const check = async (...reports: readonly CredentialReport[]) => {
    const left = [...reports]
    const document = { verifiableCredential: reports.map(() => credential) }
    return (await checkContents(findContents(document), async () => left.shift() as CredentialReport)).checks
  }

  it('is that of the worst, with one check for each that is not valid', async () => {
    expect(await check()).toEqual([expect.objectContaining({ outcome: 'skipped' })])
    expect(await check(good, good)).toEqual([expect.objectContaining({ outcome: 'passed' })])
    expect(await check(good, unsure)).toEqual([
      expect.objectContaining({ code: 'CONTENT_INDETERMINATE', path: '/verifiableCredential/1' }),
    ])
    expect(await check(bad, good, unsure)).toEqual([
      expect.objectContaining({ code: 'CONTENT_INVALID', path: '/verifiableCredential/0' }),
      expect.objectContaining({ code: 'CONTENT_INDETERMINATE', path: '/verifiableCredential/2' }),
    ])
  })

  it.each(['endorsement', 'endorsementJwt'])('is not that of %s', async (name) => {
    const document = { [name]: [credential], verifiableCredential: [credential] }
    const reports = [bad, good]
    const { checks, nested } = await checkContents(findContents(document), async () => reports.shift() as typeof good)
    expect(checks).toEqual([expect.objectContaining({ outcome: 'passed', message: 'The credential inside is valid.' })])
    expect(nested).toHaveLength(2)
    const alone = await checkContents(findContents({ [name]: [credential] }), async () => bad)
    expect(alone.checks).toEqual([expect.objectContaining({ name: 'contents', outcome: 'skipped' })])
  })

  it.each(['/endorsement', '/endorsement/0/verifiableCredential', '/a~1endorsement/0', '/endorsements/0'])(
    'is that of what only looks as if it stood at %s',
    (path) => {
      expect(isEndorsementPath(path)).toBe(path === '/endorsement')
    },
  )

  it('counts, and gives the reason of the worst', async () => {
    const messagesOf = async (...reports: readonly CredentialReport[]) =>
      (await check(...reports)).map(({ message }) => message)
    const checkRecords = async (count: number, isPartial: boolean) => {
      const document = { credentialSubject: { verifiableCredential: Array(count).fill(credential) } }
      return (await checkContents(findContents(document), async () => good, isPartial)).checks[0]
    }
    expect((await checkRecords(1, false))?.message).toBe('The credential inside is valid.')
    expect((await checkRecords(2, false))?.message).toBe('All 2 credentials inside are valid.')
    const partial = 'It is partial: there is more about the learner than it holds.'
    for (const count of [0, 1]) {
      expect((await checkRecords(count, true))?.notes).toEqual([partial])
      expect(await checkRecords(count, false)).not.toHaveProperty('notes')
    }
    expect((await checkRecords(0, false))?.message).toBe('There are no credentials inside this one.')
    expect(await messagesOf()).toEqual(['There are no credentials inside this one.'])
    const checks = [passed('structure', 'Fine.'), failed('proof', 'PROOF_INVALID', 'Forged.')]
    const [told] = checkPresented([{ path: '/verifiableCredential', report: { ...bad, checks } as CredentialReport }])
    expect(told?.message).toMatch(/is invalid\. Forged\.$/)
  })

  it('of versions of one credential is told at each', async () => {
    const version = (validFrom: string, more: object = {}) =>
      ({
        ...good,
        credential: { id: 'urn:x', issuer: 'did:example:1', validFrom, ...more },
      }) as unknown as CredentialReport
    const left = [version('2026-01-01T00:00:00Z'), version('2026-02-01T00:00:00Z'), good]
    const document = { credentialSubject: { verifiableCredential: left.map(() => credential) } }
    const { checks, nested } = await checkContents(findContents(document), async () => left.shift() as CredentialReport)
    const at = (index: number) => `/credentialSubject/verifiableCredential/${index}`
    expect(nested.map(({ path, supersededBy }) => [path, supersededBy])).toEqual([
      [at(0), at(1)],
      [at(1), undefined],
      [at(2), undefined],
    ])
    expect(nested[1]).not.toHaveProperty('supersededBy')
    expect(checks[0]?.notes).toEqual([expect.stringMatching(`^${at(0)} is superseded.* ${at(1)}\\.$`)])
    const many = Array.from({ length: 30 }, (_, index) => ({
      path: `/verifiableCredential/${index}`,
      report: version('2026-01-01T00:00:00Z'),
    }))
    expect(checkPresented(many)[0]?.notes).toHaveLength(20)
    expect(checkPresented(many)[0]?.notes?.[0]).toContain('is the same as')
    const twice = many.slice(0, 2).map(({ report }) => report)
    const same = await checkContents(
      findContents({ endorsement: [credential, credential] }),
      async () => twice.pop() as CredentialReport,
    )
    expect(same.nested.some((each) => 'supersededBy' in each)).toBe(false)
  })

  it.each(['endorsement', 'evidence'])(
    'of a record is no version of it what stands as %s, however late',
    async (member) => {
      const version = (validFrom: string) =>
        ({ ...good, credential: { id: 'urn:x', issuer: 'did:example:1', validFrom } }) as unknown as CredentialReport
      const left = [version('2026-01-01T00:00:00Z'), version('2026-02-01T00:00:00Z')]
      const document = { credentialSubject: { verifiableCredential: [credential] }, [member]: [credential] }
      const { checks, nested } = await checkContents(
        findContents(document),
        async () => left.shift() as CredentialReport,
      )
      expect(nested).toHaveLength(2)
      expect(nested.filter(({ supersededBy }) => supersededBy !== undefined)).toEqual([])
      expect(checks[0]).not.toHaveProperty('notes')
    },
  )

  it('in a presentation points to the credential', () => {
    const at = (path: string, report: CredentialReport) => ({ path, report })
    expect(checkPresented([])).toEqual([expect.objectContaining({ outcome: 'skipped' })])
    expect(checkPresented([at('/verifiableCredential', good)])).toEqual([
      expect.objectContaining({ outcome: 'passed' }),
    ])
    const two = [at('/verifiableCredential/0', good), at('/verifiableCredential/1', bad)]
    expect(checkPresented(two)).toEqual([expect.objectContaining({ path: '/verifiableCredential/1' })])
  })
})

describe('limits', () => {
  const { nesting, credentials } = defaultLimits

  it('on levels', () => {
    expect(findTooMany(1, nesting - 1, defaultLimits)).toBeUndefined()
    expect(findTooMany(0, nesting, defaultLimits)).toBeUndefined()
    expect(findTooMany(1, nesting, defaultLimits)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      detail: { limit: 'nesting', allowed: nesting },
    })
  })

  it('on numbers', () => {
    expect(findTooMany(credentials, 0, defaultLimits)).toBeUndefined()
    expect(findTooMany(credentials + 1, 0, defaultLimits)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      detail: { limit: 'credentials', allowed: credentials, found: credentials + 1 },
    })
  })
})
