/**
 * Structure: what the data model asks of every credential and presentation (VC Data Model 2.0 sections 4.3 to 4.13,
 * 1.1 section 4), and that every term has a meaning. All findings are reported at once.
 */

import { quote } from '../encoding/clip.ts'
import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { isIri } from '../encoding/iri.ts'
import { asArray, idOf, isObject, pointer } from '../encoding/json.ts'
import { type Budget, createBudget, limitDetail, limitMet } from '../encoding/limits.ts'
import type { OwnWords, Spelling } from '../jsonld/expand.ts'
import { readForm, type Stopped, workOf } from '../jsonld/form.ts'
import type { TermFinding } from '../jsonld/terms.ts'
import { type Check, failed, inconclusive, type ProblemCode, passed } from '../report.ts'
import type { DocumentLoader, Finding, JsonObject, JsonValue } from '../types.ts'

/** The contexts that must come first, by version of the data model. */
export const dataModelContexts = {
  '1.1': 'https://www.w3.org/2018/credentials/v1',
  '2.0': 'https://www.w3.org/ns/credentials/v2',
} as const

/** Versions of the VC Data Model. */
export type DataModel = keyof typeof dataModelContexts

/** A finding, and its code where that is not the one for anything malformed. */
export type StructureFinding = Finding & { readonly code?: ProblemCode }

/** What the checks after this one may rely on: the first context decides. */
export function dataModelOf(document: JsonObject): DataModel | undefined {
  const first = asArray(document['@context'])[0]
  return first === dataModelContexts['2.0'] ? '2.0' : first === dataModelContexts['1.1'] ? '1.1' : undefined
}

/** The checks, and those among them that are of a value which stands twice in a list. */
export interface Structure {
  readonly checks: readonly Check[]
  readonly repeated: readonly Check[]
}

/**
 * Whether the document is a well-formed credential or presentation in plain form, whose every term is defined.
 * `unsecured` is the document without its proofs, frozen.
 */
export async function checkStructure(
  unsecured: JsonObject,
  kind: 'credential' | 'presentation',
  loadDocument: DocumentLoader,
  budget: Budget = createBudget(),
): Promise<readonly Check[]> {
  return (await readStructure(unsecured, kind, loadDocument, budget)).checks
}

/** The same, for who may accept some of what was found. */
export async function readStructure(
  unsecured: JsonObject,
  kind: 'credential' | 'presentation',
  loadDocument: DocumentLoader,
  budget: Budget,
): Promise<Structure> {
  const malformed = await findMalformed(unsecured, kind)
  const code = kind === 'credential' ? 'CREDENTIAL_MALFORMED' : 'PRESENTATION_MALFORMED'
  const { problems, repeated = [], ownWords } = await checkForm(unsecured, loadDocument, budget)
  if (malformed.length > 0 || problems.length > 0) {
    const told = new Set(malformed.map(({ path }) => path))
    const checks = [
      ...malformed.map((each) => failed('structure', each.code ?? code, each.message, { path: each.path })),
      ...problems.filter(({ path }) => !told.has(path ?? '')),
    ]
    return { checks, repeated }
  }
  const message = `A well-formed ${kind} (data model ${dataModelOf(unsecured)}).`
  return { checks: [passed('structure', message, noteOnWords(ownWords))], repeated }
}

/** Words that the document defines itself: whoever holds it can give them other names. */
function noteOnWords(words: OwnWords): { readonly notes?: readonly string[] } {
  if (!words?.size) return {}
  const listed = [...words].slice(0, 20).join(', ')
  return { notes: [`It defines words of its own, which no published context has: ${listed}.`] }
}

/**
 * Whether the members of a document in an envelope are well-formed. Its signature is over the text, so that there is one reading of it
 * whatever its contexts say; they are not looked at, but the first must be that of the data model.
 */
