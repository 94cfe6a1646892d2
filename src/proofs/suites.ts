/** The kinds of proof this package makes and verifies, each an imported value. Libraries are loaded on first use. */

import { asArray } from '../encoding/json.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { JsonObject } from '../types.ts'
import type { Cryptosuite } from './cryptosuite.ts'
import { type LoadSuite, signWith, verifyWith } from './data-integrity.ts'

const vc2 = 'https://www.w3.org/ns/credentials/v2'
const dataIntegrity1 = 'https://w3id.org/security/data-integrity/v1'
const dataIntegrity2 = 'https://w3id.org/security/data-integrity/v2'
const ed25519Suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

/** `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.2): Ed25519 over canonical RDF. The default. */
export function eddsaRdfc2022(): Cryptosuite {
  return suite('eddsa-rdfc-2022', ['Ed25519'], contextOfDataIntegrity, async (options, document) => {
    const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')
    return dataIntegrityProof(cryptosuite, options, document)
  })
}

/** `ecdsa-rdfc-2019` (Data Integrity ECDSA Cryptosuites 1.0 section 3.2): P-256 or P-384 over canonical RDF. */
export function ecdsaRdfc2019(): Cryptosuite {
  return suite('ecdsa-rdfc-2019', ['P-256', 'P-384'], contextOfDataIntegrity, async (options, document) => {
    const { cryptosuite } = await import('@digitalbazaar/ecdsa-rdfc-2019-cryptosuite')
    return dataIntegrityProof(cryptosuite, options, document)
  })
}

/** `Ed25519Signature2020` (Data Integrity EdDSA Cryptosuites 1.0 appendix): the older form of the same signature. */
export function ed25519Signature2020(): Cryptosuite {
  const contextOf = (document: JsonObject) => (names(document, ed25519Suite2020) ? undefined : ed25519Suite2020)
  return suite('Ed25519Signature2020', ['Ed25519'], contextOf, async (options) => {
    const { Ed25519Signature2020 } = await import('@digitalbazaar/ed25519-signature-2020')
    return new Ed25519Signature2020(options)
  })
}

function suite(
  name: string,
  algorithms: Cryptosuite['algorithms'],
  requiredContext: Cryptosuite['requiredContext'],
  loadSuite: LoadSuite,
): Cryptosuite {
  return {
    kind: 'proof',
    name,
    algorithms,
    requiredContext,
    sign: (input, signer) => signWith(loadSuite, input, signer),
    verify: (input, key: PublicKey) => verifyWith(loadSuite, input, key),
  }
}

async function dataIntegrityProof(
  published: LibraryCryptosuite,
  options: LibrarySuiteOptions,
  document: JsonObject,
): Promise<LibrarySuite> {
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity')
  const { verifier } = options
  const legacyContext = names(document, dataIntegrity1) && !names(document, dataIntegrity2)
  const cryptosuite = { ...published, ...(verifier && { createVerifier: async () => verifier }) }
  const made = new DataIntegrityProof({ ...options, cryptosuite, legacyContext })
  // Suites with their own hashing canonicalise through the cryptosuite, the others through the proof.
  cryptosuite.canonize = (input, canonizeOptions) => made.canonize(input, canonizeOptions)
  return made
}

function contextOfDataIntegrity(document: JsonObject): string | undefined {
  if ([vc2, dataIntegrity2, dataIntegrity1].some((url) => names(document, url))) return undefined
  // Its two versions define the same protected terms in different ways: a credential inside that names one decides for all.
  return JSON.stringify(document).includes(`"${dataIntegrity1}"`) ? dataIntegrity1 : dataIntegrity2
}

function names(document: JsonObject, url: string): boolean {
  return asArray(document['@context']).includes(url)
}
