/**
 * Proofs: every proof of a known format is verified by itself, and all of them must be good (Data Integrity 1.0 section 4.4).
 * A proof of another format is visible, and never enough alone.
 */

import { didOf, findVerificationMethod, type ProofPurpose } from '../dids/verification-method.ts'
import { clip } from '../encoding/clip.ts'
import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, describe, isObject, pointer } from '../encoding/json.ts'
import { LimitError, limitDetail, limitMet } from '../encoding/limits.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import { UnavailableContextError, UnknownContextError } from '../jsonld/context-errors.ts'
import { readForm, workOf } from '../jsonld/form.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import { readPublicKey } from '../keys/public-key.ts'
import { findPrevious, withPrevious } from '../proofs/chain.ts'
import { type Cryptosuite, isDisclosureSuite, type ProofVerdict, suiteNameOf } from '../proofs/cryptosuite.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import type { DidDocument, JsonObject, JsonValue, Proof } from '../types.ts'
import type { Settings } from './settings.ts'

/** A proof that passed, and the DID whose key made it. An envelope has no place in the document. */
export interface GoodProof {
  readonly proof: Pick<Proof, 'challenge' | 'domain'>
  readonly controller: string
  readonly path?: string
  /** Whether it holds for a part that the holder chose. */
  readonly isPart?: boolean
}

/** Where a member of the proof stands; an envelope is not in the document. */
export function inProof(path: string | undefined, member: string): { readonly path?: string } {
  return path === undefined ? {} : { path: pointer(path, member) }
}

/** The checks, and the proofs that passed: the binding checks build on them. */
export interface ProofResult {
  readonly checks: readonly Check[]
  readonly good: readonly GoodProof[]
}

/** Verifies every proof for one purpose. `unsecured` is the document without them, frozen. */
export async function checkProofs(
  unsecured: JsonObject,
  member: JsonValue | undefined,
  purpose: ProofPurpose,
  settings: Settings,
): Promise<ProofResult> {
  const proofs = asArray(member)
  if (proofs.length === 0) {
    return onlyCheck(
      failed('proof', 'PROOF_MISSING', 'There is no proof: anyone can have written this.', { path: '/proof' }),
    )
  }
  const excess = findExcess(proofs, settings) ?? (await findChainExcess(unsecured, proofs, settings))
  if (excess) return onlyCheck(excess)
  const results: ProofResult[] = []
  for (const [index, proof] of proofs.entries()) {
    settings.checkTime?.()
    const path = Array.isArray(member) ? pointer('/proof', index) : '/proof'
    const previous = findPrevious(proofs, proof)
    results.push(
      'problem' in previous
        ? onlyCheck(malformed(`The proof ${previous.problem}.`, pointer(path, 'previousProof')))
        : await checkProof(withPrevious(unsecured, previous.found), proof, path, purpose, settings),
    )
  }
  return settle(results)
}

/** Whether there are more proofs than are verified, which can be seen before any work. */
export function findExcess(member: JsonValue | undefined, { budget }: Settings): Check | undefined {
  const found = asArray(member).length
  const { proofs } = budget.limits
  if (found <= proofs) return undefined
  const message = `The document has ${found} proofs; at most ${proofs} are verified.`
  return failed('proof', 'LIMIT_EXCEEDED', message, { path: '/proof', detail: limitDetail('proofs', proofs, found) })
}

/** Each proof that builds on others is over another document, which is canonicalised anew. */
async function findChainExcess(
  unsecured: JsonObject,
  proofs: readonly JsonValue[],
  { budget, loadDocument }: Settings,
): Promise<Check | undefined> {
  const chained = proofs.filter((proof) => isObject(proof) && proof['previousProof'] !== undefined).length
  if (chained === 0) return undefined
  budget.statements -= chained * workOf(await readForm(unsecured, loadDocument, budget))
  if (budget.statements >= 0) return undefined
  const { statements } = budget.limits
  const message = `The proofs build on each other over more than the ${statements} statements and blank nodes that are worked on.`
  return failed('proof', 'LIMIT_EXCEEDED', message, { path: '/proof', detail: limitDetail('statements', statements) })
}

/** Unknown formats and features are a visible `skipped` beside a good proof, and decide nothing when they stand alone. */
function settle(results: readonly ProofResult[]): ProofResult {
  const good = results.flatMap((result) => result.good)
  const checks = results.flatMap((result) => result.checks)
  if (good.length === 0) return { checks, good }
  const settled = checks.map((check) =>
    check.outcome === 'inconclusive' && unknown.has(check.code)
      ? skipped('proof', check.message, { path: check.path ?? '/proof' })
      : check,
  )
  return { checks: settled, good }
}

