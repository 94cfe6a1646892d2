import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { ed25519 } from '@noble/curves/ed25519'
import { type CurveAlgorithm, generateKey } from 'testamur'
import { describe, expect, it, vi } from 'vitest'
import { nativeEd25519Signer, verifyNatively } from '../../src/keys/native.ts'
import { verifySignature } from '../../src/keys/signature.ts'

const data = new TextEncoder().encode('conferred')

/** What this module is on another platform. */
async function on(platform: {
  isMainThread?: unknown
  cores?: number
  versions?: object | undefined
  crypto?: boolean
}) {
  const { process } = globalThis
  const builtin = (name: string): unknown => {
    if (name === 'node:worker_threads') return 'isMainThread' in platform ? platform : undefined
    if (name === 'node:os') return platform.cores && { availableParallelism: () => platform.cores }
    return platform.crypto === false && name === 'node:crypto' ? undefined : process.getBuiltinModule(name)
  }
  vi.resetModules()
  vi.stubGlobal('process', { getBuiltinModule: builtin, versions: platform.versions })
  try {
    return await import('../../src/keys/native.ts')
  } finally {
    vi.unstubAllGlobals()
  }
}

describe('a check beside others', () => {
  const main = { isMainThread: true, cores: 2, versions: { node: '20.19.0' } }
  it.each([
    ['goes to another core of Node', main, true],
    ['goes there also where no version is told', { ...main, versions: undefined }, true],
    ['stays where there is one core', { ...main, cores: 1 }, false],
    ['stays where the number of cores is not known', { isMainThread: true }, false],
    ['stays on a thread of a pool', { ...main, isMainThread: false }, false],
    ['stays where it is not known which thread this is', { cores: 2 }, false],
    ['stays on Bun', { ...main, versions: { bun: '1.2.0', node: '22.6.0' } }, false],
    ['stays on Deno', { ...main, versions: { deno: '2.1.0', node: '20.11.1' } }, false],
  ])('%s', async (_, platform, isLater) => {
    const { verifyNatively } = await on(platform)
    const { publicKey: bytes, ...key } = await generateKey()
    const read = { algorithm: 'Ed25519', bytes } as const
    const signature = await key.sign(data)
    expect(await verifyNatively(read, data, signature, true)).toBe(true)
    for (const good of [signature, new Uint8Array(64)]) {
      for (const beside of [true, false]) {
        const answer = verifyNatively(read, data, good, beside)
        expect(answer instanceof Promise).toBe(isLater && beside)
        expect(await answer).toBe(good === signature)
      }
    }
  })
})

it('a platform without cryptography of its own says nothing', async () => {
  const { verifyNatively, nativeEd25519Signer } = await on({ crypto: false })
  const bytes = new Uint8Array(32)
  expect(verifyNatively({ algorithm: 'Ed25519', bytes }, data, new Uint8Array(64), false)).toBeUndefined()
  expect(nativeEd25519Signer(bytes, bytes)).toBeUndefined()
})

it('the platform signs with Ed25519 as JavaScript does', () => {
  const secret = new Uint8Array(32).fill(7)
  const sign = nativeEd25519Signer(secret, ed25519.getPublicKey(secret))
  expect(sign?.(data)).toEqual(ed25519.sign(data, secret))
})

describe.each<CurveAlgorithm>(['Ed25519', 'P-256', 'P-384'])('the platform and %s', (algorithm) => {
  it('says the same on another thread as on this one', async () => {
    const [key, other] = [await generateKey({ algorithm }), await generateKey({ algorithm })]
    const good = await key.sign(data)
    const bad = good.map((byte, index) => (index === 5 ? byte ^ 1 : byte))
    for (const { publicKey } of [key, other]) {
      for (const signature of [good, bad, good.slice(1), new Uint8Array(good.length), new Uint8Array(0)]) {
        const isGood = publicKey === key.publicKey && signature === good
        const read = { algorithm, bytes: publicKey }
        expect(await verifyNatively(read, data, signature, false)).toBe(isGood)
        expect(await verifyNatively(read, data, signature, true)).toBe(isGood)
        expect(await verifySignature(read, data, signature, true)).toBe(isGood)
      }
    }
  })

  it.skipIf(!isMainThread || availableParallelism() === 1)(
    'answers at once only where it is asked on this thread',
    async () => {
      const { publicKey, ...key } = await generateKey({ algorithm })
      const read = { algorithm, bytes: publicKey }
      const signature = await key.sign(data)
      await verifyNatively(read, data, signature, false)
      expect(verifyNatively(read, data, signature, false)).toBe(true)
      expect(verifyNatively(read, data, signature, true)).toBeInstanceOf(Promise)
    },
  )

  it('takes no signature of bytes that were put in place of the signed ones after it was asked', async () => {
    const key = await generateKey({ algorithm })
    const changed = new TextEncoder().encode('conferreX')
    const signature = await key.sign(data)
    const read = { algorithm, bytes: key.publicKey }
    await verifyNatively(read, data, signature, true)
    const answer = verifyNatively(read, changed, signature, true)
    changed.set(data)
    expect(await answer).toBe(false)
  })

  it('calls no signature good under a key that is none', async () => {
    const bytes = new Uint8Array(algorithm === 'Ed25519' ? 31 : algorithm === 'P-256' ? 33 : 49)
    expect(await verifySignature({ algorithm, bytes }, data, new Uint8Array(64), true)).toBe(false)
  })
})
