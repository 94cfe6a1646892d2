import { generateKey, issueMany, type VerifiedItem, verifyMany } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, now, plainCredential, school, signedBadge } from './helpers/fixtures.ts'
import { forge, joseBadge, payloadOf } from './helpers/jwt.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = []
  for await (const item of items) result.push(item)
  return result
}

describe('verifyMany', () => {
  it('reports on each in order, and goes on after a bad one', async () => {
    const good = JSON.stringify(await signedBadge())
    const credentials = [good, good.replace('Welding', 'Wielding'), '{', 7, good]
    const items = await collect(verifyMany({ credentials, now }))
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    expect(items.map(({ report }) => report.verdict)).toEqual(['valid', 'invalid', 'invalid', 'invalid', 'valid'])
  })

  it('leaves one undecided where a function of the caller throws, and goes on', async () => {
    const good = await signedBadge()
    const named = { ...payloadOf(await joseBadge()), issuer: { id: 'https://school.example', type: ['Profile'] } }
    const acceptController = () => {
      throw new Error('the table is locked')
    }
    const credentials = [good, await forge(named, { typ: 'vc+jwt' }), good]
    const items = await collect(verifyMany({ credentials, now, acceptController }))
    expect(items.map(({ report }) => report.verdict)).toEqual(['valid', 'indeterminate', 'valid'])
    const message = 'It was not verified to the end'
    expect(items[1]?.report.checks).toEqual([
      expect.objectContaining({
        code: 'PROOF_UNAVAILABLE',
        message: expect.stringMatching(`^${message}.*function.*locked`),
      }),
    ])
  })

  it('reads a stream, and resolves a DID once for all', async () => {
    const key = await generateKey({ id: 'did:web:school.example#1' })
    const document = {
      id: key.controller,
      verificationMethod: [
        { id: key.id, type: 'Multikey', controller: key.controller, publicKeyMultibase: school.controller.slice(8) },
      ],
      assertionMethod: [key.id],
    }
    let asked = 0
    const issued = await collect(
      issueMany({ key, credentials: Array.from({ length: 20 }, () => plainCredential()), now }),
    )
    async function* stream() {
      for (const { credential } of issued) yield credential
    }
    const resolveDid = async () => {
      asked += 1
      return document
    }
    const items: VerifiedItem[] = await collect(verifyMany({ credentials: stream(), resolveDid, now }))
    expect(items).toHaveLength(20)
    expect(asked).toBe(1)
  })

  it('asks again for what could not be found out', async () => {
    const key = await generateKey({ id: 'did:web:school.example#1' })
    const issued = await collect(issueMany({ key, credentials: [plainCredential(), plainCredential()], now }))
    let asked = 0
    const resolveDid = async () => {
      asked += 1
      throw new Error('the line is down')
    }
    const credentials = issued.map(({ credential }) => credential)
    const items = await collect(verifyMany({ credentials, resolveDid, now, concurrency: 1 }))
    expect(items.map(({ report }) => report.verdict)).toEqual(['indeterminate', 'indeterminate'])
    expect(asked).toBe(2)
  })

  it('stops when its signal says so', async () => {
    const controller = new AbortController()
    const good = await signedBadge()
    const items = verifyMany({ credentials: [good, good, good], now, concurrency: 1, signal: controller.signal })
    await items.next()
    controller.abort(new Error('enough'))
    await expect(collect(items)).rejects.toThrow('enough')
  })

  it('throws for what its caller got wrong', async () => {
    await expect(collect(verifyMany({ credentials: 7 as never }))).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    await expect(collect(verifyMany({ credentials: [], concurrency: 0 }))).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
  })
})

describe('issueMany', () => {
  it('issues each in order; one that cannot be is an item with its error', async () => {
    const credentials = [badge(), { ...badge(), nmae: 'typo' }, badge()]
    const items = await collect(issueMany({ key: school, credentials, now }))
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(items[1]?.error).toMatchObject({ code: 'CREDENTIAL_MALFORMED' })
    const issued = items.flatMap(({ credential }) => (credential ? [credential] : []))
    expect(issued).toHaveLength(2)
    const reports = await collect(verifyMany({ credentials: issued, now }))
    expect(reports.every(({ report }) => report.verified)).toBe(true)
  })
})
