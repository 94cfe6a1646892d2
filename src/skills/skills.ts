/**
 * The skills that verified records speak of: alignments, those of results and of levels that were reached, and tags, each once (Open Badges
 * 3.0, Alignment, ResultDescription, RubricCriterionLevel).
 */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { assertReport } from '../records/assert-report.ts'
import { endorsersOf, type Report, type VerifiedRecord, verifiedIn } from '../records/report-tree.ts'
import { numberOf } from '../records/scale.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** One reason to say that a learner has a skill. */
export interface SkillSource {
  /** JSON Pointer to the credential, from the root of what was verified; in a presentation it begins with `/credentials/`. */
  readonly path: string
  /** Who says so: the issuer's id. */
  readonly issuer: string
  readonly issuerName?: string
  /** The learner says it of themselves: they issued the credential. */
  readonly isOwnWord: boolean
  /** What ties the record to the skill: what was achieved, a result, a rubric level that was reached, or a tag. */
  readonly how: 'achievement' | 'result' | 'level' | 'tag'
  /** What was achieved. */
  readonly achievement: { readonly id?: string; readonly name?: string }
  /** With `result`: its value, as text. */
  readonly value?: string
  /** With `level`: the name of the level. */
  readonly level?: string
  /** What was made or done, as the record names it. */
  readonly evidence: readonly { readonly id?: string; readonly name?: string }[]
  /** From when on the record holds, and until when where it has an end. It held when the report was made. */
  readonly since?: string
  readonly until?: string
  /** Who else stands by the record or the achievement, in the version that is there: endorsements by an id alone are not counted. */
  readonly endorsedBy: readonly string[]
}

/** A skill of a learner. Plain JSON. */
export interface Skill {
  /** Address of the skill in its framework; of a tag, `tag:` and its words in small letters. */
  readonly id: string
  /** Whose framework it is of: 1EdTech CASE, CTDL of Credential Engine, ESCO, another one, or none. */
  readonly kind: 'case' | 'ctdl' | 'esco' | 'other' | 'tag'
  readonly name: string
  readonly code?: string
  readonly framework?: string
  readonly description?: string
  /** Id of the learner; absent where the records name them by a hash only. */
  readonly learner?: string
  /** At least one. */
  readonly sources: readonly SkillSource[]
}

