/** Unsigned learner records of other projects: each is issued with ecdsa-sd-2023, and one achievement of it is disclosed. */

import {
  type CredentialInput,
  disclose,
  ecdsaRdfc2019,
  ecdsaSd2023,
  generateKey,
  issue,
  type JsonObject,
  verify,
} from 'testamur'
import { asArray } from '../../src/encoding/json.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { otherContexts, standIn } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'
import { issueInner, latestStart, repaired } from './unsigned.ts'

const folders = ['dcc', 'impierce', 'learncard', 'vc-playground']

/** Every valid record of every project. */
export function runDisclosed(): Promise<SetResult> {
  const cases = folders.flatMap((folder) =>
    listOracle(`realworld/unsigned/${folder}`)
      .filter((file) => file.endsWith('.json') && file !== 'index.json' && !file.includes('invalid_'))
      .map(
        (file) => [`${folder}/${file}`, readOracleJson<JsonObject>(`realworld/unsigned/${folder}/${file}`)] as const,
      ),
  )
  return runSet('disclosed', cases, discloseOne)
}

async function discloseOne(record: JsonObject): Promise<CaseResult> {
  const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(7) })
  const options = {
    key,
    contexts: otherContexts(),
    loadDocument: standIn,
    now: latestStart(record),
    conformance: 'noted',
  } as const
  const prepared = await issueInner(repaired(record), key, (credential) =>
    issue({ ...options, credential: credential as unknown as CredentialInput, format: ecdsaRdfc2019() }),
  )
  const credential = await issue({
    ...options,
    credential: prepared as unknown as CredentialInput,
    format: ecdsaSd2023(),
  })
  const { contexts, loadDocument, now } = options
  const part = await disclose({ credential, reveal: [achievementIn(prepared)], contexts, loadDocument })
  // Both implementations.
  const report = await verify({ credential: part, now, contexts, loadDocument, crossCheck })
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
