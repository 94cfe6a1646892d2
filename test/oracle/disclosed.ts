/** Unsigned learner records of other projects: each is issued for selective disclosure, and one achievement of it is disclosed. */

import {
  bbs2023,
  type CredentialInput,
  type DisclosureSuite,
  disclose,
  ecdsaRdfc2019,
  ecdsaSd2023,
  generateKey,
  issue,
  type JsonObject,
  verify,
} from 'testamur'
import { asArray, isObject } from '../../src/encoding/json.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts, standIn } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'
import { issueInner, latestStart, repaired } from './unsigned.ts'

const folders = ['dcc', 'impierce', 'learncard', 'vc-playground']

/** Every valid record of every project, with each suite. */
export async function runDisclosed(): Promise<SetResult[]> {
  return [await discloseAll(ecdsaSd2023()), await discloseAll(bbs2023())]
}

function discloseAll(format: DisclosureSuite): Promise<SetResult> {
  const cases = folders.flatMap((folder) =>
    listOracle(`realworld/unsigned/${folder}`)
      .filter((file) => file.endsWith('.json') && file !== 'index.json' && !file.includes('invalid_'))
      .map(
        (file) => [`${folder}/${file}`, readOracleJson<JsonObject>(`realworld/unsigned/${folder}/${file}`)] as const,
      ),
  )
  // The published library takes seconds for each record with BBS: it is asked about the first of each project.
  const firsts = new Set(folders.map((folder) => cases.find(([name]) => name.startsWith(folder))?.[1]))
  const isAsked = (record: JsonObject) => format.name !== 'bbs-2023' || firsts.has(record)
  return runSet(`disclosed ${format.name}`, cases, (record) => discloseOne(record, format, isAsked(record)))
}

async function discloseOne(record: JsonObject, format: DisclosureSuite, isAsked: boolean): Promise<CaseResult> {
  const seed = new Uint8Array(32).fill(7)
  const [algorithm = 'P-256'] = format.algorithms
  const [key, innerKey] = [await generateKey({ algorithm, seed }), await generateKey({ algorithm: 'P-256', seed })]
  const options = {
    contexts: otherContexts(),
    loadDocument: standIn,
    now: latestStart(record),
    conformance: 'noted',
  } as const
  const prepared = await issueInner(repaired(record), key, ({ issuer, ...inner }) => {
    const id = innerKey.controller
    const credential = { ...inner, issuer: isObject(issuer) ? { ...issuer, id } : id } as unknown as CredentialInput
    return issue({ ...options, key: innerKey, credential, format: ecdsaRdfc2019() })
  })
  const credential = await issue({ ...options, key, credential: prepared as unknown as CredentialInput, format })
  const { contexts, loadDocument, now } = options
  const part = await disclose({ credential, reveal: [achievementIn(prepared)], contexts, loadDocument, format })
  const formats = [format, ecdsaRdfc2019()]
  const second = isAsked ? { crossCheck } : {}
  const report = await verify({ credential: part, now, contexts, loadDocument, formats, ...second })
  const problems = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
  return report.verified ? undefined : { differs: problems.join(' | ').slice(0, 500) }
}

/** Its achievement, the first credential inside, or the subject of a credential that has neither. */
function achievementIn({ credentialSubject: member }: JsonObject): string {
  const place = Array.isArray(member) ? '/credentialSubject/0' : '/credentialSubject'
  const subject = asArray(member)[0] as JsonObject
  if (subject['achievement'] !== undefined) return `${place}/achievement`
  if (!Array.isArray(subject['verifiableCredential'])) return place
  return `${place}/verifiableCredential/0`
}
