/**
 * `addProof`: one more proof on a credential that has one (Data Integrity 1.0 section 4.3), beside the others (a proof set) or over
 * some of them (a proof chain).
 */

import { checkProofs } from './checks/proof.ts'
import { checkStructure } from './checks/structure.ts'
import { defaultFormats } from './defaults.ts'
import type { ResolverLike } from './dids/resolver.ts'
import { given, isPromise } from './encoding/given.ts'
import { asArray, deepFreeze, isObject, readJson } from './encoding/json.ts'
import { createBudget, type Limits } from './encoding/limits.ts'
import { CredentialError } from './errors.ts'
import type { Signer } from './keys/key.ts'
import { assertClean } from './lint.ts'
import {
  assertOptions,
  type ContextOptions,
  invalid,
  readFormats,
  readLimits,
  readLoader,
  readNow,
  readProofIds,
  readSettings,
} from './options.ts'
import { findPrevious, withPrevious } from './proofs/chain.ts'
import { type Cryptosuite, isDisclosureSuite } from './proofs/cryptosuite.ts'
import { isBaseProof } from './proofs/selective-disclosure/proof-header.ts'
import { acceptBaseProof } from './proofs/selective-disclosure/suites.ts'
import { isProblem } from './report.ts'
import { assertSigner, secure, withProofContexts } from './secure.ts'
import type { DidResolver, JsonObject, JsonValue, OneOrMany, Secured } from './types.ts'

/** Options of `addProof`. */
export interface AddProofOptions extends ContextOptions {
  /** The credential with its proof or proofs: an object, JSON text, or UTF-8 bytes of it. */
  readonly credential: unknown
  /** The key that signs: the issuer's, or that of somebody who stands for the credential as well. */
  readonly key: Signer
  /** Default: eddsa-rdfc-2022, or ecdsa-rdfc-2019 for P-256 and P-384. Suites of selective disclosure are for `issue` alone. */
  readonly format?: Cryptosuite
  /**
   * Ids of the proofs that this one is made over too, in this order: it holds only as long as they are there, unchanged. Default: none, and
   * it stands beside the others.
   */
  readonly previousProof?: OneOrMany<string>
  /** The id of the proof, an absolute IRI that nothing else has, by which later ones can build on it. Default: none. */
  readonly proofId?: string
  /** Finds the DID documents of the proofs that are there, and of `key`. Default: did:key and did:jwk. */
  readonly resolveDid?: DidResolver | ResolverLike
  /** Default: the present. */
  readonly now?: Date
}

/**
 * Adds a proof to a credential. The proofs that are there must pass: a new one would be no better than they are. Who else may have
 * signed is for each verifier to say: `verify` accepts proofs of others than the issuer by `acceptCosigner` alone.
 *
 * A proof is not a verdict on the credential. Verify it before you stand for it.
 *
 * @returns The credential with all its proofs in a list, the new one last, frozen.
 * @throws CredentialError `PROOF_MISSING` where there is none yet, `CREDENTIAL_UNVERIFIED` with `findings` where one does not pass,
 *   `CREDENTIAL_MALFORMED`, `CONTEXT_UNKNOWN`, `KEY_UNSUPPORTED`, `SIGNATURE_WRONG`; `OPTION_INVALID` for a previous proof that is not
 *   there or is a base proof, and for an id that is taken.
 */
export async function addProof(options: AddProofOptions): Promise<Secured<JsonObject>> {
  assertOptions('addProof', options, [
    'credential',
    'key',
    'format',
    'previousProof',
    'proofId',
    'contexts',
    'loadDocument',
    'limits',
    'resolveDid',
    'now',
  ])
  const { key, previousProof, resolveDid } = options
  const format = readFormat(options)
  assertSigner('addProof', key, [format])
  const now = readNow('addProof', options.now)
  const limits = readLimits('addProof', options.limits)
  const { proof: member, ...rest } = readSecured(options.credential, limits)
  const proofs = asArray(member)
  const proofIds = readProofIds('addProof', options.proofId, 1)
  const previous = readPrevious(proofs, previousProof, proofIds[0])
  const unsecured = Object.freeze(withProofContexts(rest, [format]))
  const settings = readSettings({ ...verifyOptions(options), formats: heldFormats, now })
  const { loadDocument } = settings
  assertClean('addProof', await checkStructure(unsecured, 'credential', loadDocument, createBudget(limits)))
  const { checks } = await checkProofs(unsecured, member, 'assertionMethod', settings)
  assertGood(checks.filter(isProblem).map(({ path = '/proof', message }) => ({ path, message })))
  const input = {
    document: withPrevious(unsecured, previous),
    purpose: 'assertionMethod',
    created: now,
    loadDocument: readLoader('addProof', options),
    ...(previousProof !== undefined && { previousProof }),
  } as const
  const { proof } = await secure('addProof', input, key, [format], resolveDid, proofIds)
  return deepFreeze({ ...unsecured, proof: [...proofs, proof as JsonValue] }) as unknown as Secured<JsonObject>
}

