/** Proofs over canonical JSON by the published library: its canonical JSON, its hashes, its rule for contexts, its signature check. */

import { fromMultibase } from '../encoding/bytes.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { encodePublicMultikey } from '../encoding/multikey.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { JsonValue, Proof } from '../types.ts'
import type { Cryptosuite } from './cryptosuite.ts'
import { proofOptions, signBytes, writeSignature } from './proof-signature.ts'

/** What is used of such a library, which is handed in as the module it is. */
export interface JcsLibrary {
  createSignCryptosuite(): LibraryJcsSuite
  createVerifyCryptosuite(): LibraryJcsSuite
}

interface LibraryJcsSuite {
  readonly name: string
  createVerifyData(input: {
    readonly cryptosuite: LibraryJcsSuite
    readonly document: LibraryDocument
    readonly proof: LibraryDocument
    /** Either says which hash goes with the key. */
    readonly verificationMethod?: LibraryDocument
    readonly dataIntegrityProof?: { readonly signer: { readonly algorithm: string } }
  }): Promise<Uint8Array>
  createVerifier(input: { readonly verificationMethod: LibraryDocument }): Promise<{
    verify(input: { readonly data: Uint8Array; readonly signature: Uint8Array }): Promise<boolean>
  }>
}

interface LibraryDocument {
  [member: string]: unknown
}

/** The suite as the library does it. */
export function publishedJcs(own: Cryptosuite, library: JcsLibrary): Cryptosuite {
  return {
    ...own,
    sign: async (input, signer) => {
      const suite = library.createSignCryptosuite()
      // The library writes the document's contexts into the proof.
      const proof = proofOptions(
        { type: 'DataIntegrityProof', cryptosuite: own.name },
        input,
        signer,
      ) as LibraryDocument
      const dataIntegrityProof = { signer: { algorithm: signer.algorithm } }
      const document = { ...input.document }
      const data = await suite.createVerifyData({ cryptosuite: suite, document, proof, dataIntegrityProof })
      return { ...proof, proofValue: writeSignature(await signBytes(signer, data)) } as unknown as Proof
    },
    verify: async ({ document, proof }, key) => {
      const suite = library.createVerifyCryptosuite()
      const signature = fromMultibase(proof.proofValue)
      if (!signature) return false
      try {
        const input = { document: { ...document }, proof: withSharedContexts(proof, document['@context']) }
        const verificationMethod = methodOf(proof.verificationMethod, key)
        const data = await suite.createVerifyData({ cryptosuite: suite, ...input, verificationMethod })
        const verifier = await suite.createVerifier({ verificationMethod })
        return await verifier.verify({ data, signature })
      } catch {
        return false
      }
    },
  }
}

/** The library compares contexts by identity: those that are equal must be the same objects. */
function withSharedContexts(proof: Proof, contexts: JsonValue | undefined): LibraryDocument {
  const { '@context': own, ...rest } = proof as unknown as { readonly '@context'?: JsonValue }
  if (own === undefined || contexts === undefined) return { ...proof }
  return { ...rest, '@context': canonicalJson(own) === canonicalJson(contexts) ? contexts : own }
}

/** A key as the published libraries want it. */
export function methodOf(id: string, key: PublicKey): LibraryDocument {
  if (key.algorithm === 'RSA') throw new Error('no proof is made with RSA')
  return {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: id.split('#')[0],
    publicKeyMultibase: encodePublicMultikey({ codec: key.algorithm, bytes: key.bytes }),
  }
}
