/** Credentials: issue, verify, derive, and change of status (VC API sections "Issuing", "Verifying", "Presenting"). */

import { disclose } from '../disclose.ts'
import { asArray, isObject } from '../encoding/json.ts'
import { toEnveloped } from '../encoding/verified.ts'
import type { Envelope } from '../envelopes/envelope.ts'
import { createIssuer } from '../issue.ts'
import { type Cryptosuite, type DisclosureSuite, isDisclosureSuite } from '../proofs/cryptosuite.ts'
import { bbs2023, ecdsaSd2023 } from '../proofs/selective-disclosure/suites.ts'
import { publish } from '../publish.ts'
import type { StatusPurpose } from '../status/store.ts'
import type { CredentialInput, JsonObject, JsonValue } from '../types.ts'
import { verify } from '../verify.ts'
import { assertMembers, readBody, readOptions, readTexts, requireObject } from './body.ts'
import type { HttpIssuer, HttpStatus } from './options.ts'
import { badRequest, HttpProblem, json, withTheirOptions } from './problem.ts'
import { checkExpected, readExpectation, verificationResponse, verifyOptionNames } from './verification.ts'
import type { Work } from './work.ts'

/** `POST …/credentials/issue`: 201 and the credential. */
export async function issueCredential({ request, tenant, settings, name }: Work): Promise<Response> {
  const issuer = name === undefined ? tenant.issuer : findIssuer(tenant.issuers, name)
  if (!issuer) throw new HttpProblem(404, 'There is no such issuer here.')
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['credential', 'options'])
  const pointers = readPointers(readOptions(body, ['mandatoryPointers']), 'mandatoryPointers')
  const given = requireObject(body, 'credential')
  const { prepare, ...rest } = issuer
  const credential = prepare ? await prepare(given) : given
  const formats = [rest.format ?? []].flat() as readonly (Cryptosuite | Envelope)[]
  const canHide = formats.some(isSuite)
  // Where nothing can be hidden, all of it is mandatory.
  const mandatory = canHide && pointers && { mandatoryPointers: [...(rest.mandatoryPointers ?? []), ...pointers] }
  const issue = (): Promise<unknown> =>
    createIssuer({ ...rest, ...mandatory }).issue({
      credential: credential as unknown as CredentialInput,
      now: settings.now(),
    })
  const issued = await (mandatory ? withTheirOptions(issue) : issue())
  const made = typeof issued === 'string' ? await readEnvelope(formats, issued) : { document: issued, answer: issued }
  if (tenant.status && rest.status) await publishFirst(tenant.status, made.document)
  return json(201, { verifiableCredential: made.answer })
}

function findIssuer(
  issuers: { readonly [name: string]: HttpIssuer } | undefined,
  name: string,
): HttpIssuer | undefined {
  return issuers && Object.hasOwn(issuers, name) ? issuers[name] : undefined
}

/** Text is carried as an object: its media type is what the envelope says of what it made. */
async function readEnvelope(
  formats: readonly (Cryptosuite | Envelope)[],
  text: string,
): Promise<{ readonly document: unknown; readonly answer: unknown }> {
  for (const format of formats) {
    const opened = format.kind === 'envelope' ? await format.open(text) : undefined
    if (!opened || 'problem' in opened) continue
    return { document: opened.document, answer: toEnveloped({ mediaType: opened.mediaType, text }) }
  }
  throw new Error('the envelope does not open what it wrote')
}

/** A list is published with the first credential in it: nobody could verify that one otherwise. */
async function publishFirst({ registry, publish: how }: HttpStatus, document: unknown): Promise<void> {
  if (!how) return
  const entries = asArray(isObject(document) ? document['credentialStatus'] : undefined)
  const urls = new Set(entries.map((entry) => (isObject(entry) ? entry['statusListCredential'] : undefined)))
  const known = published.get(registry) ?? new Set<unknown>()
  published.set(registry, known)
  for (const url of urls) {
    if (typeof url !== 'string' || known.has(url)) continue
    await publish({ ...how, registry, lists: [url] })
    known.add(url)
  }
}

const published = new WeakMap<object, Set<unknown>>()

