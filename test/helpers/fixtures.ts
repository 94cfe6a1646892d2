/** People with fixed keys, their badge, and short ways to sign, forge and judge. `now` stands still. */

import {
  createDocumentLoader,
  type DidDocument,
  type DocumentLoader,
  eddsaRdfc2022,
  issue,
  isWarning,
  type JsonObject,
  type Key,
  type OpenBadge,
  type OpenBadgeInput,
  openBadge,
  type PresentationSettings,
  type PresentOptions,
  present,
  type Signer,
  type VerifyPresentationOptions,
  type VerifySettings,
  verify,
} from 'testamur'
import { testKey } from './keys.ts'

/** The time of every test that names no other. */
export const now: Date = new Date('2026-11-22T12:00:00Z')
/** What a verifier sends out. */
export const challenge = 'b1946ac9'

export const school: Key = await testKey(1)
export const college: Key = await testKey(2)
export const learner: Key = await testKey(3)
export const thief: Key = await testKey(4)

/** The bundled contexts. */
export const bundledLoader: DocumentLoader = createDocumentLoader()

/** A JSON object that a test may take apart. */
export type Document = { [member: string]: unknown }

/** An unsigned badge of the learner. */
export function badge(more: Partial<OpenBadgeInput> = {}): OpenBadge {
  return openBadge({
    name: 'Welding',
    recipient: { id: learner.controller },
    achievement: {
      id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c01',
      name: 'Welding, level 2',
      description: 'Welds steel plates in all positions.',
      criteria: 'Worked on three pieces and passed the exam.',
    },
    id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c02',
    validFrom: '2026-09-01T00:00:00Z',
    ...more,
  })
}

/** The least credential of data model 2.0, of no special type. */
export function plainCredential(more: object = {}): {
  readonly '@context': readonly string[]
  readonly type: readonly string[]
  readonly credentialSubject: object
} {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    credentialSubject: { id: learner.controller, name: 'Ada' },
    ...more,
  }
}

/** A badge signed by the school, or whoever is named; as JSON would bring it. */
export async function signedBadge(more: Partial<OpenBadgeInput> = {}, key: Signer = school): Promise<Document> {
  return withBareProof(await issue({ credential: badge(more), key, now }))
}

/** Any credential signed by the school, or whoever is named. */
export async function signed(credential: object, key: Signer = school): Promise<Document> {
  return withBareProof(await issue({ credential: credential as OpenBadge, key, now, conformance: 'noted' }))
}

/** A presentation by the learner, answering the challenge. */
export async function presented(
  credentials: readonly (object | string)[],
  more: Partial<PresentOptions> = {},
): Promise<Document> {
  return withBareProof(await present({ credentials, key: learner, challenge, now, ...more }))
}

/** The same JSON, nothing shared and nothing frozen. */
export function copyOf(value: object): Document {
  return JSON.parse(JSON.stringify(value)) as Document
}

/** A copy whose only proof stands alone, not in a list, so that a test finds it at `/proof`. */
function withBareProof(document: object): Document {
  const copy = copyOf(document)
  const proofs = [copy['proof']].flat()
  return proofs.length === 1 ? { ...copy, proof: proofs[0] } : copy
}

/** A copy with one member changed, by its JSON Pointer; without a value the member is taken out. */
export function edit(document: object, path: string, value?: unknown): Document {
  const result = copyOf(document)
  const steps = path.split('/').slice(1)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<Document>((at, step) => at[step] as Document, result)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return result
}

/** What stands against a credential: the codes of its checks, or `valid`. */
export async function judge(credential: unknown, settings: VerifySettings = {}): Promise<readonly string[]> {
  return codesOf(await verify({ credential, now, ...settings }))
}

/** The same for a presentation that was asked for with the challenge. */
export async function judgePresentation(
  presentation: unknown,
  settings: PresentationSettings & Partial<Pick<VerifyPresentationOptions, 'challenge' | 'domain'>> = {},
): Promise<readonly string[]> {
  return codesOf(await verify({ presentation, challenge, now, ...settings }))
}

/** The codes of the endorsements of a valid credential that are broken. */
export async function warningsOf(
  credential: unknown,
  settings: VerifyCredentialSettings = {},
): Promise<readonly string[]> {
  const report = await verify({ credential, now, ...settings })
  if (!report.verified) throw new Error(`not valid: ${JSON.stringify(report.checks)}`)
  return report.checks.filter(isWarning).map(({ code }) => code)
}

type VerifyCredentialSettings = VerifySettings & { readonly endorsements?: readonly unknown[] }

/** The codes of a report's own checks, or `valid`. */
export function codesOf(report: {
  readonly verified: boolean
  readonly checks: readonly { readonly outcome: string; readonly code?: string }[]
}): readonly string[] {
  return report.verified ? ['valid'] : report.checks.flatMap(({ code }) => (code === undefined ? [] : [code]))
}

/** A key that a KMS keeps: it signs, in its own time, and shows nothing. */
export function kms(key: Key): Signer {
  const { id, controller, algorithm } = key
  return {
    id,
    controller,
    algorithm,
    sign: async (data, messages) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return key.sign(data, messages)
    },
  }
}

/** The DID document of a key, with members of the document or of its method changed. */
export function didDocument(key: Key, more: object = {}, method: object = {}): DidDocument {
  return {
    id: key.controller,
    verificationMethod: [
      { id: key.id, type: 'Multikey', controller: key.controller, publicKeyMultibase: multikeyOf(key), ...method },
    ],
    assertionMethod: [key.id],
    authentication: [key.id],
    ...more,
  }
}

/** The public key as Multikey text. */
export function multikeyOf(key: Key): string {
  return key.id.split('#')[1] ?? ''
}

/** Adds a proof by the suite itself, past every check of `issue`: what a forger or another program could make. */
export async function withProof(
  document: object,
  key: Signer = school,
  options: { readonly purpose?: 'assertionMethod' | 'authentication'; readonly domain?: string } = {},
): Promise<Document> {
  const { purpose = 'assertionMethod', domain } = options
  const unsecured = copyOf(document) as JsonObject
  const more = { ...(domain !== undefined && { domain }), ...(purpose === 'authentication' && { challenge }) }
  const input = { document: unsecured, purpose, created: now, loadDocument: bundledLoader, ...more }
  return { ...copyOf(document), proof: await eddsaRdfc2022().sign(input, key) }
}

/** A learner's record (CLR) signed by the learner, which holds these credentials as they are. */
export async function recordOf(
  credentials: readonly object[],
  id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c03',
): Promise<Document> {
  const record = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id,
    type: ['VerifiableCredential', 'ClrCredential'],
    issuer: learner.controller,
    name: 'Learning record',
    credentialSubject: { id: learner.controller, type: ['ClrSubject'], verifiableCredential: credentials },
    validFrom: '2026-11-01T00:00:00Z',
  }
  return withProof(record, learner)
}

/** A credential of data model 1.1 about the learner, signed by the school. */
export function issued11(): Promise<Document> {
  return signed({
    ...plainCredential({ credentialSubject: { id: learner.controller } }),
    '@context': ['https://www.w3.org/2018/credentials/v1'],
  })
}
