/**
 * One attack: a genuine document, changed by chance, is shown to `verify`. It must be refused, or read exactly as what was signed.
 *
 * What is read is compared by `viewOf`: members have no order; neither have the items of a set, and one item stands for itself as
 * well as in a list; null and an empty list are nothing. Proofs are compared one by one with the genuine ones: one that is gone
 * is allowed, as nothing signed says how many there are; so is another one over the same statements, and one of a format that is
 * not verified, which the report says.
 */

import { type CredentialReport, type PresentationReport, verify } from 'testamur'
import { defaultFormats } from '../../src/defaults.ts'
import { isObject } from '../../src/encoding/json.ts'
import { suiteNameOf } from '../../src/proofs/cryptosuite.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { challenge, now } from '../helpers/fixtures.ts'
import { type Dice, dice } from '../jsonld/expand-documents.ts'
import { mutations as respellings, viewOf } from '../jsonld/form-mutations.ts'
import { byteChanges } from './byte-changes.ts'
import type { Subject } from './subjects.ts'
import { treeChanges } from './tree-changes.ts'

/** What came of it. `unchanged`: the change left everything as it was. */
export type Outcome = 'refused' | 'identical' | 'differs' | 'threw' | 'unchanged'

/** One attack, for the record. */
export interface Attack {
  readonly outcome: Outcome
  readonly subject: string
  readonly changes: readonly string[]
  /** What was shown to `verify`. */
  readonly input: unknown
  /** What `verify` threw, or what differs. */
  readonly detail?: string
}

/** The attack of this number: the same number, the same attack. */
export async function attack(subjects: readonly Subject[], seed: number): Promise<Attack> {
  const draw = dice(seed)
  const subject = draw.pick(subjects)
  const { input, changes } = change(draw, subject, subjects)
  const about = { subject: subject.name, changes, input }
  if (isSame(input, subject.document)) return { outcome: 'unchanged', ...about }
  try {
    const report = await judge(subject, input)
    if (!report.verified) return { outcome: 'refused', ...about }
    const detail = differenceOf(report, subject.document, subjects)
    return detail === undefined ? { outcome: 'identical', ...about } : { outcome: 'differs', ...about, detail }
  } catch (cause) {
    return { outcome: 'threw', ...about, detail: cause instanceof Error ? `${cause.stack}` : String(cause) }
  }
}

function judge({ kind }: Subject, input: unknown): Promise<CredentialReport | PresentationReport> {
  return kind === 'credential'
    ? verify({ credential: input, now })
    : verify({ presentation: input, challenge, domain: 'hr.example', now })
}

function change(
  draw: Dice,
  { document }: Subject,
  subjects: readonly Subject[],
): { readonly input: unknown; readonly changes: readonly string[] } {
  if (draw.chance(35)) return changeText(draw, document)
  const tree = structuredClone(document) as { [name: string]: JsonValue }
  const others = subjects.map((each) => each.document)
  const changes: string[] = []
  for (let left = 1 + draw.below(3); left > 0; left -= 1) {
    if (draw.chance(50)) {
      const [name, mutate] = draw.pick(respellings)
      changes.push(name)
      mutate(draw, draw.chance(70) ? tree : innerOf(draw, tree))
    } else {
      const [name, alter] = draw.pick(treeChanges)
      changes.push(name)
      alter(draw, tree, others)
    }
  }
  return { input: draw.chance(50) ? JSON.stringify(tree) : tree, changes }
}

function changeText(draw: Dice, document: JsonObject): { readonly input: string; readonly changes: readonly string[] } {
  let text = JSON.stringify(document)
  const changes: string[] = []
  for (let left = 1 + draw.below(2); left > 0; left -= 1) {
    const [name, alter] = draw.pick(byteChanges)
    changes.push(name)
    text = alter(draw, text)
  }
  return { input: text, changes }
}

/** A credential or proof within the document, or the document. */
function innerOf(draw: Dice, tree: { [name: string]: JsonValue }): { [name: string]: JsonValue } {
  const inner: { [name: string]: JsonValue }[] = [tree]
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) visit(item)
    else if (typeof value === 'object' && value !== null) {
      const object = value as { [name: string]: JsonValue }
      if ('proof' in object || 'proofValue' in object) inner.push(object)
      for (const member of Object.values(object)) visit(member)
    }
  }
  visit(tree)
  return draw.pick(inner)
}

function isSame(input: unknown, document: JsonObject): boolean {
  return (typeof input === 'string' ? input : JSON.stringify(input)) === JSON.stringify(document)
}

function differenceOf(
  report: CredentialReport | PresentationReport,
  original: JsonObject,
  subjects: readonly Subject[],
): string | undefined {
  if (!report.verified) return undefined
  const shown = (report.kind === 'credential' ? report.credential : report.presentation) as unknown as JsonObject
  const [one, two] = [JSON.stringify(bodyView(shown)), JSON.stringify(bodyView(original))]
  if (one !== two) return `reads ${one}\nsigned ${two}`
  const signed = new Set(subjects.flatMap(({ document }) => proofViews(document)))
  const odd = proofViews(shown).find((proof) => !signed.has(proof))
  return odd === undefined ? undefined : `a proof reads ${odd}`
}

/** The view of everything but the proofs, at any depth. */
function bodyView(document: JsonObject): JsonValue {
  return viewOf(withoutProofs(document))
}

function withoutProofs(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutProofs)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value as JsonObject).filter(([name]) => name !== 'proof')
  return Object.fromEntries(members.map(([name, member]) => [name, withoutProofs(member as JsonValue)]))
}

/** Contexts are not looked into: what they do shows in how the rest is read. */
function proofViews(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(proofViews)
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value as JsonObject).filter(([name]) => name !== '@context')
  return members.flatMap(([name, member]) =>
    name === 'proof'
      ? [member]
          .flat()
          .filter(isOfKnownFormat)
          .map((proof) => JSON.stringify(viewOf(proof)))
      : proofViews(member as JsonValue),
  )
}

const formats = new Set(defaultFormats.map(({ name }) => name))

/** What is no object, such as null, is no proof of any. */
function isOfKnownFormat(proof: unknown): proof is JsonObject {
  return isObject(proof) && formats.has(suiteNameOf(proof) ?? '')
}
