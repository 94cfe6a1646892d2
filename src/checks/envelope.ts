/**
 * Envelopes: a credential or presentation that comes as signed text (a JWT) instead of with a proof in it. The text is recognised,
 * opened and verified here; what it holds then goes through the same checks as any other.
 */

import { didOf, methodsOf, type ProofPurpose } from '../dids/verification-method.ts'
import { clip } from '../encoding/clip.ts'
import { isPromise } from '../encoding/given.ts'
import { asArray, describe, idOf, isObject, type ReadResult, readJson } from '../encoding/json.ts'
import type { Budget } from '../encoding/limits.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import type { Envelope, EnvelopeProblem, Opened, OpenResult } from '../envelopes/envelope.ts'
import { currentName, keyAlgorithmOf } from '../envelopes/jws.ts'
import { openStatusListToken } from '../envelopes/status-list-token.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import { readPublicKey } from '../keys/public-key.ts'
import { readThumbprint, thumbprintOf } from '../keys/thumbprint.ts'
import { type Check, failed, inconclusive, passed } from '../report.ts'
import { STATUS_LIST_TOKEN } from '../status/token-status.ts'
import type { JsonObject } from '../types.ts'
import {
  chooseKey,
  disputed,
  type FoundKey,
  findKey,
  keyUnavailable,
  noteOnSecond,
  onlyCheck,
  type ProofResult,
} from './proof.ts'
import type { Settings } from './settings.ts'

/** Most keys of an issuer's set that are looked at. */
const MAX_KEYS = 100

/** Longest text that may be the name of a file or a URL. */
const MAX_NAME = 2_000

const vc2 = 'https://www.w3.org/ns/credentials/v2'

type Kind = 'credential' | 'presentation'

/** What opens envelopes, and within which limits. */
export interface Opening {
  readonly envelopes: readonly Pick<Envelope, 'name' | 'open'>[]
  readonly budget: Pick<Budget, 'limits'>
}

/** The envelope and the text it came in; what is wrong with it; or nothing where the input is no envelope. */
export type EnvelopeInput = OpenedText | { readonly problem: Check } | undefined

/** An envelope that was opened, from which text, and by the format of which name. */
export interface OpenedText {
  readonly opened: Opened
  readonly text: string
  readonly format: string
}

/** Looks whether the input is an envelope: a JWT, or an object of the type EnvelopedVerifiableCredential or …Presentation. */
export async function openEnvelope(
  read: ReadResult,
  input: unknown,
  kind: Kind,
  settings: Opening,
): Promise<EnvelopeInput> {
  const { limits } = settings.budget
  const found =
    'value' in read && isObject(read.value) ? findEnveloped(read.value, kind) : findText(read, input, limits.bytes)
  if (!found) return 'value' in read ? undefined : findMistake(input, kind)
  if ('problem' in found) return found
  const { text, mediaType } = found
  for (const envelope of settings.envelopes) {
    const opened = await openWith(async () => envelope.open(text, limits))
    if (!opened) continue
    if ('problem' in opened) return { problem: judge(opened) }
    const problem = findOddity(opened, kind, mediaType)
    if (problem) return { problem }
    return { opened: withNote(opened, mediaType), text, format: envelope.name }
  }
  return unknownEnvelope('It is a JWT of a type')
}

/** The same for a status list, which may be a Status List Token besides. */
export async function openList(read: ReadResult, input: unknown, settings: Opening): Promise<EnvelopeInput> {
  if (isCbor(input)) return unknownEnvelope('It is a list in CBOR (a CWT), a format')
  const token = { name: STATUS_LIST_TOKEN, open: openStatusListToken }
  return openEnvelope(read, input, 'credential', { ...settings, envelopes: [token, ...settings.envelopes] })
}

/** What is handed in by mistake in place of what a stranger sent: the name or address of it, or the promise of it. */
function findMistake(input: unknown, kind: Kind): EnvelopeInput {
  const what = mistakeOf(input)
  if (what === undefined) return undefined
  return { problem: failed('structure', 'INPUT_MALFORMED', `The ${kind} cannot be read: it is ${what}.`, { path: '' }) }
}

