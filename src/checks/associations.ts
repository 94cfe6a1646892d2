/**
 * Associations: how the achievements of a learner record relate (CLR 2.0, Association). Both ends must be in the record, and
 * what is above, before or after something cannot also be below, behind or before it.
 */

import { asArray, isObject, pointer, single, singles } from '../encoding/json.ts'
import { type Check, failed, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { Settings } from './settings.ts'

/** Nothing where the record has no associations. */
export function checkAssociations(credential: JsonObject, settings: Settings): readonly Check[] {
  const subject = credential['credentialSubject']
  const associations = asArray(subject).flatMap((each, index) =>
    isObject(each)
      ? readAssociations(each, Array.isArray(subject) ? pointer('/credentialSubject', index) : '/credentialSubject')
      : [],
  )
  if (associations.length === 0) return []
  const cycles = (Object.keys(orders) as Order[]).flatMap((order) => findCycle(associations, order))
  if (cycles.length > 0) return cycles
  return [judgeEnds(credential, associations, settings)]
}

interface Association {
  readonly path: string
  readonly type: JsonValue | undefined
  readonly sourceId: string
  readonly targetId: string
}

function readAssociations(subject: JsonObject, path: string): readonly Association[] {
  const member = subject['association']
  const base = pointer(path, 'association')
  return asArray(member).flatMap((each, index) => {
    if (!isObject(each)) return []
    const [type, sourceId, targetId] = singles(each, 'associationType', 'sourceId', 'targetId')
    if (typeof sourceId !== 'string' || typeof targetId !== 'string') return []
    return [{ path: Array.isArray(member) ? pointer(base, index) : base, type, sourceId, targetId }]
  })
}

/** Relations that have a direction, each with whether it runs from source to target. Two names may be for one order. */
const orders = {
  hierarchy: new Map<unknown, boolean>([
    ['isChildOf', true],
    ['isPartOf', true],
    ['isParentOf', false],
  ]),
  precedence: new Map<unknown, boolean>([['precedes', true]]),
  replacement: new Map<unknown, boolean>([['replacedBy', true]]),
} as const
type Order = keyof typeof orders

/** What can be reached from nothing but itself is taken away, from both ends, until nothing is left but cycles. */
function findCycle(associations: readonly Association[], order: Order): readonly Check[] {
  let left = associations
    .filter(({ type }) => orders[order].has(type))
    .map(({ path, type, sourceId, targetId }) =>
      orders[order].get(type) ? { path, from: sourceId, to: targetId } : { path, from: targetId, to: sourceId },
    )
  for (const side of ['from', 'to'] as const) {
    const other = side === 'from' ? 'to' : 'from'
    const entering = new Map<string, number>()
    const leaving = new Map<string, (typeof left)[number][]>()
    for (const edge of left) {
      entering.set(edge[other], (entering.get(edge[other]) ?? 0) + 1)
      const edges = leaving.get(edge[side])
      if (edges) edges.push(edge)
      else leaving.set(edge[side], [edge])
    }
    const free = [...leaving.keys()].filter((id) => !entering.has(id))
    const gone = new Set<unknown>()
    for (let id = free.pop(); id !== undefined; id = free.pop()) {
      for (const edge of leaving.get(id) ?? []) {
        gone.add(edge)
        const count = (entering.get(edge[other]) as number) - 1
        entering.set(edge[other], count)
        if (count === 0) free.push(edge[other])
      }
    }
    left = left.filter((edge) => !gone.has(edge))
  }
  const [first] = left
  if (!first) return []
  const message = `The associations lead from ${first.from} back to itself: that ${order} is a circle.`
  return [failed('association', 'ASSOCIATION_CYCLIC', message, { path: first.path })]
}

/**
 * An end that is not in the record may be in another one of the learner's: it is told, and fails only where the caller asks for
 * conformance. What cannot be looked into (a JWT) may hold it.
 */
function judgeEnds(credential: JsonObject, associations: readonly Association[], settings: Settings): Check {
  const { known, isWhole } = idsIn(credential)
  const dangling = associations.flatMap(({ path, sourceId, targetId }) => [
    ...(known.has(sourceId) ? [] : [{ path: pointer(path, 'sourceId'), id: sourceId }]),
    ...(known.has(targetId) ? [] : [{ path: pointer(path, 'targetId'), id: targetId }]),
  ])
  const [first] = dangling
  if (!first)
    return passed('association', 'Both ends of each association are in the record, and none leads in a circle.')
  const message = `${dangling.length} ends of associations are not in the record, as ${first.id}.`
  const isWanted = settings.conformance !== 'noted' && single(credential['partial']) !== true && isWhole
  if (isWanted) return failed('association', 'ASSOCIATION_DANGLING', message, { path: first.path })
  const notes = dangling.slice(0, 20).map(({ path, id }) => `${path}: ${id} is not in the record.`)
  return skipped('association', message, { path: first.path, notes })
}

/** The ids of achievements, and of the credentials that award them: issuers name an achievement by either. */
function idsIn(credential: JsonObject): { readonly known: ReadonlySet<unknown>; readonly isWhole: boolean } {
  const known = new Set<unknown>()
  let isWhole = true
  for (const subject of asArray(credential['credentialSubject']).filter(isObject)) {
    addAchievements(known, subject)
    for (const child of asArray(subject['verifiableCredential'])) {
      if (!isObject(child) || asArray(child['type']).includes('EnvelopedVerifiableCredential')) isWhole = false
      else {
        addId(known, child)
        for (const inner of asArray(child['credentialSubject']).filter(isObject)) addAchievements(known, inner)
      }
    }
  }
  return { known, isWhole }
}

function addAchievements(known: Set<unknown>, subject: JsonObject): void {
  for (const achievement of asArray(subject['achievement'])) addId(known, achievement)
}

function addId(known: Set<unknown>, value: JsonValue): void {
  known.add(isObject(value) ? value['id'] : value)
}
