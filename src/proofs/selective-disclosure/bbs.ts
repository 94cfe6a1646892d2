/**
 * bbs-2023 (Data Integrity BBS Cryptosuites 1.0 section 3.3), in its baseline form: the issuer signs all statements once with BBS, and the
 * holder proves that for some of them. No proof shows the signature, so that two proofs of one credential cannot be told to be of one.
 */

import { join } from '../../encoding/bytes.ts'
import { LimitError } from '../../encoding/limits.ts'
import { CredentialError } from '../../errors.ts'
import type { PublicKey } from '../../keys/algorithms.ts'
import { verifyBbs } from '../../keys/bbs.ts'
import { MAX_MESSAGES, PUBLIC_KEY_LENGTH } from '../../keys/bbs-ciphersuite.ts'
import { countMessages, proveBbs, verifyBbsProof } from '../../keys/bbs-proof.ts'
import type { Signer } from '../../keys/key.ts'
import type { JsonObject, Proof } from '../../types.ts'
import type { DeriveInput, ProofInput, ProofVerdict, SecureInput } from '../cryptosuite.ts'
import { hashDocument, optionsDocument, type SuiteShape } from '../data-integrity.ts'
import { proofOptions, signBytes } from '../proof-signature.ts'
import type { CborValue } from './cbor.ts'
import { disclosePart, type Groups, groupLines, groupPart, hashLines, labelDocument, placesOf } from './group.ts'
import { readLabelMap, shuffledLabel, shuffledLabels, writeLabelMap } from './labels.ts'
import { hashOptions } from './options.ts'
import { bytesOf, listOf, placesFrom, readProofValue, writeProofValue } from './proof-value.ts'
import { noteOn, orFalse, unfit } from './verdict.ts'

interface BaseProof {
  readonly signature: Uint8Array
  /** The hash of the proof's options, then that of the mandatory statements. */
  readonly header: Uint8Array
  readonly publicKey: Uint8Array
  readonly hmacKey: Uint8Array
  readonly mandatoryPointers: readonly string[]
}

interface DerivedProof {
  readonly proof: Uint8Array
  readonly labelMap: ReadonlyMap<string, string>
  readonly mandatoryIndexes: readonly number[]
  /** Places, among all statements that are not mandatory, of those that are shown. */
  readonly selectiveIndexes: readonly number[]
  readonly presentationHeader: Uint8Array
}

/** Makes a base proof. `hmacKey` is given in tests, by chance otherwise. */
export async function signBase(
  shape: SuiteShape,
  input: SecureInput,
  signer: Signer,
  hmacKey: Uint8Array = crypto.getRandomValues(new Uint8Array(32)),
): Promise<Proof> {
  const { document, loadDocument, mandatoryPointers = [], publicKey } = input
  if (publicKey?.algorithm !== 'Bls12381G2') {
    throw new CredentialError(
      'OPTION_INVALID',
      'bbs-2023 writes the signer’s public key into the proof: give publicKey',
    )
  }
  const options = proofOptions(shape, input, signer)
  const whole = await labelDocument(document, loadDocument, shuffledLabels(hmacKey))
  const groups = await groupLines(whole, mandatoryPointers)
  if (groups.others.length > MAX_MESSAGES) {
    const message = `bbs-2023 signs at most ${MAX_MESSAGES} statements that may be hidden; the credential has ${groups.others.length}`
    throw new CredentialError('CREDENTIAL_MALFORMED', `${message}: make more mandatory, or use ecdsa-sd-2023`)
  }
  const proofHash = await hashDocument(optionsDocument(shape, document, options), 'SHA-256', loadDocument)
  const header = join([proofHash, hashLines(groups.mandatory)])
  const signature = await signBytes(signer, header, messagesOf(groups))
  const components = [signature, header, publicKey.bytes, hmacKey, mandatoryPointers]
  return { ...options, proofValue: writeProofValue('bbs-2023 base', components) }
}

/** Verifies a base proof. */
export async function verifyBase(shape: SuiteShape, input: ProofInput, key: PublicKey): Promise<boolean> {
  const base = readBase(input.proof.proofValue)
  if (!base) return false
  return orFalse(async () => {
    const whole = await labelDocument(input.document, input.loadDocument, shuffledLabels(base.hmacKey))
    return (
      (await findMisfit(shape, input, base, await groupLines(whole, base.mandatoryPointers), key.bytes)) === undefined
    )
  })
}

/** The pointers that a base proof holds. */
export function mandatoryPointersOf(proofValue: string): readonly string[] {
  const base = readBase(proofValue)
  if (!base) throw unfit('its base proof cannot be read')
  return base.mandatoryPointers
}

