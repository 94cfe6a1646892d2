/** The kinds of proof that a holder can cut down, each an imported value. What they do is loaded on first need. */

import type { Cryptosuite, DisclosureSuite } from '../cryptosuite.ts'
import type { SuiteShape } from '../data-integrity.ts'
import { contextOfDataIntegrity } from '../suites.ts'
import { hasHeader } from './proof-value.ts'

/**
 * `ecdsa-sd-2023` (Data Integrity ECDSA Cryptosuites 1.0 section 3.5): P-256; the holder shows the statements of their choice beside
 * those that the issuer made mandatory.
 */
export function ecdsaSd2023(): DisclosureSuite {
  const shape: SuiteShape = {
    type: 'DataIntegrityProof',
    cryptosuite: 'ecdsa-sd-2023',
    requiredContext: contextOfDataIntegrity,
  }
  const load = () => import('./ecdsa-sd.ts')
  return {
    kind: 'proof',
    name: 'ecdsa-sd-2023',
    algorithms: ['P-256'],
    requiredContext: contextOfDataIntegrity,
    sign: async (input, signer) => (await load()).signBase(shape, input, signer),
    verify: async (input, key) => (await load()).verifyDerived(shape, input, key),
    isBase: ({ proofValue }) => hasHeader('ecdsa-sd-2023 base', proofValue),
    verifyBase: async (input, key) => (await load()).verifyBase(shape, input, key),
    mandatoryPointersOf: async ({ proofValue }) => (await load()).mandatoryPointersOf(proofValue),
    derive: async (input) => (await load()).derive(input),
  }
}

/**
 * For a holder who looks at what an issuer sent: the suite, which then verifies base proofs too. Whoever else is shown a base proof
 * could disclose the credential in the holder's place: `verify` refuses it without this.
 */
export function acceptBaseProof(suite: DisclosureSuite): Cryptosuite {
  const { kind, name, algorithms, requiredContext, sign } = suite
  return {
    kind,
    name,
    algorithms,
    requiredContext,
    sign,
    verify: (input, key) => (suite.isBase(input.proof) ? suite.verifyBase(input, key) : suite.verify(input, key)),
  }
}
