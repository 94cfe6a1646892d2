/**
 * ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0 section 3.5): every statement that may be hidden is signed by itself with
 * a key made for the one document; the issuer signs that key together with the proof's options and what is mandatory.
 */

import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { fromBase64Url, toBase64Url } from '../../encoding/bytes.ts'
import { hashBytes } from '../../encoding/hash.ts'
import { CredentialError } from '../../errors.ts'
import { UnavailableContextError, UnknownContextError } from '../../jsonld/library.ts'
import { canonicalNames } from '../../jsonld/rdfc.ts'
import { readStatements, writeLines } from '../../jsonld/statements.ts'
import type { PublicKey } from '../../keys/algorithms.ts'
import { createEphemeralKey, type EphemeralKey } from '../../keys/ephemeral.ts'
import type { Signer } from '../../keys/key.ts'
import { verifySignature } from '../../keys/signature.ts'
import type { JsonObject, Proof } from '../../types.ts'
import type { DeriveInput, ProofInput, ProofVerdict, SecureInput } from '../cryptosuite.ts'
import { hashDocument, optionsDocument, type SuiteShape } from '../data-integrity.ts'
import { concat, proofOptions, signBytes } from '../proof-signature.ts'
import type { CborValue } from './cbor.ts'
import { disclosePart, type Labelled, labelDocument, MAX_STATEMENTS, placesOf, type Relabel } from './group.ts'
import { hashOptions } from './options.ts'
import { bytesOf, listOf, placesFrom, readProofValue, writeProofValue } from './proof-value.ts'

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
  const { mandatory, others } = await transform(document, input, hmacKey, mandatoryPointers)
  const publicKey = concat(p256Prefix, ephemeral.publicKey)
  const proofHash = await hashDocument(optionsDocument(shape, document, options), 'SHA-256', loadDocument)
  const baseSignature = await signBytes(signer, concat(proofHash, publicKey, hashLines(mandatory)))
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
    const { mandatory, others } = await transform(input.document, input, base.hmacKey, base.mandatoryPointers)
    return verifyLines(base, proofHash, mandatory, others, key)
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
  const mandatory = new Set(await mandatoryLines(whole, base.mandatoryPointers))
  const others = whole.lines.filter((line) => !mandatory.has(line))
  if (others.length !== base.signatures.length) throw unfit('its base proof is of another document')
  const part = await disclosePart(whole, [...base.mandatoryPointers, ...pointers])
  const signatures = placesOf(part.lines, others).map((place) => base.signatures[place] as Uint8Array)
  const labelMap = new Map([...part.labelMap].map(([name, label]) => [numberOf(name), bytesOfLabel(label)]))
  const components = [base.baseSignature, base.publicKey, signatures, labelMap, placesOf([...mandatory], part.lines)]
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
    const { dataset } = await readStatements(input.document, input.loadDocument)
    const names = canonicalNames(dataset, 'SHA-256')
    // One label for each blank node, and no other.
    if (names.size !== derived.labelMap.size) return false
    if (![...names.values()].every((name) => derived.labelMap.has(name))) return false
    const lines = writeLines(dataset, (blank) => derived.labelMap.get(names.get(blank) as string) as string)
    const places = new Set(derived.mandatoryIndexes)
    if (derived.mandatoryIndexes.some((place) => place >= lines.length)) return false
    const mandatory = lines.filter((_, place) => places.has(place))
    const others = lines.filter((_, place) => !places.has(place))
    if (!(await verifyLines(derived, proofHash, mandatory, others, key))) return false
    return {
      note: `Its holder chose what to show; of ${lines.length} statements the issuer made ${mandatory.length} mandatory.`,
    }
  })
}

/** The issuer's signature first: without it the rest is a stranger's, and not worth the work. */
async function verifyLines(
  { baseSignature, publicKey, signatures }: Pick<BaseProof, 'baseSignature' | 'publicKey' | 'signatures'>,
  proofHash: Uint8Array,
  mandatory: readonly string[],
  others: readonly string[],
  key: PublicKey,
): Promise<boolean> {
  if (signatures.length !== others.length || others.length > MAX_STATEMENTS) return false
  if (!(await verifySignature(key, concat(proofHash, publicKey, hashLines(mandatory)), baseSignature))) return false
  const ephemeral: PublicKey = { algorithm: 'P-256', bytes: publicKey.slice(p256Prefix.length) }
  for (const [index, line] of others.entries()) {
    if (!(await verifySignature(ephemeral, encoder.encode(line), signatures[index] as Uint8Array))) return false
  }
  return true
}

/** What cannot be read is not what was signed; what could not be loaded decides nothing. */
async function orFalse<T>(verify: () => Promise<T>): Promise<T | false> {
  try {
    return await verify()
  } catch (cause) {
    if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) throw cause
    return false
  }
}

async function transform(
  document: JsonObject,
  { loadDocument }: Pick<SecureInput, 'loadDocument'>,
  hmacKey: Uint8Array,
  mandatoryPointers: readonly string[],
): Promise<{ readonly mandatory: readonly string[]; readonly others: readonly string[] }> {
  const whole = await labelDocument(document, loadDocument, hmacLabels(hmacKey))
  const mandatory = await mandatoryLines(whole, mandatoryPointers)
  const places = new Set(mandatory)
  return { mandatory, others: whole.lines.filter((line) => !places.has(line)) }
}

async function mandatoryLines(whole: Labelled, pointers: readonly string[]): Promise<readonly string[]> {
  return pointers.length === 0 ? [] : (await disclosePart(whole, pointers)).lines
}

function hashLines(lines: readonly string[]): Uint8Array {
  return hashBytes('SHA-256', lines.join(''))
}

/** Labels that do not tell how many blank nodes there are (`createHmacIdLabelMapFunction`). */
function hmacLabels(hmacKey: Uint8Array): Relabel {
  return (names) => new Map(names.map((name) => [name, labelOf(hmac(sha256, hmacKey, encoder.encode(name)))]))
}

function labelOf(bytes: Uint8Array): string {
  return `u${toBase64Url(bytes)}`
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
  const labelMap = readLabelMap(fourth)
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

/** Each label once: two blank nodes that were one would say together what neither of them did. */
function readLabelMap(value: CborValue | undefined): ReadonlyMap<string, string> | undefined {
  if (!(value instanceof Map)) return undefined
  const map = new Map<string, string>()
  for (const [number, label] of value as ReadonlyMap<number, CborValue>) {
    const bytes = bytesOf(label, 32)
    if (!bytes) return undefined
    map.set(`c14n${number}`, labelOf(bytes))
  }
  return new Set(map.values()).size === map.size ? map : undefined
}

function numberOf(name: string): number {
  return Number(name.slice('c14n'.length))
}

function bytesOfLabel(label: string): Uint8Array {
  return fromBase64Url(label.slice(1)) as Uint8Array
}

function unfit(reason: string): CredentialError {
  return new CredentialError('CREDENTIAL_MALFORMED', `the credential cannot be disclosed in part: ${reason}`)
}
