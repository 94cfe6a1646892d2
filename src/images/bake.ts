/** Baking: a signed credential carried by its picture, PNG or SVG (Open Badges 3.0 section 5.3). */

import { fromLongBase64Url } from '../encoding/base64.ts'
import { given as describeGiven } from '../encoding/given.ts'
import { asArray, isObject, type ReadResult, readJson } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import { envelopeOf } from '../encoding/verified.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject } from '../types.ts'
import { beginsAsXml, isPicture, isPng } from './picture.ts'
import { bakePng, type Keyword, unbakeFormerPng, unbakePng } from './png.ts'
import { bakeSvg, unbakeFormerSvg, unbakeSvg } from './svg.ts'
import type { Unbaked, UnbakedAssertion, UnbakingProblem } from './unbaked.ts'

/** What `bake` takes. */
export interface BakeOptions {
  /** The picture: the bytes of a PNG or SVG, or an SVG as text. A credential that is in it already is replaced. */
  readonly image: Uint8Array | string
  /**
   * What `issue` returned, `report.credential`, or its text: JSON, which goes in byte for byte, or a JWT. It must be signed. An SD-JWT has
   * no place in a picture, which shows everything to everybody.
   */
  readonly credential: object | string
}

/**
 * Puts a signed credential into a picture, which looks as before: in a PNG as the text chunk `openbadgecredential` (`clrcredential` for a
 * ClrCredential), in an SVG as the element `openbadges:credential`. Returns the new picture; the input is not changed.
 *
 * Programs that send or save pictures may strip the credential: offer it as a file of its own as well.
 *
 * @throws CredentialError `OPTION_INVALID` for a picture that cannot be read or something else than a credential, `PROOF_MISSING` for
 * a credential that is not signed.
 */
export function bake(options: BakeOptions): Uint8Array {
  const { image, credential } = options ?? {}
  const { text, types } = readCredential(credential)
  const bytes = typeof image === 'string' ? new TextEncoder().encode(image) : image
  if (!(bytes instanceof Uint8Array)) throw invalid('image must be a Uint8Array: the bytes of a PNG or SVG file')
  const keyword: Keyword = types.includes('ClrCredential') ? 'clrcredential' : 'openbadgecredential'
  const baked = isPng(bytes) ? bakePng(bytes, keyword, text) : bakeInText(bytes, text)
  if (baked instanceof Uint8Array) return baked
  throw invalid(`image: ${baked.problem}`)
}

/**
 * The credential in a picture, as the text that was baked: hand it to `verify`, which also takes the picture itself. Nothing in it is
 * verified here. Never throws for what a picture holds.
 *
 * Exactly one credential must be there. Nothing is decompressed, no entity is resolved, and no picture is drawn.
 *
 * @param image The bytes of a PNG or SVG, or an SVG as text.
 */
export function unbake(image: Uint8Array | string): Unbaked {
  return readImage(image, unbakePng, unbakeSvg) ?? noImage
}

/**
 * The assertion of Open Badges 2.0 in a picture, as the text that was baked: hand it to `verifyAssertion`, which also takes the picture
 * itself. Like `unbake` in all else; a picture may hold an assertion and a credential, one of each.
 *
 * @param image The bytes of a PNG or SVG, or an SVG as text.
 */
export function unbakeAssertion(image: Uint8Array | string): UnbakedAssertion {
  return readImage(image, unbakeFormerPng, unbakeFormerSvg) ?? noImage
}

const noImage: UnbakingProblem = { code: 'INPUT_MALFORMED', problem: 'it is neither a PNG nor an SVG' }

/** Reads a picture that `verify` was given: the credential in it. */
export function readBaked(
  image: Uint8Array | string,
  limits: Limits,
): { readonly input: unknown; readonly read: ReadResult } {
  const unbaked = sizeOf(image) > limits.bytes ? undefined : unbake(image)
  if (!unbaked) return { input: image, read: readJson(image, limits) }
  if ('code' in unbaked) return { input: undefined, read: { ...unbaked, path: '' } }
  return { input: unbaked.credential, read: readJson(unbaked.credential, limits) }
}

/** Bytes or characters; no picture where a hostile object does not even say that. */
function sizeOf(image: Uint8Array | string): number {
  try {
    return image.length
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Nothing where it is no picture. */
function readImage<U>(
  input: unknown,
  ofPng: (bytes: Uint8Array) => U,
  ofSvg: (text: string) => U,
): U | UnbakingProblem | undefined {
  if (!isPicture(input)) return undefined
  if (typeof input === 'string') return ofSvg(input)
  // A view of our own: methods of the one that was given may be replaced.
  if (isPng(input)) return ofPng(new Uint8Array(input.buffer, input.byteOffset, input.byteLength))
  const text = decode(input)
  return text === undefined ? { code: 'INPUT_MALFORMED', problem: 'the SVG is not UTF-8' } : ofSvg(text)
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function bakeInText(bytes: Uint8Array, credential: string): Uint8Array | { readonly problem: string } {
  const text = decode(bytes)
  if (text === undefined || !beginsAsXml(text)) return { problem: 'it is neither a PNG nor an SVG in UTF-8' }
  const baked = bakeSvg(text, credential)
  return typeof baked === 'string' ? new TextEncoder().encode(baked) : baked
}

const compactJws = /^e[\w-]+\.([\w-]+)\.[\w-]+$/

/** The text to be baked, and what it says it is. */
function readCredential(credential: unknown): { readonly text: string; readonly types: readonly unknown[] } {
  const given = envelopeOf(credential)?.text ?? credential
  if (typeof given === 'string') {
    const [text, payload] = compactJws.exec(given.trim()) ?? []
    if (text !== undefined && payload !== undefined) return { text, types: typesOf(readPayload(payload)) }
  }
  const read = readJson(given)
  if (!('value' in read) || !isObject(read.value)) {
    throw invalid(
      `credential must be a signed credential: what issue returned, its JSON text, or a JWT; ${describeGiven(credential)}`,
    )
  }
  const types = typesOf(read.value)
  if (read.value['proof'] === undefined) {
    throw new CredentialError('PROOF_MISSING', 'bake: the credential is not signed; issue it first')
  }
  return { text: typeof given === 'string' ? given : JSON.stringify(given), types }
}

/** The credential is the payload itself, or its claim `vc`. */
function readPayload(payload: string): JsonObject {
  const bytes = fromLongBase64Url(payload)
  const read = bytes && readJson(bytes)
  const claims = read && 'value' in read && isObject(read.value) ? read.value : {}
  return isObject(claims['vc']) ? claims['vc'] : claims
}

function typesOf(document: JsonObject): readonly unknown[] {
  const types = asArray(document['type'])
  if (types.includes('VerifiableCredential')) return types
  throw invalid('credential is not of the type VerifiableCredential; only credentials can be baked')
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `bake: ${message}`)
}
