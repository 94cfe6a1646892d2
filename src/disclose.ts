/** `disclose`: from a credential that its holder keeps to one that shows part of it. Nobody but the issuer need have signed. */

import { given, isPromise } from './encoding/given.ts'
import { asArray, deepFreeze, describe, isObject, readJson } from './encoding/json.ts'
import { CredentialError, isCredentialError } from './errors.ts'
import { UnavailableContextError, UnknownContextError } from './jsonld/context-errors.ts'
import { assertOptions, type ContextOptions, invalid, notMade, readLoader } from './options.ts'
import { type DisclosureSuite, isDisclosureSuite, suiteNameOf } from './proofs/cryptosuite.ts'
import { ecdsaSd2023 } from './proofs/selective-disclosure/suites.ts'
import { assertMeaning, revealedPointersOf } from './records/disclosure.ts'
import type { JsonObject, JsonValue, OneOrMany, Proof, Secured } from './types.ts'

/** Options of `disclose`. */
export interface DiscloseOptions extends ContextOptions {
  /** The credential with its base proof, as the issuer gave it: an object, JSON text, or UTF-8 bytes of it. */
  readonly credential: unknown
  /**
   * What to show besides what the issuer made mandatory: JSON Pointers (RFC 6901), such as `/credentialSubject/achievement/name`; ids of
   * achievements, results or other things inside; codes of courses (`humanCode`).
   */
  readonly reveal: readonly string[]
  /** The suite of the base proof. Default: ecdsa-sd-2023. */
  readonly format?: OneOrMany<DisclosureSuite>
}

/**
 * Shows part of a credential. The issuer's signature holds for the part; what is hidden cannot be found out from it.
 *
 * Other proofs of the credential are left behind: they hold for the whole alone. The base proof is not verified here; `verify` does
 * that with `acceptBaseProof`.
 *
 * @returns The part with its derived proof, frozen. `present` and `verify` take it as any credential.
 * @throws CredentialError `OPTION_INVALID` for a pointer or word that nothing answers to, for part of a credential inside, and for a
 *   grade without its status or meaning; `PROOF_MISSING` where there is no base proof; `PROOF_UNSUPPORTED` for one of a feature that is not done here; `CREDENTIAL_MALFORMED` where the base proof does
 *   not fit, or the credential is not in its plain form; `CONTEXT_UNKNOWN` for a context that is not at hand.
 */
export async function disclose(options: DiscloseOptions): Promise<Secured<JsonObject>> {
  assertOptions('disclose', options, ['credential', 'reveal', 'format', 'contexts', 'loadDocument'])
  const { reveal } = options
  const suites = readSuites(options.format)
  const loadDocument = readLoader('disclose', options)
  if (!Array.isArray(reveal) || !reveal.every((each) => typeof each === 'string')) {
    throw invalid('disclose: reveal must be a list of JSON Pointers, ids or course codes')
  }
  const { proof: member, ...rest } = readCredential(options.credential)
  const document = Object.freeze(rest)
  const { suite, proof } = findBase(member, suites)
  const pointers = revealedPointersOf(document, reveal)
  assertMeaning(document, [...(await suite.mandatoryPointersOf(proof)), ...pointers])
  const derived = await suite.derive({ document, proof, pointers, loadDocument }).catch(explain)
  const single = derived.proof as unknown as JsonValue
  return deepFreeze({
    ...derived.document,
    proof: Array.isArray(member) ? [single] : single,
  }) as unknown as Secured<JsonObject>
}

/** What stood in the way, as the error that `disclose` promises. */
function explain(cause: unknown): never {
  if (isCredentialError(cause)) throw cause
  const isContext = cause instanceof UnknownContextError || cause instanceof UnavailableContextError
  const message = `disclose: nothing was disclosed: ${describe(cause)}`
  throw new CredentialError(isContext ? 'CONTEXT_UNKNOWN' : 'CREDENTIAL_MALFORMED', message, { cause })
}

function readSuites(format: OneOrMany<DisclosureSuite> | undefined): readonly DisclosureSuite[] {
  const suites = format === undefined ? [ecdsaSd2023()] : [format].flat()
  if (suites.length === 0 || !suites.every((suite) => isObject(suite) && isDisclosureSuite(suite))) {
    throw notMade('disclose', 'format', suites, 'suites of selective disclosure themselves, such as ecdsaSd2023()')
  }
  return suites
}

function readCredential(credential: unknown): JsonObject {
  const read = readJson(credential)
  if ('value' in read && isObject(read.value)) return read.value
  throw invalid(
    `disclose: credential must be a JSON object${'problem' in read ? `; ${isPromise(credential) ? given(credential) : read.problem}` : ''}`,
  )
}

function findBase(
  member: JsonValue | undefined,
  suites: readonly DisclosureSuite[],
): { readonly suite: DisclosureSuite; readonly proof: Proof } {
  const proofs = asArray(member).filter(isObject)
  for (const suite of suites) {
    const ofSuite = proofs.filter(
      (proof) => suiteNameOf(proof) === suite.name && typeof proof['proofValue'] === 'string',
    )
    const base = ofSuite.find((proof) => suite.isBase(proof as unknown as Proof))
    const feature = base && suite.findUnsupported?.(base as unknown as Proof)
    if (feature !== undefined) {
      const message = `disclose: the base proof is of ${suite.name} with ${feature}, from which nothing is derived here`
      throw new CredentialError('PROOF_UNSUPPORTED', message)
    }
    if (base) return { suite, proof: base as unknown as Proof }
    if (ofSuite.length > 0) {
      const message = `its proof of ${suite.name} shows part of it already; take the credential as the issuer gave it`
      throw new CredentialError('PROOF_MISSING', `disclose: there is no base proof: ${message}`)
    }
  }
  const wanted = suites.map(({ name }) => name).join(' or ')
  const found = proofs.map(suiteNameOf).join(', ') || 'none'
  throw new CredentialError(
    'PROOF_MISSING',
    `disclose: there is no base proof of ${wanted}, so that nothing can be hidden; the credential has: ${found} (format takes the suite)`,
  )
}
