import { describe, expect, it } from 'vitest'
import { checkContents, checkPresented, MAX_CONTENTS, MAX_NESTING } from '../../src/checks/contents.ts'
import { type CredentialReport, passed } from '../../src/report.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const credential = { type: ['VerifiableCredential'] }
const good = {
  kind: 'credential',
  verified: true,
  verdict: 'valid',
  checks: [passed('proof', 'Fine.')],
  nested: [],
} as unknown as CredentialReport
const bad = { ...good, verified: false, verdict: 'invalid' } as CredentialReport
const unsure = { ...good, verified: false, verdict: 'indeterminate' } as CredentialReport

async function placesIn(document: JsonObject): Promise<readonly string[]> {
  return (await checkContents(document, 0, async () => good)).nested.map(({ path }) => path)
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
    [{ endorsement: ['text', 7, null] }, ['/endorsement/0', '/endorsement/1', '/endorsement/2']],
    [{ proof: { verifiableCredential: credential } }, []],
    [{ '@context': { verifiableCredential: 'https://x.example/' } }, []],
  ])('%j', async (document, places) => {
    expect(await placesIn(document)).toEqual(places)
  })

  it('is left whole: what is inside it is its own affair', async () => {
    const seen: JsonValue[] = []
    const inner = { ...credential, endorsement: [credential] }
    await checkContents({ endorsement: [inner] }, 0, async (each) => {
      seen.push(each)
      return good
    })
    expect(seen).toEqual([inner])
  })
})

describe('the verdict', () => {
  const check = async (...reports: readonly CredentialReport[]) => {
    const left = [...reports]
    const document = { endorsement: reports.map(() => credential) }
    return (await checkContents(document, 0, async () => left.shift() as CredentialReport)).checks
  }

  it('is that of the worst, with one check for each that is not valid', async () => {
    expect(await check()).toEqual([expect.objectContaining({ outcome: 'skipped' })])
    expect(await check(good, good)).toEqual([expect.objectContaining({ outcome: 'passed' })])
    expect(await check(good, unsure)).toEqual([
      expect.objectContaining({ code: 'CONTENT_INDETERMINATE', path: '/endorsement/1' }),
    ])
    expect(await check(bad, good, unsure)).toEqual([
      expect.objectContaining({ code: 'CONTENT_INVALID', path: '/endorsement/0' }),
      expect.objectContaining({ code: 'CONTENT_INDETERMINATE', path: '/endorsement/2' }),
    ])
  })

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
  const never = () => Promise.reject(new Error('nothing may be verified'))

  it('on levels', async () => {
    const document = { endorsement: [credential] }
    expect((await checkContents(document, MAX_NESTING - 1, async () => good)).nested).toHaveLength(1)
    const { checks } = await checkContents(document, MAX_NESTING, never)
    expect(checks).toEqual([expect.objectContaining({ code: 'LIMIT_EXCEEDED' })])
  })

  it('on numbers', async () => {
    const many = (count: number) => ({ endorsement: Array(count).fill(credential) })
    expect((await checkContents(many(MAX_CONTENTS), 0, async () => good)).nested).toHaveLength(MAX_CONTENTS)
    expect((await checkContents(many(MAX_CONTENTS + 1), 0, never)).checks).toEqual([
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    ])
  })
})