export async function checkMembers(
  document: JsonObject,
  kind: 'credential' | 'presentation',
): Promise<readonly Check[]> {
  const malformed = await findMalformed(document, kind)
  const code = kind === 'credential' ? 'CREDENTIAL_MALFORMED' : 'PRESENTATION_MALFORMED'
  // Wallets write the claim "jti", which may be any text, as the id of a presentation; nothing depends on it.
  const isHarmless = ({ path }: Finding) =>
    kind === 'presentation' && path === '/id' && typeof document['id'] === 'string'
  const decisive = malformed.filter((finding) => !isHarmless(finding))
  if (decisive.length > 0) {
    return decisive.map((each) => failed('structure', each.code ?? code, each.message, { path: each.path }))
  }
  const notes = malformed.map(({ message }) => message)
  const message = `A well-formed ${kind} (data model ${dataModelOf(document)}), read as plain JSON.`
  return [passed('structure', message, { notes })]
}

/** What is wrong with the form, and the words that the document defines itself. */
interface FormResult {
  readonly problems: readonly Check[]
  readonly repeated?: readonly Check[]
  readonly ownWords?: OwnWords
}

/** The quick walk says whether anything is wrong; only where it stopped does the thorough one say what. */
async function checkForm(unsecured: JsonObject, loadDocument: DocumentLoader, budget: Budget): Promise<FormResult> {
  const named = asArray(unsecured['@context']).filter((context) => typeof context === 'string').length
  const { contexts } = budget.limits
  if (named > contexts) {
    const message = `The document names ${named} contexts; at most ${contexts} are looked up.`
    const detail = limitDetail('contexts', contexts, named)
    return { problems: [failed('structure', 'LIMIT_EXCEEDED', message, { path: '/@context', detail })] }
  }
  const form = await readForm(unsecured, loadDocument, budget)
  budget.statements -= workOf(form)
  const spellings = form.notCompacted.map(judgeSpelling)
  const repeated = spellings.filter((_, index) => form.notCompacted[index]?.isRepeated)
  if ('stopped' in form) return { problems: await explainStop(unsecured, form, spellings, loadDocument), repeated }
  return { problems: spellings, repeated, ownWords: form.ownWords }
}

function judgeSpelling({ path, message }: Spelling): Check {
  return failed('structure', 'NOT_COMPACTED', message, { path })
}

/** Why the quick walk could not go on. */
async function explainStop(
  unsecured: JsonObject,
  form: Stopped,
  spellings: readonly Check[],
  loadDocument: DocumentLoader,
): Promise<readonly Check[]> {
  const { problem, stopped } = form
  if (problem?.code === 'LIMIT_EXCEEDED') {
    const { message, detail } = problem
    // What is too much is not walked through once more to be explained.
    return [failed('structure', 'LIMIT_EXCEEDED', `${message}.`, { path: '', ...(detail && { detail }) })]
  }
  const limit = limitMet(problem?.cause)
  if (limit) {
    return [inconclusive('structure', 'LIMIT_EXCEEDED', `${stopped}.`, { path: '/@context', detail: limit.detail })]
  }
  const { findTermProblems } = await import('../jsonld/terms.ts')
  const terms = await findTermProblems(unsecured, { loadDocument })
  const problems = [...spellings, ...terms.map(judgeTerm)]
  if (problems.length > 0) return problems
  // The loader was in trouble when it was first asked, and is no longer.
  if (problem) return [judgeTerm({ ...problem, path: '/@context', message: `/@context: ${problem.message}` })]
  const message = `The document cannot be read in plain form: ${stopped}.`
  return [failed('structure', 'NOT_COMPACTED', message, { path: '' })]
}

function judgeTerm({ code, path, message }: TermFinding): Check {
  if (code === 'CONTEXT_UNKNOWN' || code === 'CONTEXT_UNAVAILABLE') {
    return inconclusive('structure', 'CONTEXT_UNKNOWN', message, { path })
  }
  return failed('structure', code === 'LIMIT_EXCEEDED' ? code : 'TERM_UNDEFINED', message, { path })
}

