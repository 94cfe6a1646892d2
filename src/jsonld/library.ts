/**
 * Canonical N-Quads by the library `jsonld`, loaded on first need: for the few documents that use what our own walk does not
 * do, and as second opinion.
 *
 * Safe mode, no base, `i18n-datatype` directions: as the published RDFC cryptosuites do it (Data Integrity EdDSA
 * Cryptosuites 1.0 section 3.2.3).
 */

import { isObject, readJson } from '../encoding/json.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import { UnavailableContextError, UnknownContextError } from './context-errors.ts'
import { createContextResolver } from './context-resolver.ts'

/**
 * Bounds the runs of the N-degree hash (RDFC-1.0 section 4.8): as many as there are blank nodes that look alike, to this
 * power. 1 is what the published suites allow, so what is signed here can be verified elsewhere; a graph built to keep a
 * verifier busy for ever is refused.
 */
const MAX_WORK_FACTOR = 1

export interface CanonizeOptions {
  readonly loadDocument: DocumentLoader
  /** The hash that tells blank nodes apart: SHA-384 where the suite signs with P-384. Default: SHA-256. */
  readonly digest?: 'SHA-256' | 'SHA-384'
}

/**
 * Throws `UnknownContextError`, `UnavailableContextError`, or for a document that has no canonical form (it would lose
 * members on the way, is not JSON-LD, or is over a limit) another error, whose message is for people only.
 */
export async function canonizeWithLibrary(document: JsonObject, options: CanonizeOptions): Promise<string> {
  const { loadDocument, digest = 'SHA-256' } = options
  const read = readJson(document)
  if (!('value' in read)) throw new Error(`the document cannot be canonicalised: ${read.path}: ${read.problem}`)
  if (!isObject(read.value)) throw new Error('the document cannot be canonicalised: it is not a JSON object')
  const { default: jsonld } = await import('jsonld')
  const contextResolver = createContextResolver(loadDocument)
  try {
    return await jsonld.canonize(read.value, {
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      contextResolver,
      documentLoader: refuseToLoad,
      canonizeOptions: {
        algorithm: 'RDFC-1.0',
        messageDigestAlgorithm: digest,
        maxWorkFactor: MAX_WORK_FACTOR,
      },
    })
  } catch (error) {
    const problem = contextResolver.problem()
    if (problem?.url !== undefined && problem.code === 'CONTEXT_UNKNOWN') {
      throw new UnknownContextError(problem.url, problem.message)
    }
    if (problem?.url !== undefined && problem.code === 'CONTEXT_UNAVAILABLE') {
      throw new UnavailableContextError(problem.url, problem.message, problem.cause)
    }
    throw problem === undefined ? error : new Error(problem.message, { cause: error })
  }
}

/** Every context comes through the resolver; a document given as a URL is never fetched. */
async function refuseToLoad(url: string): Promise<never> {
  throw new Error(`${url} is not to be loaded`)
}
