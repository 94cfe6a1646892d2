import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type OpenBadgeInput, verify } from 'testamur'
import { checkEvidence, type EvidenceContent } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { badge, challenge, edit, now, presented, signed, signedBadge } from '../helpers/fixtures.ts'

const id = 'https://school.example/essay.txt'
const essay = 'An essay on tides, é.\n'
const bytes = new TextEncoder().encode(essay)
const report = async (more: Partial<OpenBadgeInput>) => verify({ credential: await signedBadge(more), now })
const good = await report({ evidence: { id, name: 'Essay', content: essay } })

async function outcome(open: () => unknown, from = good): Promise<string | undefined> {
  const [result] = await checkEvidence({ report: from, open: open as () => EvidenceContent })
  return result?.outcome
}

describe('checkEvidence', () => {
  it.each<[string, () => unknown]>([
    ['bytes', () => bytes],
    ['text', () => essay],
    ['a promise', async () => bytes],
    ['a Blob', () => new Blob([bytes])],
    ['a web stream', () => new Blob([bytes]).stream()],
    ['the body of an answer', () => new Response(essay).body],
    ['a stream of Node', () => Readable.from([bytes.subarray(0, 5), bytes.subarray(5)])],
    [
      'pieces',
      async function* () {
        for (const byte of bytes) yield Uint8Array.of(byte)
      },
    ],
  ])('takes %s', async (_what, open) => {
    expect(await outcome(open)).toBe('unchanged')
  })

  it('tells a changed file from one that is gone and one that could not be had', async () => {
    expect(await outcome(() => essay.trim())).toBe('changed')
    expect(await outcome(() => '')).toBe('changed')
    expect(await outcome(() => undefined)).toBe('missing')
    expect(await outcome(() => Promise.reject(new Error('the line is down')))).toBe('unreachable')
    expect(await outcome(() => 7)).toBe('unreachable')
    const broken = async function* () {
      yield bytes
      throw new Error('cut off')
    }
    expect(await outcome(broken)).toBe('unreachable')
  })

  it('says which file it was, and where it stands', async () => {
    const [result] = await checkEvidence({ report: good, open: () => undefined })
    expect(result).toEqual({
      path: '/evidence/0',
      id,
      name: 'Essay',
      outcome: 'missing',
      message: 'There is no such file any more.',
    })
  })

  it('asks for what has a digest alone', async () => {
    const asked: string[] = []
    const more = await report({
      evidence: [
        { id: 'https://school.example/1' },
        { narrative: 'A talk.' },
        { id, content: essay },
        { id: 'data:,a%20b' },
      ],
    })
    const results = await checkEvidence({
      report: more,
      open: (each) => {
        asked.push(each)
        return essay
      },
    })
    expect(asked).toEqual([id])
    expect(results.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      '/evidence/0 undigested',
      '/evidence/2 unchanged',
      '/evidence/3 unchanged',
    ])
  })

  it.each([
    ['data:text/plain;base64,YSBi', 'a b', 'unchanged'],
    ['data:,a%20b', 'a b', 'unchanged'],
    ['data:,a%20c', 'a b', 'changed'],
    ['data:a', 'a b', 'unreachable'],
  ])('hashes what is in the record itself: %s', async (url, content, expected) => {
    expect(await outcome(() => expect.unreachable(), await report({ evidence: { id: url, content } }))).toBe(expected)
  })

  it('holds a file to every digest, of whatever function, also of relatedResource', async () => {
    const sri = (name: string, text: string) => `${name}-${createHash(name).update(text).digest('base64')}`
    const withDigests = async (...digests: readonly string[]) => {
      const document = edit(badge(), '/evidence', [{ id, type: ['Evidence'] }])
      const related = digests.map((digestSRI) => ({ id, digestSRI }))
      const resources = digests.length === 1 ? related : [{ id, digestSRI: digests }]
      return verify({ credential: await signed({ ...document, relatedResource: resources }), now })
    }
    expect(await outcome(() => essay, await withDigests(sri('sha512', essay)))).toBe('unchanged')
    expect(await outcome(() => essay, await withDigests(sri('sha384', essay), sri('sha256', essay)))).toBe('unchanged')
    expect(await outcome(() => essay, await withDigests(sri('sha384', essay), sri('sha256', 'x')))).toBe('changed')
    expect(await outcome(() => 'x', await withDigests(sri('sha384', essay), sri('sha256', 'x')))).toBe('changed')
  })

  it('reads no more than it may', async () => {
    let pieces = 0
    const endless = async function* () {
      for (;;) {
        pieces += 1
        yield new Uint8Array(1000)
      }
    }
    const [result] = await checkEvidence({ report: good, open: endless, maxBytes: 10_000 })
    expect(result).toMatchObject({ outcome: 'unreachable', message: expect.stringContaining('more than 10000 bytes') })
    expect(pieces).toBe(11)
  })

  it('reads nothing from what is not verified', async () => {
    const forged = await verify({
      credential: edit(await signedBadge({ evidence: { id, content: essay } }), '/name', 'x'),
      now,
    })
    expect(await checkEvidence({ report: forged, open: () => expect.unreachable() })).toEqual([])
  })

  it('goes through a presentation, and through a report that was kept as JSON', async () => {
    const held = await presented([await signedBadge({ evidence: { id, content: essay } })])
    const kept = JSON.parse(JSON.stringify(await verify({ presentation: held, challenge, now })))
    const results = await checkEvidence({ report: kept, open: () => essay })
    expect(results).toMatchObject([{ path: '/credentials/0/evidence/0', outcome: 'unchanged' }])
  })

  it('ends when it is told to', async () => {
    const controller = new AbortController()
    const open = (): string => {
      controller.abort(new Error('enough'))
      return essay
    }
    await expect(checkEvidence({ report: good, open, signal: controller.signal })).rejects.toThrow('enough')
  })

  it.each<[object, string]>([
    [{ report: {}, open: String }, 'report must be'],
    [{ report: good }, 'open must be'],
    [{ report: good, open: String, maxBytes: 0 }, 'maxBytes'],
    [{ report: good, open: String, files: [] }, 'there is no option "files"'],
  ])('refuses %j', async (options, message) => {
    await expect(checkEvidence(options as never)).rejects.toThrow(message)
  })
})
