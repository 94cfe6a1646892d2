/**
 * ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0 section 3.5): every statement that may be hidden is signed by itself with
 * a key made for the one document; the issuer signs that key together with the proof's options and what is mandatory.
 */

import { fromBase64Url, join } from '../../encoding/bytes.ts'
import type { PublicKey } from '../../keys/algorithms.ts'
import { createEphemeralKey, type EphemeralKey } from '../../keys/ephemeral.ts'
import type { Signer } from '../../keys/key.ts'
import { verifySignature } from '../../keys/signature.ts'
import type { JsonObject, Proof } from '../../types.ts'
import type { DeriveInput, ProofInput, ProofVerdict, SecureInput } from '../cryptosuite.ts'
import { hashDocument, optionsDocument, type SuiteShape } from '../data-integrity.ts'
import { proofOptions, signBytes } from '../proof-signature.ts'
import type { CborValue } from './cbor.ts'
import { disclosePart, type Groups, groupLines, groupPart, hashLines, labelDocument, placesOf } from './group.ts'
import { hmacLabel, hmacLabels, readLabelMap, writeLabelMap } from './labels.ts'
import { hashOptions } from './options.ts'
import { bytesOf, listOf, placesFrom, readProofValue, writeProofValue } from './proof-value.ts'
import { noteOn, orFalse, unfit } from './verdict.ts'

const encoder = new TextEncoder()

/** What chance decides: given in tests, fresh otherwise. */
export interface Chance {
  readonly hmacKey: Uint8Array
  readonly ephemeral: EphemeralKey
}

interface BaseProof {
  readonly baseSignature: Uint8Array
  readonly publicKey: Uint8Array
  readonly hmacKey: Uint8Array
  readonly signatures: readonly Uint8Array[]
  readonly mandatoryPointers: readonly string[]
}

interface DerivedProof {
  readonly baseSignature: Uint8Array
  readonly publicKey: Uint8Array
  readonly signatures: readonly Uint8Array[]
  readonly labelMap: ReadonlyMap<string, string>
  readonly mandatoryIndexes: readonly number[]
}

/** Makes a base proof. */
export async function signBase(shape: SuiteShape, input: SecureInput, signer: Signer, chance?: Chance): Promise<Proof> {
  const { document, loadDocument, mandatoryPointers = [] } = input
  const { hmacKey, ephemeral } = chance ?? {
    hmacKey: crypto.getRandomValues(new Uint8Array(32)),
    ephemeral: await createEphemeralKey(),
  }
  const options = proofOptions(shape, input, signer)
  const whole = await labelDocument(document, loadDocument, hmacLabels(hmacKey))
  const { mandatory, others } = await groupLines(whole, mandatoryPointers)
  const publicKey = join([p256Prefix, ephemeral.publicKey])
  const proofHash = await hashDocument(optionsDocument(shape, document, options), 'SHA-256', loadDocument)
  const baseSignature = await signBytes(signer, join([proofHash, publicKey, hashLines(mandatory)]))
  const signatures: Uint8Array[] = []
  for (const line of others) signatures.push(await ephemeral.sign(encoder.encode(line)))
  const components = [baseSignature, publicKey, hmacKey, signatures, mandatoryPointers]
  return { ...options, proofValue: writeProofValue('ecdsa-sd-2023 base', components) }
}

/** Verifies a base proof. */
export async function verifyBase(shape: SuiteShape, input: ProofInput, key: PublicKey): Promise<boolean> {
  const base = readBase(input.proof.proofValue)
  if (!base) return false
  return orFalse(async () => {
    const proofHash = await hashOptions(shape, input)
    if (!proofHash) return false
    const whole = await labelDocument(input.document, input.loadDocument, hmacLabels(base.hmacKey))
    return verifyLines(base, proofHash, await groupLines(whole, base.mandatoryPointers), key)
  })
}

/** The pointers that a base proof holds. */
export function mandatoryPointersOf(proofValue: string): readonly string[] {
  const base = readBase(proofValue)
  if (!base) throw unfit('its base proof cannot be read')
  return base.mandatoryPointers
}

