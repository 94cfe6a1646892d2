/**
 * Hands one proof at a time to the published implementation of its suite (Data Integrity 1.0 sections 4.2 and 4.4), with our
 * canonicalisation, our key and our signature check. Purpose, dates and key look-up are ours and come before;
 * what is asked here is only whether the proof value is good.
 */

import { encodePublicMultikey } from '../encoding/multikey.ts'
import { canonize, UnavailableContextError, UnknownContextError } from '../jsonld/canonize.ts'
import { type PublicKey, verifySignature } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import type { DocumentLoader, JsonObject, Proof } from '../types.ts'
import type { ProofInput, SecureInput } from './cryptosuite.ts'

/** Makes the library's suite object; what it needs of the key comes as a signer or a verifier. */
export type LoadSuite = (options: LibrarySuiteOptions, document: JsonObject) => Promise<LibrarySuite>

/** Signs with a suite. Only the proof is returned: the document stays as it was. */
export async function signWith(loadSuite: LoadSuite, input: SecureInput, signer: Signer): Promise<Proof> {
  const { issue, signPresentation } = await import('@digitalbazaar/vc')
  const libraryOptions = {
    signer: { id: signer.id, algorithm: signer.algorithm, sign: ({ data }: { data: Uint8Array }) => signer.sign(data) },
    date: input.created,
  }
  const suite = await loadSuite(libraryOptions, input.document)
  connectCanonize(suite, input.loadDocument)
  const { purpose, challenge, domain } = input
  const options = {
    suite,
    purpose: purposeOf({
      proofPurpose: purpose,
      ...(challenge !== undefined && { challenge }),
      ...(domain && { domain }),
    }),
    documentLoader: refuseToLoad,
  }
  // The library writes into what it is given.
  const document = structuredClone(input.document) as LibraryDocument
  const signed =
    purpose === 'assertionMethod'
      ? await issue({ ...options, credential: document })
      : await signPresentation({ ...options, presentation: document })
  return signed['proof'] as Proof
}

/** Verifies one proof with a suite. */
export async function verifyWith(loadSuite: LoadSuite, input: ProofInput, key: PublicKey): Promise<boolean> {
  const suite = await loadSuite({ verifier: verifierOf(key) }, input.document)
  // A context that is not at hand is not a bad signature; the library would make it one.
  const trouble = connectCanonize(suite, input.loadDocument)
  suite.getVerificationMethod = async () => methodOf(input.proof.verificationMethod, key)
  const document = structuredClone(input.document) as LibraryDocument
  const proof = { '@context': document['@context'], ...structuredClone(input.proof) }
  const { verified } = await suite.verifyProof({ proof, document, documentLoader: refuseToLoad })
  if (!verified && trouble.cause !== undefined) throw trouble.cause
  return verified
}

/** The signature check that the suites are given: this package's own, strict one. */
function verifierOf(key: PublicKey): LibraryVerifier {
  return {
    algorithm: key.algorithm,
    verify: async ({ data, signature }) => verifySignature(key, data, signature),
  }
}

interface Trouble {
  cause?: unknown
}

function connectCanonize(suite: LibrarySuite, loadDocument: DocumentLoader): Trouble {
  const trouble: Trouble = {}
  suite.canonize = async (input, { messageDigestAlgorithm }) => {
    const digest = messageDigestAlgorithm === 'SHA-384' ? 'SHA-384' : 'SHA-256'
    try {
      return await canonize(input as JsonObject, { loadDocument, digest })
    } catch (cause) {
      if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) trouble.cause ??= cause
      throw cause
    }
  }
  return trouble
}

function methodOf(id: string, key: PublicKey): LibraryDocument {
  return {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: id.split('#')[0],
    publicKeyMultibase: encodePublicMultikey({ codec: key.algorithm, bytes: key.bytes }),
  }
}

function purposeOf(members: LibraryDocument): LibraryPurpose {
  return {
    update: async (proof) => ({ ...proof, ...members }),
  }
}

async function refuseToLoad(url: string): Promise<never> {
  throw new Error(`nothing is loaded while a proof is made or verified, but ${url} was asked for`)
}