const unknown: ReadonlySet<string> = new Set(['PROOF_FORMAT_UNKNOWN', 'PROOF_FEATURE_UNKNOWN'])

async function checkProof(
  document: JsonObject,
  proof: JsonValue,
  path: string,
  purpose: ProofPurpose,
  settings: Settings,
): Promise<ProofResult> {
  if (!isObject(proof)) return onlyCheck(malformed('The proof is not an object.', path))
  const name = suiteNameOf(proof)
  if (name === undefined)
    return onlyCheck(malformed('The proof does not name its format in "type" or "cryptosuite" as text.', path))
  const format = settings.formats.get(name)
  if (!format) {
    const known = [...settings.formats.keys()].join(', ')
    const message = `The proof is of the format "${name}", which is not among those verified here (${known}).`
    return onlyCheck(inconclusive('proof', 'PROOF_FORMAT_UNKNOWN', message, { path }))
  }
  const problem =
    findMalformed(proof, path) ??
    findBase(proof as unknown as Proof, path, format as Cryptosuite) ??
    findUnsupported(proof as unknown as Proof, path, format as Cryptosuite) ??
    findStale(document, proof as unknown as Proof, path, purpose, settings)
  if (problem) return onlyCheck(problem)
  const known = proof as unknown as Proof
  const at = { path: pointer(path, 'verificationMethod') }
  const key = await findKey(known.verificationMethod, at, purpose, settings)
  if ('outcome' in key) return onlyCheck(key)
  if (known.proofPurpose === purpose) return verifyProof(document, known, path, format, key, settings)
  const own = await findKey(known.verificationMethod, at, 'assertionMethod', settings)
  if ('outcome' in own) return onlyCheck(own)
  const accepted = { controller: own.controller, proofPurpose: 'assertionMethod' } as const
  if (settings.acceptProofPurpose?.(accepted) !== true) return onlyCheck(wrongPurpose(known, path, purpose, ''))
  const note = 'Accepted by option: the proof is for the purpose "assertionMethod".'
  return verifyProof(document, known, path, format, key, settings, [note])
}

function findMalformed(proof: JsonObject, path: string): Check | undefined {
  for (const name of ['verificationMethod', 'proofPurpose', 'proofValue']) {
    if (typeof proof[name] !== 'string' || proof[name] === '') {
      return malformed(`The proof has no "${name}" as text.`, pointer(path, name))
    }
  }
  const { challenge, domain } = proof
  if (challenge !== undefined && typeof challenge !== 'string') {
    return malformed('The proof\'s "challenge" is not text.', pointer(path, 'challenge'))
  }
  if (!asArray(domain).every((each) => typeof each === 'string')) {
    return malformed('The proof\'s "domain" is neither text nor a list of text.', pointer(path, 'domain'))
  }
  for (const name of ['created', 'expires']) {
    if (proof[name] !== undefined && parseDateTimeStamp(proof[name]) === undefined) {
      return malformed(
        `The proof's "${name}" is not a dateTimeStamp; it is written like 2026-12-01T00:00:00Z.`,
        pointer(path, name),
      )
    }
  }
  return undefined
}

/** A base proof holds what hides the rest: whoever is shown it can disclose the credential in the holder's place. */
function findBase(proof: Proof, path: string, format: Cryptosuite): Check | undefined {
  if (!isDisclosureSuite(format) || !format.isBase(proof)) return undefined
  const message = `This is a base proof of ${format.name}, which the holder keeps; what is shown must be derived from it (disclose).`
  return failed('proof', 'PROOF_IS_BASE', message, { path: pointer(path, 'proofValue') })
}

function findUnsupported(proof: Proof, path: string, format: Cryptosuite): Check | undefined {
  const feature = format.findUnsupported?.(proof)
  if (feature === undefined) return undefined
  const message = `The proof is of ${format.name} with ${feature}, which is not verified here.`
  return inconclusive('proof', 'PROOF_FEATURE_UNKNOWN', message, { path: pointer(path, 'proofValue') })
}