function mistakeOf(input: unknown): string | undefined {
  const text = textOf(input, MAX_NAME).trim()
  if (/^https?:\/\/\S+$/i.test(text)) return 'a URL, and nothing is fetched here; load what is there, and give that'
  if (/^[^\s{"<]+\.(json(ld)?|jwt|txt|png|svg)$/i.test(text))
    return 'the name of a file; read the file, and give what is in it'
  return isPromise(input) ? 'a Promise; write await before what it comes from' : undefined
}

/** The tags and the array that a COSE_Sign1 begins with (RFC 8392 section 6, RFC 9052 section 4.2); no text of JSON does. */
function isCbor(input: unknown): boolean {
  return input instanceof Uint8Array && [0xd2, 0xd8, 0x84].includes(input[0] as number)
}

/** Whether what was opened is a Status List Token. */
export function isListToken({ mediaType }: Opened): boolean {
  return mediaType === `application/${STATUS_LIST_TOKEN}`
}

/** What a status list says, in an envelope or without one, unverified; `undefined` for what cannot be read. */
export async function contentsOf(list: unknown, settings: Opening): Promise<JsonObject | undefined> {
  const read = readJson(list, settings.budget.limits)
  const envelope = await openList(read, list, settings)
  if (envelope) return 'opened' in envelope ? envelope.opened.document : undefined
  return 'value' in read && isObject(read.value) ? read.value : undefined
}

/** A plug-in that throws could not find out. */
async function openWith(open: () => Promise<OpenResult>): Promise<OpenResult> {
  try {
    return await open()
  } catch (cause) {
    return { problem: `it could not be opened: ${describe(cause)}`, code: 'PROOF_UNAVAILABLE', isUnknown: true }
  }
}

interface FoundText {
  readonly text: string
  readonly mediaType?: string
}

function findText(read: ReadResult, input: unknown, longest: number): FoundText | undefined {
  const text = 'value' in read ? read.value : textOf(input, longest)
  if (typeof text !== 'string' || text.length > longest) return undefined
  const trimmed = text.trim()
  return isCompactJws(trimmed) ? { text: trimmed } : undefined
}

/** A compact JWS, alone or with SD-JWT disclosures behind it. Its header is a JSON object, so that it begins with `e`. */
function isCompactJws(text: string): boolean {
  return /^e[\w-]+\.[\w-]*\.[\w-]*(~[\w.~-]*)?$/.test(text)
}

/** A hostile object may throw even when it is asked what it is; it is no text then. */
function textOf(input: unknown, longest: number): string {
  if (typeof input === 'string') return input.length <= longest ? input : ''
  try {
    return input instanceof Uint8Array && input.length <= longest ? new TextDecoder().decode(input) : ''
  } catch {
    return ''
  }
}

/** VC Data Model 2.0 sections 4.13.2 and 4.13.4: the text is in the id, as a `data:` URL. */
function findEnveloped(document: JsonObject, kind: Kind): FoundText | { readonly problem: Check } | undefined {
  const type = kind === 'credential' ? 'EnvelopedVerifiableCredential' : 'EnvelopedVerifiablePresentation'
  if (document['type'] !== type && !(Array.isArray(document['type']) && document['type'].includes(type)))
    return undefined
  const others = Object.keys(document).filter((name) => !['@context', 'id', 'type'].includes(name))
  const [, mediaType = '', text] = /^data:(application\/[\w.+-]+),(.*)/s.exec(idOf(document) ?? '') ?? []
  const code = kind === 'credential' ? 'CREDENTIAL_MALFORMED' : 'PRESENTATION_MALFORMED'
  if (others.length > 0 || text === undefined) {
    const message = `The ${type} must have @context, id and type alone, the id being "data:", a media type, "," and the text.`
    return { problem: failed('structure', code, message, { path: '/id' }) }
  }
  if (!asArray(document['@context']).includes(vc2)) {
    const message = `The ${type} must name the context that has this word: "${vc2}".`
    return { problem: failed('structure', code, message, { path: '/@context' }) }
  }
  return isCompactJws(text)
    ? { text, mediaType: currentName(mediaType) }
    : unknownEnvelope(`It is enveloped as ${clip(mediaType)}, a format`)
}

function unknownEnvelope(what: string): { readonly problem: Check } {
  return { problem: inconclusive('proof', 'PROOF_FORMAT_UNKNOWN', `${what} that is not verified here.`) }
}

function judge({ problem, code, isUnknown }: EnvelopeProblem): Check {
  const message = `The JWT is not accepted: ${problem}.`
  return isUnknown ? inconclusive('proof', code, message) : failed('proof', code, message)
}

/**
 * The text is read as its own header says, whatever the `data:` URL calls it. The general name for a JWT, and that for one of this kind,
 * are not always told apart by those who write them.
 */
function isNamedLike(opened: Opened, kind: Kind, mediaType: string | undefined): boolean {
  const names = ['application/jwt', kind === 'credential' ? 'application/vc+jwt' : 'application/vp+jwt']
  return (
    mediaType === undefined ||
    mediaType === opened.mediaType ||
    [mediaType, opened.mediaType].every((each) => names.includes(each))
  )
}

function withNote(opened: Opened, mediaType: string | undefined): Opened {
  if (mediaType === undefined || mediaType === opened.mediaType) return opened
  return {
    ...opened,
    notes: [...opened.notes, `It is said to be ${mediaType}; by its own header it is ${opened.mediaType}.`],
  }
}

function findOddity(opened: Opened, kind: Kind, mediaType: string | undefined): Check | undefined {
  if (!isNamedLike(opened, kind, mediaType)) {
    const message = `It is said to be ${clip(mediaType ?? '')}, but what it holds is ${opened.mediaType}.`
    return failed('proof', 'PROOF_MALFORMED', message)
  }
  if (opened.kind === kind) return undefined
  return kind === 'credential'
    ? failed(
        'structure',
        'CREDENTIAL_MALFORMED',
        'This is a presentation; verify it as one, with the challenge it answers.',
      )
    : failed(
        'structure',
        'PRESENTATION_MALFORMED',
        'This is a credential, which anybody can hold a copy of; a presentation was expected.',
      )
}

/** Verifies the signature of an envelope for one purpose. */
export async function checkEnvelope(
  envelope: OpenedText,
  purpose: ProofPurpose,
  settings: Settings,
): Promise<ProofResult> {
  const { opened } = envelope
  const found = await findSigner(opened, purpose, settings)
  if ('outcome' in found) return onlyCheck(found)
  const { key, controller } = found
  const problem = await findWrongKey(opened, key)
  if (problem) return onlyCheck(problem)
  const hasSecond = settings.crossCheck.has(envelope.format)
  try {
    const verdict = await opened.verify(key)
    if (hasSecond && verdict !== (await askSecond(envelope, key, settings))) {
      return onlyCheck(disputed({}))
    }
    if (!verdict) {
      const message = 'The signature does not fit: the text was changed after signing, or another key signed it.'
      return onlyCheck(failed('proof', 'PROOF_INVALID', message))
    }
  } catch (cause) {
    settings.lookup.signal?.throwIfAborted()
    const message = `The signature could not be verified: ${describe(cause)}.`
    return onlyCheck(inconclusive('proof', 'PROOF_UNAVAILABLE', message))
  }
  const { name, isPart } = opened
  const notes = [
    ...opened.notes,
    ...noteOnSecond(opened.name, hasSecond, settings),
    ...(opened.document['proof'] === undefined ? [] : ['It has a proof inside as well, which was not looked at.']),
  ]
  const message = `Signed by ${controller} (${name}); nothing was changed since.`
  const good = { proof: opened, controller, ...(isPart && { isPart }) }
  return { checks: [passed('proof', message, { notes })], good: [good] }
}

/** What the second implementation says of the text; a throw means that it could not find out. */
async function askSecond({ text, format }: OpenedText, key: PublicKey, settings: Settings): Promise<boolean> {
  const second = settings.crossCheck.get(format)
  const opened = second?.kind === 'envelope' ? await second.open(text, settings.budget.limits) : undefined
  if (opened && 'problem' in opened && opened.isUnknown) throw new Error(`a second opinion: ${opened.problem}`)
  return opened !== undefined && !('problem' in opened) && (await opened.verify(key))
}

/** The key decides on the algorithm; a key in the header is at most the same again (RFC 8725 sections 3.1 and 3.10). */
async function findWrongKey({ algorithm, key: { jwk } }: Opened, key: PublicKey): Promise<Check | undefined> {
  if (key.algorithm !== algorithm) {
    const message = `The header asks for a key of ${algorithm}, but the signer's is of ${key.algorithm}.`
    return failed('proof', 'KEY_UNSUPPORTED', message)
  }
  if (!jwk || (await isSameKey(jwk, key))) return undefined
  return failed('proof', 'KEY_NOT_FOUND', "The key that the JWT brings along is not the signer's.")
}

async function isSameKey(jwk: JsonObject, key: PublicKey): Promise<boolean> {
  const read = await readPublicKey({ publicKeyJwk: jwk })
  if (read?.algorithm !== key.algorithm || read.bytes.length !== key.bytes.length) return false
  return read.bytes.every((byte, index) => byte === key.bytes[index])
}

/**
 * The key of who is said to have signed. A `kid` alone names it; without one the DID must have only one. Where `kid` and `iss` name two, that
 * is seen before anything is looked up: it must be a credential whose issuer is `iss`, and the caller must take the other's key for it.
 */
async function findSigner(opened: Opened, purpose: ProofPurpose, settings: Settings): Promise<FoundKey | Check> {
  const { iss, kid } = opened.key
  const isCredential = opened.kind === 'credential'
  const named = idOf(opened.document[isCredential ? 'issuer' : 'holder'])
  if (kid?.startsWith('did:') && iss !== undefined && iss !== didOf(kid)) {
    const isAccepted =
      isCredential && iss === named && settings.acceptController?.({ issuer: iss, controller: didOf(kid) }) === true
    if (!isAccepted) {
      const message = `The JWT names ${clip(iss)} as signer (its claim "iss"), but its "kid" is another's key: ${clip(kid)}.`
      return failed('proof', 'CONTROLLER_MISMATCH', message)
    }
  }
  if (kid?.startsWith('did:')) return findKey(kid, {}, purpose, settings)
  const signer = iss ?? named
  if (signer === undefined) return failed('proof', 'KEY_NOT_FOUND', 'The JWT does not say who signed it.')
  if (!signer.startsWith('did:')) return findInKeySet(signer, opened, settings)
  const thumbprint = kid === undefined ? undefined : readThumbprint(kid)
  if (thumbprint !== undefined)
    return findKey(`${signer}#${kid}`, {}, purpose, settings, chooseByThumbprint(thumbprint))
  if (kid !== undefined && /^[a-z][a-z\d+.-]*:/i.test(kid)) {
    const message = `"kid" is "${clip(kid)}", which is neither a DID URL nor the name of a key within one.`
    return failed('proof', 'KEY_NOT_FOUND', message)
  }
  // Many write the name alone, such as "key-1": it is one within the signer's own document.
  return findKey(kid === undefined ? signer : `${signer}#${kid.replace(/^#/, '')}`, {}, purpose, settings)
}

/** The key in the signer's own document whose name this is, or else whose thumbprint. */
function chooseByThumbprint(thumbprint: string): typeof chooseKey {
  return async (document, id, at, purpose, settings) => {
    const choose = (name: string) => chooseKey(document, name, at, purpose, settings)
    let found = await choose(id)
    if ('key' in found) return found
    for (const method of methodsOf(document, purpose).slice(0, MAX_KEYS)) {
      const name = method['id']
      const key = typeof name === 'string' ? await readPublicKey(method) : undefined
      if (!key || (await thumbprintOf(key)) !== thumbprint) continue
      // One key may stand in a document under several names, of which not each is for this purpose.
      found = await choose(name as string)
      if ('key' in found) return found
    }
    return found
  }
}

/** The key in the issuer's own set that the JWT means: by name, by being the same, or the only one of its algorithm. */
async function findInKeySet(
  issuer: string,
  { algorithm, key: { kid, jwk } }: Opened,
  settings: Settings,
): Promise<FoundKey | Check> {
  if (!settings.issuerKeys) {
    const message = `The issuer ${clip(issuer)} is not a DID, and where its keys are was not said (option issuerKeys)${jwk ? '; a key that a JWT brings along proves nothing' : ''}.`
    return inconclusive('proof', 'KEY_UNAVAILABLE', message)
  }
  let keys: readonly unknown[]
  try {
    const options = { ...settings.lookup, ...(kid !== undefined && { kid }) }
    const set = await untilAborted(settings.issuerKeys(issuer, options), settings.lookup.signal)
    if (set !== undefined && !Array.isArray(set?.keys)) throw new Error('it answered with no JWK Set')
    keys = set?.keys ?? []
  } catch (cause) {
    settings.lookup.signal?.throwIfAborted()
    return keyUnavailable(`The keys of ${clip(issuer)} could not be looked up: ${describe(cause)}.`, cause, {})
  }
  const fit: PublicKey[] = []
  for (const each of keys.slice(0, MAX_KEYS).filter(isObject)) {
    const { alg, use } = each
    if (use === 'enc' || (typeof alg === 'string' && keyAlgorithmOf(alg) !== algorithm)) continue
    if (kid !== undefined && each['kid'] !== kid) continue
    const key = await readPublicKey({ publicKeyJwk: each })
    if (key?.algorithm === algorithm && (!jwk || (await isSameKey(jwk, key)))) fit.push(key)
  }
  const [key] = fit
  if (key && fit.length === 1) return { key, controller: issuer }
  const message = `Of the keys of ${clip(issuer)} ${fit.length === 0 ? 'none' : 'more than one'} is the one that the JWT means.`
  return failed('proof', 'KEY_NOT_FOUND', message)
}