/** What may be there already: also a base proof, since its holder is not the only one who has it yet. */
const heldFormats = /* @__PURE__ */ defaultFormats.map((format) =>
  format.kind === 'proof' && isDisclosureSuite(format) ? acceptBaseProof(format) : format,
)

function verifyOptions({ contexts, loadDocument, limits, resolveDid }: AddProofOptions): object {
  return {
    ...(contexts !== undefined && { contexts }),
    ...(loadDocument !== undefined && { loadDocument }),
    ...(limits !== undefined && { limits }),
    ...(resolveDid !== undefined && { resolveDid }),
  }
}

function readFormat({ format, key, previousProof }: AddProofOptions): Cryptosuite {
  const formats = readFormats('addProof', format, key)
  const [only] = 'kind' in formats ? [] : formats
  if (!only || 'kind' in formats || formats.length > 1) {
    throw invalid('addProof: format is one kind of proof, such as eddsaRdfc2022(); an envelope has room for none')
  }
  if (isDisclosureSuite(only)) throw invalid(`addProof: a base proof of ${only.name} is made by issue alone`)
  if (only.name === 'Ed25519Signature2020' && previousProof !== undefined) {
    throw invalid('addProof: Ed25519Signature2020 has no word for a previous proof; use eddsaRdfc2022()')
  }
  return only
}

function readSecured(credential: unknown, limits: Limits): JsonObject {
  const read = readJson(credential, limits)
  if (!('value' in read) || !isObject(read.value)) {
    const reason = 'problem' in read ? `; ${isPromise(credential) ? given(credential) : read.problem}` : ''
    throw invalid(`addProof: credential must be a JSON object; text such as a JWT has no room for a proof${reason}`)
  }
  if (asArray(read.value['proof']).length > 0) return read.value
  throw new CredentialError('PROOF_MISSING', 'addProof: the credential has no proof yet; issue makes the first')
}

function readPrevious(
  proofs: readonly JsonValue[],
  previousProof: OneOrMany<string> | undefined,
  proofId: string | undefined,
): readonly JsonValue[] {
  const ids = proofs.flatMap((proof) => (isObject(proof) && typeof proof['id'] === 'string' ? [proof['id']] : []))
  if (proofId !== undefined && ids.includes(proofId)) {
    throw invalid(`addProof: proofId is "${proofId}", which a proof of the credential has already`)
  }
  if (previousProof === undefined) return []
  const names: readonly unknown[] = [previousProof].flat()
  if (names.length === 0 || !names.every((name) => typeof name === 'string') || new Set(names).size < names.length) {
    throw invalid('addProof: previousProof is the id of a proof, or a list of such, each once')
  }
  const previous = findPrevious(proofs, { previousProof: names as readonly string[] })
  if ('problem' in previous) {
    const known = ids.length === 0 ? 'its proofs have no ids: issue gives one by proofId' : `it has ${ids.join(', ')}`
    throw invalid(`addProof: previousProof names ${names.join(', ')}, and it ${previous.problem}; ${known}`)
  }
  if (previous.found.some((proof) => isObject(proof) && isBaseProof(proof))) {
    throw invalid('addProof: previousProof names a base proof, which nobody is shown but its holder')
  }
  return previous.found
}

function assertGood(findings: readonly { readonly path: string; readonly message: string }[]): void {
  if (findings.length === 0) return
  const list = findings.map(({ path, message }) => `\n  ${path}: ${message}`).join('')
  throw new CredentialError(
    'CREDENTIAL_UNVERIFIED',
    `addProof: nothing was signed, because a proof does not pass:${list}`,
    {
      findings,
    },
  )
}
