/** Attacks on what surrounds a disclosed part: the options of its proof, and its nodes taken apart (ecdsa-sd-2023). */

import { disclose, ecdsaSd2023, generateKey, issue, type JsonObject, type Proof } from 'testamur'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/encoding/hash.ts'
import { canonicalNames } from '../../src/jsonld/rdfc.ts'
import { readStatements, writeLines } from '../../src/jsonld/statements.ts'
import { type CborValue, encodeCbor } from '../../src/proofs/selective-disclosure/cbor.ts'
import { bytesOf, componentsOf, proofOf, textOf, withProofValue } from '../helpers/disclosed.ts'
import { badge, bundledLoader, copyOf, type Document, judge, now } from '../helpers/fixtures.ts'

const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
const base = copyOf(await issue({ credential: badge(), key, now, format: ecdsaSd2023() }))
const derived = copyOf(await disclose({ credential: base, reveal: ['/name'] }))

it('a proof value with a component too many is refused', async () => {
  const more = encodeCbor([...componentsOf(derived), 0])
  const proofValue = textOf(Buffer.concat([bytesOf(derived).subarray(0, 3), more]))
  expect(await judge(withProofValue(derived, proofValue))).toEqual(['PROOF_INVALID'])
  const same = textOf(Buffer.concat([bytesOf(derived).subarray(0, 3), encodeCbor(componentsOf(derived))]))
  expect(await judge(withProofValue(derived, same))).toEqual(['valid'])
})

describe('the options of the proof', () => {
  const created = { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': proofOf(derived)['created'] }
  const withProof = (more: object, without: readonly string[] = []) => {
    const proof = Object.fromEntries(Object.entries(proofOf(derived)).filter(([name]) => !without.includes(name)))
    return { ...derived, proof: [{ ...proof, ...more }] }
  }

  it('under the contexts of the credential, written out, are good', async () => {
    expect(await judge(withProof({ '@context': derived['@context'] }))).toEqual(['valid'])
  })

  it.each<readonly [string, object]>([
    ['a date under its full IRI', withProof({ 'http://purl.org/dc/terms/created': created }, ['created'])],
    ['a date as a value object', withProof({ created }, ['created'])],
    ['a context of their own', withProof({ '@context': [derived['@context'], { until: null }].flat() })],
    ['a context that gives their words back', withProof({ '@context': { '@vocab': 'https://w3id.org/security#' } })],
    ['an id that was not signed', withProof({ id: 'urn:uuid:1' })],
  ])('with %s are refused', async (_name, document) => {
    expect(await judge(document)).not.toContain('valid')
  })
})

/** Two objects of which the second has the label of the first would say together what was signed of the first alone. */
it('a node taken apart into two is refused', async () => {
  const evidence = [{ type: ['Evidence'], name: 'The piece', description: 'Made by Ada' }]
  const whole = await issue({ credential: { ...badge(), evidence }, key, now, format: ecdsaSd2023() })
  const shown = copyOf(await disclose({ credential: whole, reveal: ['/evidence'] }))
  expect(await judge(shown)).toEqual(['valid'])
  const torn = {
    ...shown,
    evidence: [
      { type: ['Evidence'], name: 'The piece' },
      { type: ['Evidence'], description: 'Made by Ada' },
    ],
  }
  const linesOf = async (document: object, labelMap: ReadonlyMap<string, string>) => {
    const { dataset } = await readStatements(copyOf(document) as JsonObject, bundledLoader)
    const names = canonicalNames(dataset, sha256)
    return { names, lines: writeLines(dataset, (blank) => labelMap.get(names.get(blank) as string) as string) }
  }
  const unsecured = (document: Document) =>
    Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'proof'))
  const [baseSignature, publicKey, signatures, map, places] = componentsOf(shown) as [
    Uint8Array,
    Uint8Array,
    readonly Uint8Array[],
    ReadonlyMap<number, Uint8Array>,
    readonly number[],
  ]
  const labels = new Map(
    [...map].map(([number, bytes]) => [`c14n${number}`, `u${Buffer.from(bytes).toString('base64url')}`]),
  )
  const before = await linesOf(unsecured(shown), labels)
  const isMandatory = new Set(places.map((place) => before.lines[place]))
  const others = before.lines.filter((line) => !isMandatory.has(line))
  // Which label goes with which node of the torn document: those of the evidence are one.
  const candidates = [...labels.values()]
  const count = (await linesOf(unsecured(torn), labels)).names.size
  expect(count).toBe(labels.size + 1)
  for (const choice of assignments(count, candidates)) {
    const given = new Map(choice.map((label, number) => [`c14n${number}`, label]))
    const { lines } = await linesOf(unsecured(torn), given)
    if (!lines.every((line) => before.lines.includes(line))) continue
    const forged = [
      baseSignature,
      publicKey,
      lines.filter((line) => !isMandatory.has(line)).map((line) => signatures[others.indexOf(line)] as Uint8Array),
      new Map(choice.map((label, number) => [number, Buffer.from(label.slice(1), 'base64url')])),
      lines.flatMap((line, place) => (isMandatory.has(line) ? [place] : [])),
    ]
    const proofValue = textOf(Buffer.concat([bytesOf(shown).subarray(0, 3), encodeCbor(forged as CborValue)]))
    expect(await judge(withProofValue(torn, proofValue))).toEqual(['PROOF_INVALID'])
    return
  }
  throw new Error('the attack was not made')
})

/** Every way to give so many places a label each, where every label is given. */
function* assignments(
  count: number,
  labels: readonly string[],
  chosen: readonly string[] = [],
): Generator<readonly string[]> {
  if (chosen.length === count) {
    if (new Set(chosen).size === labels.length) yield chosen
    return
  }
  for (const label of labels) yield* assignments(count, labels, [...chosen, label])
}

it('a context that is not at hand decides nothing', async () => {
  const contexts = { 'https://words.example/v1': { '@context': {} } }
  const credential = { ...badge(), '@context': [...badge()['@context'], 'https://words.example/v1'] }
  const whole = await issue({ credential, key, now, format: ecdsaSd2023(), contexts })
  const proof = proofOf(await disclose({ credential: whole, reveal: [], contexts })) as unknown as Proof
  const input = { document: copyOf(credential) as JsonObject, proof }
  const publicKey = { algorithm: 'P-256', bytes: key.publicKey } as const
  await expect(ecdsaSd2023().verify({ ...input, loadDocument: bundledLoader }, publicKey)).rejects.toThrow(
    'words.example',
  )
})