function findStale(
  document: JsonObject,
  proof: Proof,
  path: string,
  purpose: ProofPurpose,
  settings: Settings,
): Check | undefined {
  if (proof.proofPurpose !== purpose) {
    // What is a credential as well was perhaps signed as one.
    const mayBeAccepted =
      proof.proofPurpose === 'assertionMethod' && !asArray(document['type']).includes('VerifiableCredential')
    if (!mayBeAccepted) return wrongPurpose(proof, path, purpose, '')
    if (!settings.acceptProofPurpose) return wrongPurpose(proof, path, purpose, ', unless acceptProofPurpose takes it')
  }
  const { expires } = proof as { expires?: string }
  if (hasPassed(expires, settings)) {
    return failed('proof', 'PROOF_EXPIRED', `The proof held until ${expires}.`, { path: pointer(path, 'expires') })
  }
  return undefined
}

function wrongPurpose({ proofPurpose }: Proof, path: string, purpose: ProofPurpose, unless: string): Check {
  const message = `The proof is for the purpose "${proofPurpose}"; here it must be "${purpose}"${unless}.`
  return failed('proof', 'PROOF_PURPOSE_MISMATCH', message, { path: pointer(path, 'proofPurpose') })
}

/** A public key, and whose it is. */
export interface FoundKey {
  readonly controller: string
  readonly key: PublicKey
}

/** Looks up the key that a DID URL names, for one purpose. `at` is where the document names it; `choose` finds it in the DID document. */
export async function findKey(
  id: string,
  at: { readonly path?: string },
  purpose: ProofPurpose,
  settings: Settings,
  choose: typeof chooseKey = chooseKey,
): Promise<FoundKey | Check> {
  const isDid = id.startsWith('did:')
  const resolve = isDid ? settings.resolveDid : isHttpsKey(id) ? settings.resolveController : undefined
  if (!resolve) {
    const message = `The verification method "${clip(id)}" is not a DID URL; whose key it is cannot be known.`
    return failed('proof', 'KEY_NOT_FOUND', message, at)
  }
  const did = isDid ? didOf(id) : id.slice(0, id.indexOf('#'))
  let document: DidDocument | undefined
  try {
    document = await untilAborted(resolve(did, settings.lookup), settings.lookup.signal)
  } catch (cause) {
    settings.lookup.signal?.throwIfAborted()
    const message = `The key of ${clip(did)} could not be looked up: ${describe(cause)}.`
    return keyUnavailable(message, cause, at)
  }
  if (!isObject(document)) {
    return failed('proof', 'KEY_NOT_FOUND', `There is no DID document for ${clip(did)}.`, at)
  }
  if (document.id !== did) {
    const message = `The DID document found for ${clip(did)} is that of another DID.`
    return failed('proof', 'CONTROLLER_MISMATCH', message, at)
  }
  return choose(document as DidDocument, id, at, purpose, settings)
}

/** Where a key could not be looked up, or only over a limit. */
export function keyUnavailable(message: string, cause: unknown, at: { readonly path?: string }): Check {
  const limit = limitMet(cause)
  if (!limit) return inconclusive('proof', 'KEY_UNAVAILABLE', message, at)
  return inconclusive('proof', 'LIMIT_EXCEEDED', message, { ...at, detail: limit.detail })
}

