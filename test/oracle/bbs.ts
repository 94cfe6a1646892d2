/**
 * The signed documents of Data Integrity BBS Cryptosuites 1.0: every intermediate step of the baseline ones, as the specification publishes
 * it, and the very proofs, with what chance decided there. Those with holder binding or a pseudonym are told by name.
 */

import { isDeepStrictEqual } from 'node:util'
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve'
import { bls12_381 } from '@noble/curves/bls12-381'
import { sha256 } from '@noble/hashes/sha2'
import { acceptBaseProof, bbs2023, disclose, generateKey, type JsonObject, type Proof, verify } from 'testamur'
import { hashes } from '../../src/encoding/hashes.ts'
import { deepFreeze } from '../../src/encoding/json.ts'
import { canonize } from '../../src/jsonld/canonize.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import { canonicalNames } from '../../src/jsonld/rdfc.ts'
import { readStatements, writeLines } from '../../src/jsonld/statements.ts'
import { optionsDocument } from '../../src/proofs/data-integrity.ts'
import { derive, signBase } from '../../src/proofs/selective-disclosure/bbs.ts'
import { decodeCbor } from '../../src/proofs/selective-disclosure/cbor.ts'
import { disclosePart, groupLines, labelDocument, placesOf } from '../../src/proofs/selective-disclosure/group.ts'
import { shuffledLabels } from '../../src/proofs/selective-disclosure/labels.ts'
import { contextOfDataIntegrity } from '../../src/proofs/suites.ts'
import { readOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'

const folder = 'vectors/vc-di-bbs'
const read = <T>(file: string): T => readOracleJson<T>(`${folder}/${file}`)

/** By folder: how the files of its example are called. */
const examples = [
  ['', 'wind'],
  ['prc/', 'prCred'],
] as const
const featured = ['HolderBinding/', 'Pseudonym/', 'PseudonymHB/']

/** Each signed document once. */
export function runBbs(): Promise<SetResult> {
  const cases = [
    ...examples.flatMap(([place, example]) => [
      [`${place}addSignedSDBase.json`, () => compareBase(place, example)] as const,
      [`${place}derivedRevealDocument.json`, () => compareDerived(place, example)] as const,
    ]),
    ...featured.flatMap((place) =>
      ['addSignedSDBase.json', 'derivedRevealDocument.json'].map(
        (file) => [`${place}${file}`, () => tellFeature(`${place}${file}`)] as const,
      ),
    ),
  ]
  return runSet('vc-di-bbs', cases, (run) => run())
}

interface Vectors {
  readonly document: JsonObject
  readonly proof: Proof
  readonly mandatoryPointers: readonly string[]
  readonly reveal: readonly string[]
}

function load(place: string, example: string): Vectors {
  const { proof, ...rest } = read<JsonObject>(`${place}addSignedSDBase.json`)
  return {
    document: deepFreeze(rest),
    proof: proof as unknown as Proof,
    mandatoryPointers: read(`${example}Mandatory.json`),
    reveal: read(`${example}Selective.json`),
  }
}

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')
const keys = () => read<{ publicKeyHex: string; privateKeyHex: string; hmacKeyString: string }>('BBSKeyMaterial.json')
const shape = { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023', requiredContext: contextOfDataIntegrity }

/** From the document to the base proof, step by step. */
async function compareBase(place: string, example: string): Promise<CaseResult> {
  const { document, proof, mandatoryPointers } = load(place, example)
  const contexts = otherContexts()
  const loadDocument = createDocumentLoader({ documents: contexts })
  const { privateKeyHex, publicKeyHex, hmacKeyString } = keys()
  const hmacKey = bytes(hmacKeyString)
  const key = await generateKey({ algorithm: 'Bls12381G2', seed: bytes(privateKeyHex) })

  const { dataset } = await readStatements(document, loadDocument)
  const names = canonicalNames(dataset, hashes.sha256)
  const whole = await labelDocument(document, loadDocument, shuffledLabels(hmacKey))
  const { mandatory, others } = await groupLines(whole, mandatoryPointers)
  const transform = read<Record<'mandatory' | 'nonMandatory', { value: [number, string][] }>>(
    `${place}addBaseTransform.json`,
  )
  const linesOf = (name: 'mandatory' | 'nonMandatory') => transform[name].value.map(([, line]) => line)
  const { proofValue: _, ...options } = proof
  const input = {
    document,
    purpose: 'assertionMethod',
    created: new Date(options.created as string),
    mandatoryPointers,
    publicKey: { algorithm: 'Bls12381G2', bytes: key.publicKey },
    loadDocument,
  } as const
  const signed = await signBase(shape, input, key, hmacKey)
  const [signature, header] = decodeCbor(bytesOf(signed).subarray(3)) as readonly Uint8Array[]
  const { proofHash, mandatoryHash } = read<{ proofHash: string; mandatoryHash: string }>(`${place}addHashData.json`)

  const steps: readonly (readonly [string, unknown, unknown])[] = [
    ['public key', hex(key.publicKey), publicKeyHex],
    ['did:key', key.id, proof.verificationMethod],
    [
      'canonical form',
      writeLines(dataset, (blank) => names.get(blank) as string),
      read(`${place}addBaseDocCanon.json`),
    ],
    ['labelled form', whole.lines, read(`${place}addBaseDocHMACCanon.json`)],
    ['mandatory', mandatory, linesOf('mandatory')],
    ['not mandatory', others, linesOf('nonMandatory')],
    [
      'proof configuration',
      await canonize(optionsDocument(shape, document, options), { loadDocument }),
      readOracle(`${folder}/${place}addProofConfigCanon.txt`),
    ],
    ['hashes', hex(header as Uint8Array), proofHash + mandatoryHash],
    [
      'signature',
      hex(signature as Uint8Array),
      read<{ bbsSignature: string }>(`${place}addRawBaseSignatureInfo.json`).bbsSignature,
    ],
    ['base proof', signed, proof],
  ]
  const odd = steps.find(([, ours, theirs]) => !isDeepStrictEqual(ours, theirs))
  if (odd) return { differs: `${odd[0]}: ${JSON.stringify(odd[1])?.slice(0, 300)}` }

  const verdict = { now, contexts, crossCheck, acceptController: () => true }
  const credential = { ...document, proof }
  const held = await verify({ ...verdict, credential, formats: [acceptBaseProof(bbs2023())] })
  if (!hasGoodProof(held.checks)) return { differs: `the base proof: ${codes(held.checks).join(' ')}` }
  const shown = codes((await verify({ ...verdict, credential, formats: [bbs2023()] })).checks)
  return shown.includes('PROOF_IS_BASE') ? undefined : { differs: `the base proof, shown: ${shown.join(' ')}` }
}

/** From the base proof to the very proof that the specification derives, and to the verdict on it. */
async function compareDerived(place: string, example: string): Promise<CaseResult> {
  const { document, proof, mandatoryPointers, reveal } = load(place, example)
  const contexts = otherContexts()
  const loadDocument = createDocumentLoader({ documents: contexts })
  const material = read<{ presentationHeaderHex: string; pseudoRandSeedHex: string }>('BBSDeriveMaterial.json')
  const presentationHeader = bytes(material.presentationHeaderHex)
  const wanted = read<{ proof: Proof }>(`${place}derivedRevealDocument.json`)

  const whole = await labelDocument(document, loadDocument, shuffledLabels(bytes(keys().hmacKeyString)))
  const { mandatory, others } = await groupLines(whole, mandatoryPointers)
  const part = await disclosePart(whole, [...mandatoryPointers, ...reveal])
  const indexes = read<Record<string, readonly number[]>>(`${place}derivedGroupIndexes.json`)
  const adjusted = read<Record<string, readonly number[]>>(`${place}derivedAdjIndexes.json`)
  const data = read<{ bbsProof: string; labelMap: { value: [string, string][] } }>(`${place}derivedDisclosureData.json`)
  const input = { document, proof, pointers: reveal, loadDocument }
  const made = await derive(shape, input, presentationHeader, drawFrom(bytes(material.pseudoRandSeedHex)))
  const [bbsProof] = decodeCbor(bytesOf(made.proof).subarray(3)) as readonly Uint8Array[]

  const steps: readonly (readonly [string, unknown, unknown])[] = [
    ['combined indexes', placesOf(part.lines, whole.lines), indexes['combinedIndexes']],
    ['mandatory indexes', placesOf(mandatory, whole.lines), indexes['mandatoryIndexes']],
    ['other indexes', placesOf(others, whole.lines), indexes['nonMandatoryIndexes']],
    ['adjusted mandatory indexes', placesOf(mandatory, part.lines), adjusted['adjMandatoryIndexes']],
    ['adjusted selective indexes', placesOf(part.lines, others), adjusted['adjSelectiveIndexes']],
    ['label map', new Map(part.labelMap), new Map(data.labelMap.value)],
    ['revealed document', sorted(made.document), sorted(read(`${place}derivedUnsignedReveal.json`))],
    ['BBS proof', hex(bbsProof as Uint8Array), data.bbsProof],
    ['derived proof', made.proof, wanted.proof],
  ]
  const odd = steps.find(([, ours, theirs]) => !isDeepStrictEqual(ours, theirs))
  if (odd) return { differs: `${odd[0]}: ${JSON.stringify(odd[1])?.slice(0, 300)}` }

  const own = await disclose({ credential: { ...document, proof }, reveal, format: bbs2023(), contexts })
  for (const credential of [wanted, own]) {
    const { checks } = await verify({
      credential,
      now,
      contexts,
      crossCheck,
      acceptController: () => true,
      formats: [bbs2023(credential === wanted ? { presentationHeader } : {})],
    })
    if (!hasGoodProof(checks)) return { differs: `the derived proof: ${codes(checks).join(' ')}` }
  }
  return undefined
}

/** Never passed, and told by name. The contexts are not at hand; what stands in for them only gets as far as to the proof. */
async function tellFeature(file: string): Promise<CaseResult> {
  const standIn = { '@context': { '@vocab': 'https://vdl.example/' } }
  const contexts = new Map(['https://w3id.org/vdl/v1', 'https://w3id.org/vdl/aamva/v1'].map((url) => [url, standIn]))
  const formats = [file.includes('Base') ? acceptBaseProof(bbs2023()) : bbs2023()]
  // Some begin at no time, which the data model does not allow.
  const credential = { issuanceDate: '2024-01-01T00:00:00Z', ...read<JsonObject>(file) }
  const { checks } = await verify({ credential, now, contexts, formats })
  const told = checks.find((check) => check.name === 'proof' && check.outcome === 'inconclusive')
  if (!told || !('code' in told) || told.code !== 'PROOF_FEATURE_UNKNOWN') {
    return { differs: codes(checks).join(' ') }
  }
  return { unsupported: /with (.*), which/.exec(told.message)?.[1] ?? 'no name' }
}

/** The scalars that the specification's example draws: as draft-irtf-cfrg-bbs-signatures section 8.1 does, under a shorter tag. */
function drawFrom(seed: Uint8Array): (count: number) => readonly bigint[] {
  const tag = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_'
  return (count) => {
    const drawn = expand_message_xmd(seed, new TextEncoder().encode(tag), 48 * count, sha256)
    return Array.from({ length: count }, (_, index) =>
      bls12_381.fields.Fr.create(BigInt(`0x${hex(drawn.subarray(index * 48, index * 48 + 48))}`)),
    )
  }
}

const now = new Date('2026-11-22T00:00:00Z')

function bytesOf({ proofValue }: Proof): Buffer {
  return Buffer.from(proofValue.slice(1), 'base64url')
}

/** The order of members says nothing. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function hasGoodProof(checks: readonly { readonly name: string; readonly outcome: string }[]): boolean {
  return checks.some(({ name, outcome }) => name === 'proof' && outcome === 'passed')
}

function codes(checks: readonly object[]): readonly string[] {
  return checks.flatMap((check) => ('code' in check ? [String(check.code)] : []))
}
