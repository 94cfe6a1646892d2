/** The kinds of proof that a holder can cut down, each an imported value. What they do is loaded on first need. */

import { CredentialError } from '../../errors.ts'
import type { Cryptosuite, DisclosureSuite } from '../cryptosuite.ts'
import type { SuiteShape } from '../data-integrity.ts'
import { contextOfDataIntegrity } from '../suites.ts'
import { bbsFeatureOf, hasHeader, isBbsBase } from './proof-header.ts'

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

/** What both ends of a derived proof of `bbs-2023` may agree on. */
export interface BbsOptions {
  /**
   * Bytes that a derived proof is bound to, such as a nonce of who will verify it: `disclose` writes them into the proof, and `verify`
   * refuses a proof with any others. Without them, `disclose` writes none, and `verify` takes any.
   */
  readonly presentationHeader?: Uint8Array
}

/**
 * `bbs-2023` (Data Integrity BBS Cryptosuites 1.0 section 3.3): BBS signatures of keys of Bls12381G2; the holder shows the statements of their
 * choice beside those that the issuer made mandatory, and no two derived proofs can be told to be of one credential by the proofs.
 * `verify` takes it where it is given as format.
 *
 * Proofs with anonymous holder binding or a pseudonym are told apart and neither verified nor derived.
 *
 * @throws CredentialError `OPTION_INVALID` for a presentation header that is not bytes.
 */
export function bbs2023(options: BbsOptions = {}): DisclosureSuite {
  const { presentationHeader } = options
  if (presentationHeader !== undefined && !(presentationHeader instanceof Uint8Array)) {
    throw new CredentialError('OPTION_INVALID', 'bbs2023: presentationHeader must be a Uint8Array')
  }
  const shape: SuiteShape = {
    type: 'DataIntegrityProof',
    cryptosuite: 'bbs-2023',
    requiredContext: contextOfDataIntegrity,
  }
  const load = () => import('./bbs.ts')
  return {
    kind: 'proof',
    name: 'bbs-2023',
    algorithms: ['Bls12381G2'],
    requiredContext: contextOfDataIntegrity,
    findUnsupported: ({ proofValue }) => bbsFeatureOf(proofValue)?.name,
    sign: async (input, signer) => (await load()).signBase(shape, input, signer),
    verify: async (input, key) => (await load()).verifyDerived(shape, input, key, presentationHeader),
    isBase: ({ proofValue }) => isBbsBase(proofValue),
    verifyBase: async (input, key) => (await load()).verifyBase(shape, input, key),
    mandatoryPointersOf: async ({ proofValue }) => (await load()).mandatoryPointersOf(proofValue),
    derive: async (input) => (await load()).derive(shape, input, presentationHeader ?? new Uint8Array()),
  }
}

/**
 * For a holder who looks at what an issuer sent: the suite, which then verifies base proofs too. Whoever else is shown a base proof
 * could disclose the credential in the holder's place: `verify` refuses it without this.
 */
export function acceptBaseProof(suite: DisclosureSuite): Cryptosuite {
  const { kind, name, algorithms, requiredContext, findUnsupported, sign } = suite
  return {
    kind,
    name,
    algorithms,
    requiredContext,
    ...(findUnsupported && { findUnsupported }),
    sign,
    verify: (input, key) => (suite.isBase(input.proof) ? suite.verifyBase(input, key) : suite.verify(input, key)),
  }
}