async function findMalformed(
  document: JsonObject,
  kind: 'credential' | 'presentation',
): Promise<readonly StructureFinding[]> {
  if (kind === 'presentation') return findPresentationProblems(document)
  const found = findCredentialProblems(document)
  if (document['relatedResource'] === undefined || dataModelOf(document) !== '2.0') return found
  const { findRelatedProblems } = await import('../jsonld/related-resources.ts')
  return [...found, ...findRelatedProblems(document)]
}

/** What is wrong with a credential's own members; resources that it names with their digests are looked at apart. */
export function findCredentialProblems(document: JsonObject): readonly Finding[] {
  return [
    ...findCommonProblems(document, 'VerifiableCredential'),
    ...findIssuerProblems(document['issuer']),
    ...findSubjectProblems(document['credentialSubject']),
    ...findDateProblems(document),
    ...findNameProblems(document),
    ...['credentialStatus', 'credentialSchema', 'evidence', 'termsOfUse', 'refreshService'].flatMap((name) =>
      findTypedProblems(document, name),
    ),
    ...findSchemaProblems(document),
  ]
}

function findPresentationProblems(document: JsonObject): readonly Finding[] {
  const credentials = document['verifiableCredential']
  const holder = document['holder']
  return [
    ...findCommonProblems(document, 'VerifiablePresentation'),
    ...findTypedProblems(document, 'termsOfUse'),
    ...(holder === undefined || isIri(idOf(holder))
      ? []
      : [finding('/holder', 'must be an IRI, or an object with one as "id"')]),
    ...asArray(credentials).flatMap((credential, index) =>
      isObject(credential) || typeof credential === 'string'
        ? []
        : [
            finding(
              Array.isArray(credentials) ? pointer('/verifiableCredential', index) : '/verifiableCredential',
              'must be a credential',
            ),
          ],
    ),
  ]
}

function findCommonProblems(document: JsonObject, type: string): readonly Finding[] {
  const types = document['type']
  const findings: Finding[] = []
  if (dataModelOf(document) === undefined) {
    findings.push(
      finding(
        '/@context',
        `must begin with "${dataModelContexts['2.0']}" (or "${dataModelContexts['1.1']}" for data model 1.1)`,
      ),
    )
  }
  for (const [index, context] of asArray(document['@context']).entries()) {
    if (typeof context === 'string' || (typeof context === 'object' && context !== null)) continue
    const path = Array.isArray(document['@context']) ? pointer('/@context', index) : '/@context'
    findings.push(finding(path, 'must be the URL of a context, or a context itself'))
  }
  if (!asArray(types).includes(type) || !asArray(types).every((each) => typeof each === 'string')) {
    findings.push(finding('/type', `must be a list of types with "${type}" among them`))
  }
  if (document['id'] !== undefined && !isIri(document['id'])) {
    findings.push(
      finding('/id', `${quote(document['id'])} is not an absolute IRI; write it like urn:uuid:… or https://…`),
    )
  }
  return findings
}

function findIssuerProblems(issuer: JsonValue | undefined): readonly Finding[] {
  if (issuer === undefined)
    return [finding('/issuer', 'is missing: say who issues, as an IRI or an object with one as "id"')]
  if (Array.isArray(issuer)) return [finding('/issuer', 'must be one issuer, not a list')]
  if (isIri(idOf(issuer))) return []
  return [finding(isObject(issuer) ? '/issuer/id' : '/issuer', 'must be an absolute IRI, such as a DID')]
}

function findSubjectProblems(subject: JsonValue | undefined): readonly Finding[] {
  const subjects = asArray(subject)
  if (subjects.length === 0)
    return [finding('/credentialSubject', 'is missing: say whom or what the credential is about')]
  return subjects.flatMap((each, index) => {
    const path = Array.isArray(subject) ? pointer('/credentialSubject', index) : '/credentialSubject'
    if (!isObject(each) || Object.keys(each).length === 0) {
      return [finding(path, 'must be an object that claims something')]
    }
    if (each['id'] === undefined || isIri(each['id'])) return []
    return [finding(`${path}/id`, `${quote(each['id'])} is not an absolute IRI, such as a DID`)]
  })
}

