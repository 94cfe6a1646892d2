/** What is wrong after a run: places given twice, acknowledged operations that are gone, versions that should not have been served. */

import { decodeBitstring, getEntry } from '../../src/status/bitstring.ts'
import type { Line, Moment } from './journal.ts'
import type { Seen } from './reader.ts'

/** Everything that was written down. */
export interface Evidence {
  /** One journal for each worker. */
  readonly journals: readonly (readonly Line[])[]
  readonly seen: readonly Seen[]
  /** The entry that the registry gives for a credential now: list and index. */
  readonly entryOf: (id: string) => { readonly list: string; readonly index: number } | undefined
  /** The last version of each list, published and read after the run. */
  readonly final: ReadonlyMap<string, string>
  /** What is wrong with the logs of the lists. */
  readonly logProblems: readonly string[]
}

/** What was found, each with a sentence. */
export interface Findings {
  readonly duplicates: readonly string[]
  readonly lost: readonly string[]
  readonly torn: readonly string[]
}

/** Looks through the evidence. */
export async function audit(evidence: Evidence): Promise<Findings> {
  const { journals, seen, final } = evidence
  const lines = journals.flat()
  const places = placesOf(lines)
  const courses = coursesOf(lines)
  const lost = [...lostPlaces(places, evidence)]
  const end = Number.POSITIVE_INFINITY
  for (const [list, encoded] of final) {
    lost.push(...(await lostValues(`the last version of ${list}`, list, encoded, end, end, places, courses)))
  }
  const began = beginningsOf(lines)
  for (const { list, version, encodedList, at } of seen) {
    const since = began.get(`${list} ${version}`)
    if (since === undefined) continue
    const name = `version ${version} of ${list}`
    lost.push(...(await lostValues(name, list, encodedList, since, at, places, courses)))
  }
  const torn = [...seen.flatMap(({ problem }) => problem ?? []), ...evidence.logProblems]
  return { duplicates: duplicatesIn(places), lost, torn }
}

/** Every place that was acknowledged, by credential. */
type Places = ReadonlyMap<string, ReadonlySet<string>>

/** What was tried and acknowledged on one credential, in order. */
type Course = readonly (readonly ['try' | 'set', Moment, value: number])[]

/**
 * When the last publication began that ended with this version: what was acknowledged before that must be in it. A version whose
 * publisher was killed before it could say so is not there.
 */
function beginningsOf(lines: readonly Line[]): ReadonlyMap<string, Moment> {
  const began = new Map<string, Moment>()
  for (const line of lines) {
    if (line[0] !== 'published') continue
    const name = `${line[3]} ${line[4]}`
    began.set(name, Math.max(began.get(name) ?? 0, line[2]))
  }
  return began
}

function placesOf(lines: readonly Line[]): Places {
  const places = new Map<string, Set<string>>()
  for (const line of lines) {
    if (line[0] !== 'allocated') continue
    for (const [id, list, index] of line[2]) places.set(id, (places.get(id) ?? new Set()).add(`${list}#${index}`))
  }
  return places
}

function coursesOf(lines: readonly Line[]): ReadonlyMap<string, Course> {
  const courses = new Map<string, ['try' | 'set', Moment, number][]>()
  for (const line of lines) {
    if (line[0] !== 'try' && line[0] !== 'set') continue
    const course = courses.get(line[2]) ?? []
    course.push([line[0], line[1], line[3]])
    courses.set(line[2], course)
  }
  return courses
}

function duplicatesIn(places: Places): readonly string[] {
  const owners = new Map<string, string>()
  const duplicates: string[] = []
  for (const [id, own] of places) {
    if (own.size > 1) duplicates.push(`${id} was given ${[...own].join(' and ')}`)
    for (const place of own) {
      const other = owners.get(place)
      if (other !== undefined) duplicates.push(`${place} was given to ${other} and ${id}`)
      owners.set(place, id)
    }
  }
  return duplicates
}

function* lostPlaces(places: Places, { entryOf }: Evidence): Generator<string> {
  for (const [id, own] of places) {
    const entry = entryOf(id)
    if (!entry || !own.has(`${entry.list}#${entry.index}`)) yield `the place of ${id}, ${[...own].join(', ')}, is gone`
  }
}

async function lostValues(
  name: string,
  list: string,
  encodedList: string,
  began: Moment,
  at: Moment,
  places: Places,
  courses: ReadonlyMap<string, Course>,
): Promise<readonly string[]> {
  const decoded = await decodeBitstring(encodedList)
  if ('problem' in decoded) return [`${name} cannot be read`]
  const lost: string[] = []
  for (const [id, course] of courses) {
    for (const place of places.get(id) ?? []) {
      const [home, index] = place.split('#')
      if (home !== list) continue
      const value = getEntry(decoded.bits, Number(index))
      if (!isPossible(value, course, began, at)) lost.push(`${name} has ${value} for ${id}`)
    }
  }
  return lost
}

/**
 * Whether a list may say so whose publication began at `began` and which was seen at `at`: with the last value that was acknowledged
 * before it began, or one that was tried since.
 */
function isPossible(value: number, course: Course, began: Moment, at: Moment): boolean {
  let last = 0
  let tried = false
  for (const [kind, moment, given] of course) {
    if (kind === 'set' && moment < began) {
      last = given
      tried = false
    } else if (moment < at && given === value) tried = true
  }
  return tried || last === value
}