/** `POST /credentials/verify`: 200 with `verified: true`, or 400. */
export async function verifyCredential({ request, tenant, settings }: Work): Promise<Response> {
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['verifiableCredential', 'options'])
  const { challenge: _, deciding, ...how } = tenant.verify ?? {}
  const { acceptHolder: __, acceptProofPurpose: ___, ...rest } = how
  const expected = readExpectation(readOptions(body, verifyOptionNames), deciding)
  const credential = requireDocument(body, 'verifiableCredential')
  const limits = { ...verifyLimits, ...rest.limits }
  const report = await verify({
    ...rest,
    ...expected.beside,
    limits,
    credential,
    now: settings.now(),
    signal: request.signal,
  })
  return verificationResponse(report, expected, checkExpected(credential, expected))
}

/** How long a verification may take, in milliseconds, where the operator says nothing else. */
export const verifyLimits = { time: 30_000 } as const

/** A secured document: an object, or the text of a JWT. */
export function requireDocument(body: JsonObject, name: string): JsonObject | string {
  const value = body[name]
  if (isObject(value) || typeof value === 'string') return value
  throw badRequest(`The body must have "${name}", an object or a JWT.`)
}

/** `POST /credentials/derive`: 201 and the part that is shown. */
export async function deriveCredential({ request, tenant, settings }: Work): Promise<Response> {
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['verifiableCredential', 'options'])
  const reveal = readPointers(readOptions(body, ['selectivePointers']), 'selectivePointers') ?? []
  const credential = requireObject(body, 'verifiableCredential')
  const { contexts, loadDocument, formats = [ecdsaSd2023(), bbs2023()] } = tenant.verify ?? {}
  const known = { ...(contexts && { contexts }), ...(loadDocument && { loadDocument }) }
  const part = await withTheirOptions(() => disclose({ ...known, format: formats.filter(isSuite), credential, reveal }))
  return json(201, { verifiableCredential: part })
}

function isSuite(format: Cryptosuite | Envelope): format is DisclosureSuite {
  return format.kind === 'proof' && isDisclosureSuite(format)
}

function readPointers(options: JsonObject, name: string): readonly string[] | undefined {
  const right = 'JSON Pointers, such as "/credentialSubject/id"'
  const pointers = readTexts(options, name, right)
  if (pointers?.every((pointer) => pointer === '' || pointer.startsWith('/')) === false) {
    throw badRequest(`"options.${name}" must be a list of ${right}.`)
  }
  return pointers
}

/** `POST /credentials/status`: 200. `status` is whether it is set; `credentialStatus` says which, where there are several. */
export async function updateStatus({ request, tenant, settings }: Work): Promise<Response> {
  if (!tenant.status) throw new HttpProblem(404, 'No statuses are kept here.')
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['credentialId', 'credentialStatus', 'status', 'options'])
  const { reason } = readOptions(body, ['reason'])
  const { credentialId, status = true } = body
  if (typeof credentialId !== 'string' || credentialId === '') {
    throw badRequest('The body must have "credentialId", the id of the credential.')
  }
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 500)) {
    throw badRequest('"options.reason" must be text of at most 500 characters.')
  }
  const { registry, publish: how } = tenant.status
  const purpose = readPurpose(body['credentialStatus'], registry.settings.purposes)
  const target = { credentialId, ...(purpose && { purpose }), ...(reason !== undefined && { reason }) }
  const value = readValue(status)
  const changed = await (value === 0 ? registry.unset(target) : registry.set({ ...target, value }))
  if (how) await publish({ ...how, registry })
  return json(200, { credentialId, status: value !== 0, changed })
}

function readPurpose(member: JsonValue | undefined, known: readonly StatusPurpose[]): StatusPurpose | undefined {
  const entries = asArray(member)
  const [entry] = entries
  if (entry === undefined && known.length === 1) return undefined
  const purpose = isObject(entry) ? entry['statusPurpose'] : undefined
  const found = known.find((each) => each === purpose)
  if (isObject(entry)) assertMembers(entry, '"credentialStatus"', ['type', 'statusPurpose'])
  if (entries.length > 1 || found === undefined || (isObject(entry) && !isBitstring(entry['type']))) {
    throw badRequest(
      `"credentialStatus" must be { "type": "BitstringStatusListEntry", "statusPurpose": one of ${known.join(', ')} }.`,
    )
  }
  return found
}

function isBitstring(type: JsonValue | undefined): boolean {
  return type === undefined || type === 'BitstringStatusListEntry'
}

function readValue(status: JsonValue): number {
  if (typeof status === 'boolean') return status ? 1 : 0
  if (Number.isSafeInteger(status) && (status as number) >= 0 && (status as number) < 2 ** 16) return status as number
  throw badRequest('"status" must be true or false, or the value of a status of several bits.')
}