/** Cuts the document down, and makes a proof for what is left. `draw` gives in tests what chance decides otherwise. */
export async function derive(
  shape: SuiteShape,
  input: DeriveInput,
  presentationHeader: Uint8Array,
  draw?: (count: number) => readonly bigint[],
): Promise<{ readonly document: JsonObject; readonly proof: Proof }> {
  const { document, proof, pointers, loadDocument } = input
  const base = readBase(proof.proofValue)
  if (!base) throw unfit('its base proof cannot be read')
  const whole = await labelDocument(document, loadDocument, shuffledLabels(base.hmacKey))
  const groups = await groupLines(whole, base.mandatoryPointers)
  if (groups.others.length > MAX_MESSAGES) throw unfit(`at most ${MAX_MESSAGES} of its statements may be hidden`)
  // What would be proved of a signature that does not fit, nobody could verify.
  const misfit = await findMisfit(shape, input, base, groups, base.publicKey)
  if (misfit !== undefined) throw unfit(misfit)
  const part = await disclosePart(whole, [...base.mandatoryPointers, ...pointers])
  const places = placesOf(part.lines, groups.others)
  const { publicKey, signature, header } = base
  const messages = messagesOf(groups)
  const components = [
    await proveBbs({ publicKey, signature, header, presentationHeader, messages, places }, draw),
    writeLabelMap(part.labelMap, (label) => Number(label.slice(1))),
    placesOf(groups.mandatory, part.lines),
    places,
    presentationHeader,
  ]
  return { document: part.document, proof: { ...proof, proofValue: writeProofValue('bbs-2023 derived', components) } }
}

/** Verifies a derived proof. `presentationHeader` is the one that it must have, where one is expected. */
export async function verifyDerived(
  shape: SuiteShape,
  input: ProofInput,
  key: PublicKey,
  presentationHeader: Uint8Array | undefined,
): Promise<ProofVerdict> {
  const derived = readDerived(input.proof.proofValue)
  if (!derived || (presentationHeader && !areSame(derived.presentationHeader, presentationHeader))) return false
  return orFalse(async () => {
    const { document, loadDocument, count } = input
    const { proof, labelMap, mandatoryIndexes, selectiveIndexes: places } = derived
    const total = countMessages(proof, places.length)
    if (total === undefined) return false
    assertCount(total)
    count?.(total - places.length)
    const proofHash = await hashOptions(shape, input)
    const groups = await groupPart(document, loadDocument, labelMap, mandatoryIndexes)
    if (!proofHash || !groups) return false
    const header = join([proofHash, hashLines(groups.mandatory)])
    const check = { publicKey: key.bytes, proof, header, presentationHeader: derived.presentationHeader, places }
    return (await verifyBbsProof({ ...check, messages: messagesOf(groups) })) && noteOn(groups)
  })
}

/** Why the base proof is not one of the document by the key; `undefined` where it is. */
async function findMisfit(
  shape: SuiteShape,
  input: ProofInput,
  base: BaseProof,
  groups: Groups,
  publicKey: Uint8Array,
): Promise<string | undefined> {
  assertCount(groups.others.length)
  const proofHash = await hashOptions(shape, input)
  const header = proofHash && join([proofHash, hashLines(groups.mandatory)])
  if (!header || !areSame(header, base.header)) return 'its base proof is of another document'
  if (!areSame(publicKey, base.publicKey)) return 'its base proof names another key'
  const isGood = await orFalse(() => verifyBbs(publicKey, base.signature, header, messagesOf(groups)))
  return isGood ? undefined : 'its base proof is of another document, or by another key'
}

/** More is not looked at: nothing is said of it. */
function assertCount(statements: number): void {
  if (statements <= MAX_MESSAGES) return
  const message = `it is over ${statements} statements that may be hidden; at most ${MAX_MESSAGES} are worked on`
  throw new LimitError('statements', MAX_MESSAGES, message)
}

function messagesOf({ others }: Groups): readonly Uint8Array[] {
  return others.map((line) => new TextEncoder().encode(line))
}

function areSame(one: Uint8Array, two: Uint8Array): boolean {
  return one.length === two.length && one.every((byte, index) => byte === two[index])
}

function readBase(proofValue: string): BaseProof | undefined {
  const [first, second, third, fourth, fifth] = readProofValue('bbs-2023 base', proofValue, 5) ?? []
  const signature = bytesOf(first, 80)
  const header = bytesOf(second, 64)
  const publicKey = bytesOf(third, PUBLIC_KEY_LENGTH)
  const hmacKey = bytesOf(fourth, 32)
  const mandatoryPointers = listOf(fifth, (item) => (typeof item === 'string' ? item : undefined))
  if (!signature || !header || !publicKey || !hmacKey || !mandatoryPointers) return undefined
  return { signature, header, publicKey, hmacKey, mandatoryPointers }
}

function readDerived(proofValue: string): DerivedProof | undefined {
  const [proof, second, third, fourth, presentationHeader] = readProofValue('bbs-2023 derived', proofValue, 5) ?? []
  const labelMap = readLabelMap(second, labelOf)
  const mandatoryIndexes = placesFrom(third)
  const selectiveIndexes = placesFrom(fourth)
  if (!(proof instanceof Uint8Array) || !(presentationHeader instanceof Uint8Array)) return undefined
  if (!labelMap || !mandatoryIndexes || !selectiveIndexes) return undefined
  return { proof, labelMap, mandatoryIndexes, selectiveIndexes, presentationHeader }
}

function labelOf(value: CborValue): string | undefined {
  return typeof value === 'number' ? shuffledLabel(value) : undefined
}
