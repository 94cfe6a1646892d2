import { availableParallelism } from 'node:os'
import { type CurveAlgorithm, generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { verifyNatively } from '../../src/keys/native.ts'
import { verifySignature } from '../../src/keys/signature.ts'

const data = new TextEncoder().encode('conferred')

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

  it.skipIf(availableParallelism() === 1)('answers at once only where it is asked on this thread', async () => {
    const { publicKey, ...key } = await generateKey({ algorithm })
    const read = { algorithm, bytes: publicKey }
    const signature = await key.sign(data)
    await verifyNatively(read, data, signature, false)
    expect(verifyNatively(read, data, signature, false)).toBe(true)
    expect(verifyNatively(read, data, signature, true)).toBeInstanceOf(Promise)
  })

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