/** Cuts the document down, and its proof. */
export async function derive(input: DeriveInput): Promise<{ readonly document: JsonObject; readonly proof: Proof }> {
  const { document, proof, pointers, loadDocument } = input
  const base = readBase(proof.proofValue)
  if (!base) throw unfit('its base proof cannot be read')
  const whole = await labelDocument(document, loadDocument, hmacLabels(base.hmacKey))
  const { mandatory, others } = await groupLines(whole, base.mandatoryPointers)
  if (others.length !== base.signatures.length) throw unfit('its base proof is of another document')
  const part = await disclosePart(whole, [...base.mandatoryPointers, ...pointers])
  const signatures = placesOf(part.lines, others).map((place) => base.signatures[place] as Uint8Array)
  const labelMap = writeLabelMap(part.labelMap, bytesOfLabel)
  const components = [base.baseSignature, base.publicKey, signatures, labelMap, placesOf(mandatory, part.lines)]
  return {
    document: part.document,
    proof: { ...proof, proofValue: writeProofValue('ecdsa-sd-2023 derived', components) },
  }
}

/** Verifies a derived proof. */
export async function verifyDerived(shape: SuiteShape, input: ProofInput, key: PublicKey): Promise<ProofVerdict> {
  const derived = readDerived(input.proof.proofValue)
  if (!derived) return false
  return orFalse(async () => {
    const proofHash = await hashOptions(shape, input)
    if (!proofHash) return false
    const groups = await groupPart(input.document, input.loadDocument, derived.labelMap, derived.mandatoryIndexes)
    return groups !== undefined && (await verifyLines(derived, proofHash, groups, key)) && noteOn(groups)
  })
}

/** The issuer's signature first: without it the rest is a stranger's, and not worth the work. */
async function verifyLines(
  { baseSignature, publicKey, signatures }: Pick<BaseProof, 'baseSignature' | 'publicKey' | 'signatures'>,
  proofHash: Uint8Array,
  { mandatory, others }: Groups,
  key: PublicKey,
): Promise<boolean> {
  if (signatures.length !== others.length) return false
  if (!(await verifySignature(key, join([proofHash, publicKey, hashLines(mandatory)]), baseSignature))) return false
  const ephemeral: PublicKey = { algorithm: 'P-256', bytes: publicKey.slice(p256Prefix.length) }
  for (const [index, line] of others.entries()) {
    if (!(await verifySignature(ephemeral, encoder.encode(line), signatures[index] as Uint8Array))) return false
  }
  return true
}

function readBase(proofValue: string): BaseProof | undefined {
  const [first, second, third, fourth, fifth] = readProofValue('ecdsa-sd-2023 base', proofValue, 5) ?? []
  const baseSignature = bytesOf(first, 64)
  const publicKey = ephemeralKey(second)
  const hmacKey = bytesOf(third, 32)
  const signatures = listOf(fourth, (item) => bytesOf(item, 64))
  const mandatoryPointers = listOf(fifth, (item) => (typeof item === 'string' ? item : undefined))
  if (!baseSignature || !publicKey || !hmacKey || !signatures || !mandatoryPointers) return undefined
  return { baseSignature, publicKey, hmacKey, signatures, mandatoryPointers }
}

function readDerived(proofValue: string): DerivedProof | undefined {
  const [first, second, third, fourth, fifth] = readProofValue('ecdsa-sd-2023 derived', proofValue, 5) ?? []
  const baseSignature = bytesOf(first, 64)
  const publicKey = ephemeralKey(second)
  const signatures = listOf(third, (item) => bytesOf(item, 64))
  const labelMap = readLabelMap(fourth, labelOf)
  const mandatoryIndexes = placesFrom(fifth)
  if (!baseSignature || !publicKey || !signatures || !labelMap || !mandatoryIndexes) return undefined
  return { baseSignature, publicKey, signatures, labelMap, mandatoryIndexes }
}

/** Multicodec of a P-256 public key, 0x1200. */
const p256Prefix = Uint8Array.of(0x80, 0x24)

function ephemeralKey(value: CborValue | undefined): Uint8Array | undefined {
  const bytes = bytesOf(value, 35)
  return bytes?.[0] === p256Prefix[0] && bytes?.[1] === p256Prefix[1] ? bytes : undefined
}

function labelOf(value: CborValue): string | undefined {
  const bytes = bytesOf(value, 32)
  return bytes && hmacLabel(bytes)
}

function bytesOfLabel(label: string): Uint8Array {
  return fromBase64Url(label.slice(1)) as Uint8Array
}
