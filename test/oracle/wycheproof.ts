/** Wycheproof: every verdict on signatures, through the path that `verify` takes. */

import { type CurveAlgorithm, loadAlgorithm } from '../../src/keys/algorithms.ts'
import { verifySignature } from '../../src/keys/signature.ts'
import { readOracleJson } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

interface Suite {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk?: string; readonly uncompressed?: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly msg: string
      readonly sig: string
      readonly result: string
    }[]
  }[]
}

const suites = [
  ['wycheproof Ed25519', 'ed25519_test', 'Ed25519'],
  ['wycheproof P-256', 'ecdsa_secp256r1_sha256_p1363_test', 'P-256'],
  ['wycheproof P-384', 'ecdsa_secp384r1_sha384_p1363_test', 'P-384'],
] as const

/** One set for each curve. */
export function runWycheproof(): Promise<SetResult[]> {
  return Promise.all(
    suites.map(([name, file, algorithm]) => {
      const { testGroups } = readOracleJson<Suite>(`vectors/wycheproof/${file}.json`)
      const cases = testGroups.flatMap(({ publicKey, tests }) =>
        tests.map((test) => [`${file} ${test.tcId}`, { publicKey, ...test }] as const),
      )
      return runSet(name, cases, async ({ publicKey, msg, sig, result }) => {
        const key = { algorithm, bytes: await keyBytes(algorithm, publicKey) }
        const isGood = await verifySignature(key, bytes(msg), bytes(sig))
        return isGood === (result !== 'invalid') ? undefined : { differs: `${result}, but verifies: ${isGood}` }
      })
    }),
  )
}

async function keyBytes(
  algorithm: CurveAlgorithm,
  { pk, uncompressed }: { pk?: string; uncompressed?: string },
): Promise<Uint8Array> {
  if (pk !== undefined) return bytes(pk)
  const point = bytes(uncompressed ?? '').slice(1)
  const half = point.length / 2
  return (await loadAlgorithm(algorithm)).fromCoordinates(point.slice(0, half), point.slice(half))
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}
