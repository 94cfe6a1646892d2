/**
 * The skills that verified records speak of: alignments, those of results and of levels that were reached, and tags, each once (Open Badges
 * 3.0, Alignment, ResultDescription, RubricCriterionLevel).
 */

import { asArray, idOf, isObject, single, singles } from '../encoding/json.ts'
import { assertReport } from '../records/assert-report.ts'
import { type AcceptLearner, assertAcceptLearner, isAccepted } from '../records/learner.ts'
import { endorsersOf, isPartOf, type Report, type VerifiedRecord, verifiedIn } from '../records/report-tree.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { type Attained, attainedBy } from './attained.ts'

/** What somebody calls a skill. Anybody can write anything about any address. */
interface SkillWords {
  readonly name: string
  readonly code?: string
  readonly framework?: string
  readonly description?: string
}

/** One reason to say that a learner has a skill, in the words of who says so. */
export interface SkillSource extends SkillWords {
  /** JSON Pointer to the credential, from the root of what was verified; in a presentation it begins with `/credentials/`. */
  readonly path: string
  /** Who says so: the issuer's id. */
  readonly issuer: string
  readonly issuerName?: string
  /** The learner says it of themselves: they issued the credential, by the id that it has of them or one that a record around it has. */
  readonly isOwnWord: boolean
  /** A part of the record is shown: a result that says otherwise may be withheld. Absent where the whole is there. */
  readonly isPart?: true
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

/** A skill of a learner, in the words of its first source that is not the learner's own. Plain JSON. */
export interface Skill extends SkillWords {
  /** Address of the skill in its framework; of a tag, `tag:` and its words in small letters. */
  readonly id: string
  /** Whose framework it is of: 1EdTech CASE, CTDL of Credential Engine, ESCO, another one, or none. */
  readonly kind: 'case' | 'ctdl' | 'esco' | 'other' | 'tag'
  /** Id of the learner; absent where the records name them by a hash only. */
  readonly learner?: string
  /** At least one. */
  readonly sources: readonly SkillSource[]
}

/**
 * The skills that the verified credentials of a report speak of, without duplicates. What was not verified, what a later version supersedes,
 * what was begun, failed or left, and what is less than its description requires is not among them. It says what the records say, and
 * nothing of what the learner did not show.
 *
 * @param report What `verify` returned, or that as it was kept as JSON.
 * @param options.acceptLearner Says whether somebody whom a record is about is the learner who is asked for: by an id, or by `matchesIdentity`
 * where the record has a hash alone. Default: skills of everybody, apart from one another but for those whom records name by a hash only.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function skills(report: Report, options: { readonly acceptLearner?: AcceptLearner } = {}): readonly Skill[] {
  const { acceptLearner } = options ?? {}
  assertReport('skills', report)
  assertAcceptLearner('skills', acceptLearner)
  const found = new Map<string, Found & { readonly sources: SkillSource[] }>()
  for (const record of verifiedIn(report)) {
    if (!record.isRecord || record.isSuperseded) continue
    for (const each of readRecord(record, acceptLearner)) {
      const { learner, kind, id, source } = each
      const key = JSON.stringify([learner ?? null, kind, id])
      const known = found.get(key)
      if (known) known.sources.push(source)
      else found.set(key, { ...each, sources: [source] })
    }
  }
  return [...found.values()].map(({ id, kind, learner, source, sources }) => {
    const { name, code, framework, description } = sources.find(({ isOwnWord }) => !isOwnWord) ?? source
    const words = { name, ...text('code', code), ...text('framework', framework), ...text('description', description) }
    return { id, kind, ...words, ...text('learner', learner), sources }
  })
}

interface Found extends Pick<Skill, 'id' | 'kind'> {
  readonly learner: string | undefined
  readonly source: SkillSource
}

/** What a source is, but for the words and what ties it to the skill. */
type Base = Omit<SkillSource, 'how' | keyof SkillWords>

function readRecord(record: VerifiedRecord, acceptLearner: AcceptLearner | undefined): readonly Found[] {
  const { credential } = record
  const base = {
    path: record.path,
    issuer: record.issuer,
    ...isPartOf(record),
    ...text('issuerName', isObject(credential['issuer']) ? credential['issuer']['name'] : undefined),
    evidence: asArray(credential['evidence'])
      .filter(isObject)
      .map((each) => ({ ...text('id', each['id']), ...text('name', each['name']) })),
    ...text('since', credential['validFrom'] ?? credential['issuanceDate']),
    ...text('until', credential['validUntil'] ?? credential['expirationDate']),
  }
  const endorsersFor = readEndorsers(record)
  return asArray(credential['credentialSubject'])
    .filter(isObject)
    .filter((subject) => isAccepted(subject, acceptLearner))
    .flatMap((subject) => {
      const learner = idOf(subject)
      return attainedBy(subject).flatMap((attained) => {
        const { achievement } = attained
        if (!isObject(achievement)) return []
        const whose = {
          isOwnWord: record.issuer === learner || record.isLearner(record.issuer),
          achievement: { ...text('id', achievement['id']), ...text('name', achievement['name']) },
          endorsedBy: endorsersFor(idOf(achievement)),
        }
        return readAchievement(achievement, attained, learner, { ...base, ...whose })
      })
    })
}

/** Who stands by the record, or by the achievement with an id. */
function readEndorsers({
  report,
  credential,
  isLearner,
}: VerifiedRecord): (id: string | undefined) => readonly string[] {
  const ofRecord = new Set<string>()
  const ofAchievement = new Map<string, Set<string>>()
  for (const { issuer, about } of endorsersOf(report)) {
    if (isLearner(issuer)) continue
    for (const { id, kind, isBound } of about) {
      if (!isBound) continue
      if (kind === 'credential' && id === idOf(credential)) ofRecord.add(issuer)
      if (kind === 'achievement') ofAchievement.set(id, (ofAchievement.get(id) ?? new Set()).add(issuer))
    }
  }
  const always = [...ofRecord]
  return (id) => {
    const more = id === undefined ? undefined : ofAchievement.get(id)
    return more ? [...new Set([...always, ...more])] : always
  }
}

function readAchievement(
  achievement: JsonObject,
  { isMissed, reached }: Attained,
  learner: string | undefined,
  base: Base,
): readonly Found[] {
  const take = (alignments: JsonValue | undefined, how: SkillSource['how'], more: object = {}): readonly Found[] =>
    asArray(alignments).flatMap((each) => {
      const skill = isObject(each) ? readAlignment(each) : undefined
      return skill ? { ...skill.at, learner, source: { ...skill.words, ...base, how, ...more } } : []
    })
  // Thousands of results may be of one description, which says the same each time: the first speaks for it.
  const spoken = new Set<JsonObject | undefined>()
  const once = (part: JsonObject | undefined): JsonValue | undefined => {
    if (spoken.has(part)) return undefined
    spoken.add(part)
    return part?.['alignment']
  }
  const ofResults = reached.flatMap(({ result, description, level }) => {
    const value = single(result['value'])
    const more = typeof value === 'string' || typeof value === 'number' ? { value: `${value}` } : {}
    return [
      ...take(result['alignment'], 'result', more),
      ...take(once(description), 'result', more),
      ...take(once(level), 'level', text('level', level?.['name'])),
    ]
  })
  if (isMissed) return ofResults
  const tags = asArray(achievement['tag']).filter((tag): tag is string => typeof tag === 'string' && tag.trim() !== '')
  return [
    ...take(achievement['alignment'], 'achievement'),
    ...ofResults,
    ...tags.map((tag) => {
      const name = tag.trim().replace(/\s+/g, ' ')
      const at = { id: `tag:${name.toLowerCase()}`, kind: 'tag' } as const
      return { ...at, learner, source: { name, ...base, how: 'tag' } } as const
    }),
  ]
}

function readAlignment(
  alignment: JsonObject,
): { readonly at: Pick<Skill, 'id' | 'kind'>; readonly words: SkillWords } | undefined {
  const [targetUrl, targetType, targetName] = singles(alignment, 'targetUrl', 'targetType', 'targetName')
  if (typeof targetUrl !== 'string') return undefined
  return {
    at: { id: sameAddress(targetUrl), kind: kindOf(targetUrl, typeof targetType === 'string' ? targetType : '') },
    words: {
      name: typeof targetName === 'string' ? targetName : targetUrl,
      ...text('code', alignment['targetCode']),
      ...text('framework', alignment['targetFramework']),
      ...text('description', alignment['targetDescription']),
    },
  }
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
  const said = single(value)
  return (typeof said === 'string' ? { [name]: said } : {}) as { readonly [name in N]?: string }
}