/**
 * The skills that the verified credentials of a report speak of, without duplicates. What was not verified, what a later version supersedes,
 * and what was begun, failed or left is not among them. It says what the records say, and nothing of what the learner did not show.
 *
 * @param report What `verify` returned, or that as it was kept as JSON.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function skills(report: Report): readonly Skill[] {
  assertReport('skills', report)
  const found = new Map<string, Skill & { readonly sources: SkillSource[] }>()
  for (const record of verifiedIn(report)) {
    if (!record.isRecord || record.isSuperseded) continue
    for (const { skill, source } of readRecord(record)) {
      const key = JSON.stringify([skill.learner ?? null, skill.kind, skill.id])
      const known = found.get(key)
      if (known) known.sources.push(source)
      else found.set(key, { ...skill, sources: [source] })
    }
  }
  return [...found.values()]
}

type Found = { readonly skill: Omit<Skill, 'sources'>; readonly source: SkillSource }

function readRecord(record: VerifiedRecord): readonly Found[] {
  return asArray(record.credential['credentialSubject'])
    .filter(isObject)
    .flatMap((subject) =>
      asArray(subject['achievement'])
        .filter(isObject)
        .flatMap((achievement) => readAchievement(record, subject, achievement)),
    )
}

function readAchievement(record: VerifiedRecord, subject: JsonObject, achievement: JsonObject): readonly Found[] {
  const { credential } = record
  const learner = idOf(subject)
  const endorsers = endorsersOf(record.report).filter(({ about }) =>
    about.some(
      ({ id, kind, isBound }) =>
        isBound &&
        ((kind === 'credential' && id === idOf(credential)) || (kind === 'achievement' && id === idOf(achievement))),
    ),
  )
  const base = {
    path: record.path,
    issuer: record.issuer,
    ...text('issuerName', isObject(credential['issuer']) ? credential['issuer']['name'] : undefined),
    isOwnWord: record.issuer === learner,
    achievement: { ...text('id', achievement['id']), ...text('name', achievement['name']) },
    evidence: asArray(credential['evidence'])
      .filter(isObject)
      .map((each) => ({ ...text('id', each['id']), ...text('name', each['name']) })),
    ...text('since', credential['validFrom'] ?? credential['issuanceDate']),
    ...text('until', credential['validUntil'] ?? credential['expirationDate']),
    endorsedBy: [...new Set(endorsers.map(({ issuer }) => issuer))],
  }
  const take = (alignments: JsonValue | undefined, how: SkillSource['how'], more: object = {}): readonly Found[] =>
    asArray(alignments).flatMap((each) => {
      const skill = isObject(each) ? readAlignment(each, learner) : undefined
      return skill ? { skill, source: { ...base, how, ...more } } : []
    })
  const results = asArray(subject['result']).filter(isObject)
  const descriptions = asArray(achievement['resultDescription']).filter(isObject)
  const reached = results.flatMap((result) => {
    const description = descriptions.find(({ id }) => id !== undefined && id === result['resultDescription']) ?? {}
    if (!isReached(result, description)) return []
    const { value, achievedLevel } = result
    const level = asArray(description['rubricCriterionLevel'])
      .filter(isObject)
      .find(({ id }) => id !== undefined && id === achievedLevel)
    const more = value === undefined ? {} : { value: String(value) }
    return [
      ...take(result['alignment'], 'result', more),
      ...take(description['alignment'], 'result', more),
      ...take(level?.['alignment'], 'level', text('level', level?.['name'])),
    ]
  })
  // An achievement that is under way, failed or left is none.
  if (!results.every(isCompleted)) return reached
  const tags = asArray(achievement['tag']).filter((tag): tag is string => typeof tag === 'string' && tag.trim() !== '')
  return [
    ...take(achievement['alignment'], 'achievement'),
    ...reached,
    ...tags.map((tag) => ({ skill: readTag(tag, learner), source: { ...base, how: 'tag' as const } })),
  ]
}

/** A result without a state is one that was reached. */
export function isCompleted({ status }: JsonObject): boolean {
  return status === undefined || status === 'Completed'
}

function isReached(result: JsonObject, description: JsonObject): boolean {
  if (!isCompleted(result)) return false
  const [value, required] = [numberOf(result['value']), numberOf(description['requiredValue'])]
  return value === undefined || required === undefined || value >= required
}

function readAlignment(alignment: JsonObject, learner: string | undefined): Omit<Skill, 'sources'> | undefined {
  const { targetUrl, targetType, targetName } = alignment
  if (typeof targetUrl !== 'string') return undefined
  return {
    id: sameAddress(targetUrl),
    kind: kindOf(targetUrl, String(targetType)),
    name: typeof targetName === 'string' ? targetName : targetUrl,
    ...text('code', alignment['targetCode']),
    ...text('framework', alignment['targetFramework']),
    ...text('description', alignment['targetDescription']),
    ...text('learner', learner),
  }
}

function readTag(tag: string, learner: string | undefined): Omit<Skill, 'sources'> {
  const words = tag.trim().replace(/\s+/g, ' ')
  return { id: `tag:${words.toLowerCase()}`, kind: 'tag', name: words, ...text('learner', learner) }
}

function kindOf(url: string, type: string): Skill['kind'] {
  if (/^https?:\/\/data\.europa\.eu\/esco\//.test(url)) return 'esco'
  if (/^CF(Item|Rubric|RubricCriterion|RubricCriterionLevel)$/.test(type) || /\/ims\/case\//.test(url)) return 'case'
  return /^(ceasn|ceterms):/.test(type) || /^https?:\/\/credentialengineregistry\.org\//.test(url) ? 'ctdl' : 'other'
}

/** ESCO writes `http`, and people who copy its addresses write `https`. */
function sameAddress(url: string): string {
  return url.replace(/^https:(\/\/data\.europa\.eu\/esco\/)/, 'http:$1')
}

/** The member, where it is text. */
function text<N extends string>(name: N, value: JsonValue | undefined): { readonly [name in N]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { readonly [name in N]?: string }
}
