/** The kinds of proof this package makes and verifies, each an imported value. */

import { asArray } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject } from '../types.ts'
import type { Cryptosuite } from './cryptosuite.ts'
import { type SuiteShape, signProof, verifyProof } from './data-integrity.ts'
import { signJcsProof, verifyJcsProof } from './jcs.ts'

const vc2 = 'https://www.w3.org/ns/credentials/v2'
const dataIntegrity1 = 'https://w3id.org/security/data-integrity/v1'
const dataIntegrity2 = 'https://w3id.org/security/data-integrity/v2'
const ed25519Suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

/** `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.2): Ed25519 over canonical RDF. The default. */
export function eddsaRdfc2022(): Cryptosuite {
  return dataIntegrity('eddsa-rdfc-2022', ['Ed25519'])
}

/** `ecdsa-rdfc-2019` (Data Integrity ECDSA Cryptosuites 1.0 section 3.2): P-256 or P-384 over canonical RDF. */
export function ecdsaRdfc2019(): Cryptosuite {
  return dataIntegrity('ecdsa-rdfc-2019', ['P-256', 'P-384'])
}

/** `Ed25519Signature2020` (Data Integrity EdDSA Cryptosuites 1.0 appendix): the older form of the same signature. */
export function ed25519Signature2020(): Cryptosuite {
  const requiredContext = (document: JsonObject) => (names(document, ed25519Suite2020) ? undefined : ed25519Suite2020)
  return suite('Ed25519Signature2020', ['Ed25519'], { type: 'Ed25519Signature2020', requiredContext })
}

/**
 * `eddsa-2022`: what `eddsa-rdfc-2022` was called before it was final, for credentials of that time. The name is signed, the
 * rest is the same. `issue` and `present` do not write it.
 */
export function eddsa2022(): Cryptosuite {
  const sign = () => {
    throw new CredentialError('OPTION_INVALID', 'eddsa-2022 is only verified; sign with eddsaRdfc2022()')
  }
  return { ...dataIntegrity('eddsa-2022', ['Ed25519']), sign }
}

/**
 * `eddsa-jcs-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.3): Ed25519 over canonical JSON. Every member is covered as it
 * is written; who verifies needs no contexts.
 */
export function eddsaJcs2022(): Cryptosuite {
  return jcs('eddsa-jcs-2022', ['Ed25519'])
}

/** `ecdsa-jcs-2019` (Data Integrity ECDSA Cryptosuites 1.0 section 3.3): P-256 or P-384 over canonical JSON. */
export function ecdsaJcs2019(): Cryptosuite {
  return jcs('ecdsa-jcs-2019', ['P-256', 'P-384'])
}

function jcs(cryptosuite: string, algorithms: Cryptosuite['algorithms']): Cryptosuite {
  const name = { type: 'DataIntegrityProof', cryptosuite }
  return {
    kind: 'proof',
    name: cryptosuite,
    algorithms,
    coversJson: true,
    requiredContext: contextOfDataIntegrity,
    sign: (input, signer) => signJcsProof(name, input, signer),
    verify: (input, key) => verifyJcsProof(input, key),
  }
}

function dataIntegrity(cryptosuite: string, algorithms: Cryptosuite['algorithms']): Cryptosuite {
  return suite(cryptosuite, algorithms, {
    type: 'DataIntegrityProof',
    cryptosuite,
    requiredContext: contextOfDataIntegrity,
  })
}

function suite(name: string, algorithms: Cryptosuite['algorithms'], shape: SuiteShape): Cryptosuite {
  return {
    kind: 'proof',
    name,
    algorithms,
    requiredContext: shape.requiredContext,
    sign: (input, signer) => signProof(shape, input, signer),
    verify: (input, key) => verifyProof(shape, input, key),
  }
}

/** The context that the words of a DataIntegrityProof come from, where the document does not name one already. */
export function contextOfDataIntegrity(document: JsonObject): string | undefined {
  if ([vc2, dataIntegrity2, dataIntegrity1].some((url) => names(document, url))) return undefined
  // Its two versions define the same protected terms in different ways: a credential inside that names one decides for all.
  return JSON.stringify(document).includes(`"${dataIntegrity1}"`) ? dataIntegrity1 : dataIntegrity2
}

function names(document: JsonObject, url: string): boolean {
  return asArray(document['@context']).includes(url)
}
