/** Proofs of selective disclosure verified by the published libraries: their labels, their hashes, their signature checks. */

import { UnavailableContextError, UnknownContextError } from '../jsonld/context-errors.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import type { Cryptosuite, DisclosureSuite, ProofInput } from './cryptosuite.ts'
import { methodOf } from './published-jcs.ts'

/** What is used of such a library, which is handed in as the module it is. */
export interface DisclosureLibrary {
  createVerifyCryptosuite(): DisclosureLibrarySuite
}

/** A suite of such a library. */
export interface DisclosureLibrarySuite {
  readonly name: string
  createVerifyData(input: {
    readonly cryptosuite: DisclosureLibrarySuite
    readonly document: object
    readonly proof: object
    readonly documentLoader: (url: string) => Promise<object>
  }): Promise<object>
  createVerifier(input: { readonly verificationMethod: object }): Promise<{
    verify(input: { readonly data: object }): Promise<boolean>
  }>
}

/**
 * The suite as the library verifies it. Of a base proof it is shown the part that is the whole, since what it has for base proofs refuses
 * good ones whose mandatory part has other blank nodes than the whole.
 */
export function publishedDisclosure(own: DisclosureSuite, library: DisclosureLibrary): Cryptosuite {
  const { kind, name, algorithms, requiredContext, sign } = own
  return {
    kind,
    name,
    algorithms,
    requiredContext,
    sign,
    verify: async (input, key) => {
      const shown = own.isBase(input.proof) ? await wholeOf(own, input) : input
      return shown !== undefined && verifyWith(library.createVerifyCryptosuite(), shown, key)
    },
  }
}

async function wholeOf(own: DisclosureSuite, input: ProofInput): Promise<ProofInput | undefined> {
  try {
    return { ...input, ...(await own.derive({ ...input, pointers: [''] })) }
  } catch (cause) {
    if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) throw cause
    return undefined
  }
}

async function verifyWith(suite: DisclosureLibrarySuite, input: ProofInput, key: PublicKey): Promise<boolean> {
  const { proof } = input
  const loading = connectLoader(input.loadDocument)
  try {
    const data = await suite.createVerifyData({
      cryptosuite: suite,
      document: structuredClone(input.document),
      proof: structuredClone(proof),
      documentLoader: loading.load,
    })
    const verifier = await suite.createVerifier({ verificationMethod: methodOf(proof.verificationMethod, key) })
    return await verifier.verify({ data })
  } catch {
    // A context that is not at hand is not a bad signature.
    const trouble = loading.trouble()
    if (trouble) throw trouble
    return false
  }
}

interface Loading {
  load(url: string): Promise<object>
  trouble(): Error | undefined
}

/** Contexts as the library wants them. Nothing is marked as lasting: it would keep them for other callers. */
function connectLoader(loadDocument: DocumentLoader): Loading {
  let trouble: Error | undefined
  return {
    load: async (url) => {
      let document: JsonObject | undefined
      try {
        document = await loadDocument(url)
      } catch (cause) {
        trouble ??= new UnavailableContextError(url, `the context ${url} could not be looked up`, cause)
        throw trouble
      }
      if (document) return { contextUrl: null, documentUrl: url, document: structuredClone(document) }
      trouble ??= new UnknownContextError(url, `the context ${url} is not at hand`)
      throw trouble
    },
    trouble: () => trouble,
  }
}