function findDateProblems(document: JsonObject): readonly Finding[] {
  const needsStart = dataModelOf(document) === '1.1' && document['issuanceDate'] === undefined
  const names = ['validFrom', 'validUntil', 'issuanceDate', 'expirationDate'] as const
  return [
    ...(needsStart ? [finding('/issuanceDate', 'is missing: data model 1.1 asks for it')] : []),
    ...names
      .filter((name) => document[name] !== undefined && parseDateTimeStamp(document[name]) === undefined)
      .map((name) =>
        finding(
          `/${name}`,
          `${quote(document[name])} is not an XML Schema dateTimeStamp; write it like 2026-12-01T00:00:00Z, with the time zone`,
        ),
      ),
    ...findOrderProblems(document),
  ]
}

/** VC Data Model 2.0 section 4.9: the end is not before the start. */
function findOrderProblems(document: JsonObject): readonly Finding[] {
  const from = parseDateTimeStamp(document['validFrom'])
  const until = parseDateTimeStamp(document['validUntil'])
  if (from === undefined || until === undefined || from <= until) return []
  return [finding('/validUntil', `${quote(document['validUntil'])} is before validFrom: it would never be valid`)]
}

/** VC Data Model 2.0 sections 4.6 and 11.1: text, or text with its language and direction and nothing else. */
function findNameProblems(document: JsonObject): readonly Finding[] {
  if (dataModelOf(document) !== '2.0') return []
  const { issuer } = document
  return [...findTextProblems(document, ''), ...(isObject(issuer) ? findTextProblems(issuer, '/issuer') : [])]
}

function findTextProblems(object: JsonObject, base: string): readonly Finding[] {
  return ['name', 'description'].flatMap((name) => findLanguageProblems(object[name], `${base}/${name}`))
}

function findLanguageProblems(member: JsonValue | undefined, path: string): readonly Finding[] {
  return asArray(member).flatMap((each, index) => {
    if (typeof each === 'string' || (isObject(each) && isLanguageValue(each))) return []
    const right = 'must be text, or an object of @value, @language and @direction alone, each of them text'
    return [finding(Array.isArray(member) ? pointer(path, index) : path, right)]
  })
}

function isLanguageValue({
  '@value': value,
  '@language': language,
  '@direction': direction,
  ...rest
}: JsonObject): boolean {
  return (
    typeof value === 'string' &&
    (language === undefined || typeof language === 'string') &&
    (direction === undefined || direction === 'ltr' || direction === 'rtl') &&
    Object.keys(rest).length === 0
  )
}

function findTypedProblems(document: JsonObject, name: string): readonly Finding[] {
  const member = document[name]
  return asArray(member).flatMap((each, index) => {
    const path = Array.isArray(member) ? pointer(`/${name}`, index) : `/${name}`
    if (!isObject(each)) return [finding(path, 'must be an object with a "type"')]
    const types = asArray(each['type'])
    const isTyped = types.length > 0 && types.every((type) => typeof type === 'string')
    return [
      ...(isTyped ? [] : [finding(`${path}/type`, `is missing: each object in "${name}" says what it is`)]),
      ...(each['id'] === undefined || isIri(each['id'])
        ? []
        : [finding(`${path}/id`, `${quote(each['id'])} is not an absolute IRI`)]),
    ]
  })
}

function findSchemaProblems(document: JsonObject): readonly Finding[] {
  const member = document['credentialSchema']
  return asArray(member).flatMap((each, index) => {
    const path = Array.isArray(member) ? pointer('/credentialSchema', index) : '/credentialSchema'
    return isObject(each) && each['id'] === undefined
      ? [finding(`${path}/id`, 'is missing: it is where the schema is')]
      : []
  })
}

function finding(path: string, message: string): Finding {
  return { path, message: `${path}: ${message}` }
}
