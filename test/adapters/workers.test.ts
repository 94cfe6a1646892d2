import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { type CredentialReport, isCredentialError, issue, vcJwt, verify } from 'testamur'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Workers from '../../src/adapters/workers.ts'
import { badge, type Document, edit, now, recordOf, school, signed, signedBadge } from '../helpers/fixtures.ts'
import { badgeWith, listOf, listUrl, place } from '../helpers/status.ts'

// Threads run files, not sources: the pool is built as users get it, into a folder that finds the same packages.
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(root, 'node_modules/.testamur-workers-'))
let workers: typeof Workers
const revocable = await badgeWith()

beforeAll(async () => {
  await build({
    entryPoints: {
      workers: join(root, 'src/adapters/workers.ts'),
      'verify-worker': join(root, 'src/adapters/verify-worker.ts'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  workers = (await import(pathToFileURL(join(folder, 'workers.js')).href)) as typeof Workers
})

const recordInRecord = async () =>
  recordOf([
    await signedBadge(),
    await recordOf([await signedBadge()], 'urn:uuid:5d3c5c3e-0b52-4d6a-9a54-3a0e4c7a1f77'),
  ])

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a pool of threads', () => {
  it('gives the verdicts of one thread, in order', async () => {
    const good = JSON.stringify(await signedBadge())
    const bad = good.replace('Welding', 'Wielding')
    const credentials = Array.from({ length: 50 }, (_, index) => (index % 7 === 3 ? bad : good))
    const pool = workers.createWorkerPool({ size: 2 })
    try {
      const verdicts: string[] = []
      for await (const { index, report } of pool.verifyMany({ credentials, now })) {
        expect(index).toBe(verdicts.length)
        if (report.verified) expect(Object.isFrozen(report.credential.credentialSubject)).toBe(true)
        verdicts.push(report.verdict)
      }
      expect(verdicts).toEqual(credentials.map((credential) => (credential === good ? 'valid' : 'invalid')))
    } finally {
      await pool.close()
    }
  })

  it('listens to a signal for none of many credentials', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error): void => void warnings.push(warning)
    process.on('warning', hear)
    const { signal } = new AbortController()
    const text = JSON.stringify(await signedBadge())
    const pool = workers.createWorkerPool({ size: 2 })
    try {
      const seen: number[] = []
      for await (const _ of pool.verifyMany({ credentials: Array(400).fill(text), now, signal }))
        seen.push(getEventListeners(signal, 'abort').length)
      // What cannot be sent to a thread is verified here.
      for await (const _ of pool.verifyMany({
        credentials: Array(40).fill({ text, [Symbol.iterator]: Array }),
        now,
        signal,
      }))
        seen.push(getEventListeners(signal, 'abort').length)
      expect(seen).toEqual(Array(440).fill(0))
      expect(warnings).toEqual([])
    } finally {
      await pool.close()
      process.off('warning', hear)
    }
  })

  it('ends no run for one document that makes no text', async () => {
    const good = await signedBadge()
    const odd = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'EnvelopedVerifiableCredential',
      id: { toString: 1 },
    }
    const pool = workers.createWorkerPool({ size: 1 })
    try {
      const verdicts: string[] = []
      for await (const { report } of pool.verifyMany({ credentials: [good, odd, good], now }))
        verdicts.push(report.verdict)
      expect(verdicts).toEqual(['valid', 'invalid', 'valid'])
    } finally {
      await pool.close()
    }
  })

  it('reads a credential when it is first asked for, wherever that is, and all of a record at once', async () => {
    const record = JSON.stringify(await recordInRecord())
    const here = await verify({ credential: record, now })
    expect(here.verdict).toBe('valid')
    const pool = workers.createWorkerPool({ size: 1 })
    const credentialOf = (report: CredentialReport | undefined) => report?.verified && report.credential
    const readers: ((report: CredentialReport) => unknown)[] = [
      (report) => JSON.parse(JSON.stringify(report)),
      (report) => structuredClone(report),
      (report) => ({ ...report }),
      (report) => credentialOf(report.nested[1]?.report.nested[0]?.report) && report,
    ]
    try {
      const credentials = readers.map(() => record)
      for await (const { index, report } of pool.verifyMany({ credentials, now })) {
        expect(readers[index]?.(report)).toEqual(here)
        const subject = (credentialOf(report) as unknown as Document)['credentialSubject']
        const inside = (subject as { verifiableCredential: readonly object[] }).verifiableCredential
        const inner = report.nested[1]?.report as CredentialReport
        // It is plain data from now on, the very part of the record.
        expect(Object.getOwnPropertyDescriptor(inner, 'credential')?.value).toBe(inside[1])
      }
    } finally {
      await pool.close()
    }
  })

  it('gives the whole report, also of records, of what is signed text, and of what is not valid', async () => {
    const record = await recordInRecord()
    const jwt = (await issue({ credential: badge(), key: school, now, format: vcJwt() })) as string
    const unescaped = await signed({ ...badge(), id: 'urn:x:~1/~0' })
    const forged = edit(record, '/credentialSubject/verifiableCredential/0/name', 'Other')
    const endorsed = await signedBadge({ endorsementJwt: [jwt] } as object)
    const documents = [await signedBadge(), record, unescaped, forged, endorsed]
    const texts = documents.map((each) => JSON.stringify(each))
    const credentials = [...texts, ` ${texts[0]}`, jwt, new TextEncoder().encode(texts[1]), documents[1], '{', 'x']
    const pool = workers.createWorkerPool({ size: 2 })
    try {
      let [index, inText] = [0, 0]
      for await (const { report } of pool.verifyMany({ credentials, now })) {
        expect(report).toEqual(await verify({ credential: credentials[index], now }))
        const subject = report.verified ? (report.credential as Document)['credentialSubject'] : undefined
        const inside = (subject as { verifiableCredential?: readonly object[] } | undefined)?.verifiableCredential ?? []
        for (const [at, { report: inner }] of report.nested.entries()) {
          if (!report.verified || !inner.verified) continue
          if (inner.envelope) inText += 1
          if (inner.envelope) continue
          expect(Object.isFrozen(inner.credential.credentialSubject)).toBe(true)
          if (typeof credentials[index] === 'string') expect(inner.credential).toBe(inside[at])
        }
        index += 1
      }
      expect([index, inText]).toEqual([credentials.length, 1])
    } finally {
      await pool.close()
    }
  })

  it('takes status lists along, run by run', async () => {
    const credentials = Array.from({ length: 40 }, () => JSON.stringify(revocable))
    const pool = workers.createWorkerPool({ size: 2 })
    const verdicts = async (settings: object) => {
      const found = new Set<string>()
      for await (const { report } of pool.verifyMany({ credentials, now, ...settings })) found.add(report.verdict)
      return [...found]
    }
    try {
      const clear = verdicts({ statusLists: [await listOf()] })
      const revoked = verdicts({ statusLists: { [listUrl]: await listOf({ set: [[place, 1]] }) } })
      expect(await Promise.all([clear, revoked, verdicts({})])).toEqual([['valid'], ['invalid'], ['indeterminate']])
      expect(await verdicts({ statusLists: [await listOf()], maxStatusAge: 60 })).toEqual(['indeterminate'])
    } finally {
      await pool.close()
    }
  })

  it("throws for its caller's mistakes, and for work after its end", async () => {
    expect(() => workers.createWorkerPool({ size: 0 })).toThrow(/size/)
    expect(() => workers.createWorkerPool({ threads: 2 } as object)).toThrow('there is no option "threads"')
    const pool = workers.createWorkerPool({ size: 1 })
    const run = async (settings: object) => {
      for await (const _ of pool.verifyMany({ credentials: ['{}'], ...settings })) break
    }
    const error = await run({ clockTolerance: -1 }).catch((cause: unknown) => cause)
    expect(isCredentialError(error) && error.code).toBe('OPTION_INVALID')
    await pool.close()
    const late = await run({}).catch((cause: unknown) => cause)
    expect(isCredentialError(late) && late).toMatchObject({
      code: 'POOL_ENDED',
      message: expect.stringContaining('closed'),
    })
  })
})
