import { type CurveAlgorithm, generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { loadAlgorithm } from '../../src/keys/algorithms.ts'
import { verifyOnWeb } from '../../src/keys/web.ts'

const data = new TextEncoder().encode('conferred')

describe.each<CurveAlgorithm>(['Ed25519', 'P-256', 'P-384'])('WebCrypto and %s', (algorithm) => {
  it('says what JavaScript says', async () => {
    const [key, other] = [await generateKey({ algorithm }), await generateKey({ algorithm })]
    const row = await loadAlgorithm(algorithm)
    const good = await key.sign(data)
    const bad = good.map((byte, index) => (index === 5 ? byte ^ 1 : byte))
    for (const signature of [good, bad, good.slice(1), new Uint8Array(good.length)]) {
      for (const { publicKey } of [key, other]) {
        const javaScript = (() => {
          try {
            return row.verify(publicKey, data, signature)
          } catch {
            return false
          }
        })()
        expect(await verifyOnWeb({ algorithm, bytes: publicKey }, data, signature)).toBe(javaScript)
      }
    }
  })

  it('refuses a key that is none', async () => {
    const bytes = new Uint8Array(algorithm === 'Ed25519' ? 32 : algorithm === 'P-256' ? 33 : 49)
    await expect(verifyOnWeb({ algorithm, bytes }, data, new Uint8Array(64))).rejects.toThrow()
  })
})