/** An https URL in the one spelling that the platform gives it, without user and password, and the name of a key in it. */
function isHttpsKey(id: string): boolean {
  if (!/^https:\/\/[^#@]+#[^#]+$/.test(id) || !URL.canParse(id)) return false
  return new URL(id).href === id
}

/** The key of this id in a DID document. */
export async function chooseKey(
  document: DidDocument,
  id: string,
  at: { readonly path?: string },
  purpose: ProofPurpose,
  settings: Settings,
): Promise<FoundKey | Check> {
  if (document.deactivated) {
    return failed('proof', 'KEY_REVOKED', `The DID ${clip(document.id)} was deactivated by its owner.`, at)
  }
  const found = findVerificationMethod(document, id, purpose)
  if (!found) {
    return failed('proof', 'KEY_NOT_FOUND', `The DID document of ${clip(document.id)} has no key "${clip(id)}".`, at)
  }
  if (found.method['controller'] !== document.id) {
    const message = `The key "${clip(id)}" says that it belongs to another DID than the one whose document it is in.`
    return failed('proof', 'CONTROLLER_MISMATCH', message, at)
  }
  const { revoked, expires } = found.method
  if (hasPassed(revoked, settings) || hasPassed(expires, settings)) {
    const message = `The key "${clip(id)}" is no longer good: it was revoked, or its end date has passed.`
    return failed('proof', 'KEY_REVOKED', message, at)
  }
  if (!found.listed) {
    const message = `The owner of the key "${clip(id)}" does not allow it for the purpose "${purpose}".`
    return failed('proof', 'KEY_PURPOSE_MISMATCH', message, at)
  }
  const key = await readPublicKey(found.method)
  if (!key) {
    const message = `The key "${clip(id)}" is malformed, or of a kind that is not verified here.`
    return failed('proof', 'KEY_UNSUPPORTED', message, at)
  }
  return { key, controller: document.id }
}

async function verifyProof(
  document: JsonObject,
  proof: Proof,
  path: string,
  format: Cryptosuite,
  { key, controller }: FoundKey,
  settings: Settings,
  accepted: readonly string[] = [],
): Promise<ProofResult> {
  if (!format.algorithms.includes(key.algorithm)) {
    const message = `A proof of the format ${format.name} cannot be made with a ${key.algorithm} key.`
    return onlyCheck(failed('proof', 'KEY_UNSUPPORTED', message, { path: pointer(path, 'verificationMethod') }))
  }
  const count = (statements: number) => countStatements(statements, settings)
  const { loadDocument, isOneOfMany } = settings
  const input = { document, proof, loadDocument, count, isOneOfMany }
  const found = settings.crossCheck.get(format.name)
  const other = found?.kind === 'proof' ? found : undefined
  let verdict: ProofVerdict
  let second: ProofVerdict
  try {
    verdict = await format.verify(input, key)
    second = (await other?.verify(input, key)) ?? verdict
  } catch (cause) {
    settings.lookup.signal?.throwIfAborted()
    if (cause instanceof LimitError) {
      const message = `The proof was not verified: ${describe(cause)}.`
      return onlyCheck(failed('proof', 'LIMIT_EXCEEDED', message, { path, detail: cause.detail }))
    }
    const isContext = cause instanceof UnknownContextError || cause instanceof UnavailableContextError
    const message = `The proof could not be verified: ${describe(cause)}.`
    return onlyCheck(inconclusive('proof', isContext ? 'CONTEXT_UNKNOWN' : 'PROOF_UNAVAILABLE', message, { path }))
  }
  if ((verdict === false) !== (second === false)) return onlyCheck(disputed({ path }))
  if (verdict === false) {
    const message = 'The signature does not fit: the document was changed after signing, or another key signed it.'
    return onlyCheck(failed('proof', 'PROOF_INVALID', message, { path }))
  }
  const notes = [
    ...accepted,
    ...(verdict === true ? [] : [verdict.note]),
    ...noteOnSecond(format.name, other !== undefined, settings),
  ]
  const message = `Signed by ${controller} (${format.name}); nothing was changed since.`
  return {
    checks: [passed('proof', message, { path, notes })],
    good: [isDisclosureSuite(format) ? { proof, controller, path, isPart: true } : { proof, controller, path }],
  }
}

/** The two implementations of a format do not agree. */
export function disputed(at: { readonly path?: string }): Check {
  const message =
    'Two implementations disagree on whether the signature fits; neither is to be believed until it is known why.'
  return failed('proof', 'PROOF_DISPUTED', message, at)
}

/** Where a second opinion was asked for and there was none, that is told. */
export function noteOnSecond(name: string, hasSecond: boolean, { crossCheck }: Settings): readonly string[] {
  if (hasSecond || crossCheck.size === 0) return []
  return [`No second implementation of ${name} was given: one alone has verified it.`]
}

function countStatements(statements: number, { budget }: Settings): void {
  budget.statements -= statements
  if (budget.statements >= 0) return
  const allowed = budget.limits.statements
  throw new LimitError('statements', allowed, `it is over more than the ${allowed} statements that are worked on`)
}

/** An unreadable end date counts as passed: its owner meant to set an end. */
function hasPassed(date: JsonValue | undefined, settings: Settings): boolean {
  if (date === undefined || date === null) return false
  const time = parseDateTimeStamp(date)
  return time === undefined || time + settings.clockTolerance * 1000 < settings.now.getTime()
}

function malformed(message: string, path: string): Check {
  return failed('proof', 'PROOF_MALFORMED', message, { path })
}

/** No proof is good, for this reason. */
export function onlyCheck(check: Check): ProofResult {
  return { checks: [check], good: [] }
}
