/** The caller's own checks. One that throws could not find out. */

import { asArray, describe, readJson } from '../encoding/json.ts'
import { type Check, inconclusive } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { CustomCheck, Settings } from './settings.ts'

/** Runs them in the order given. */
export async function checkCustom(credential: JsonObject, settings: Settings): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const [index, check] of settings.checks.entries()) {
    try {
      const answer = readJson(await check({ credential, now: settings.now }))
      if (!('value' in answer)) throw new Error(`its answer is not plain JSON: ${answer.problem}`)
      const found = asArray(answer.value) as unknown as readonly CustomCheck[]
      for (const each of found) assertCustom(each)
      checks.push(...found)
    } catch (cause) {
      const message = `Check ${index + 1} of your own could not find out: ${describe(cause)}.`
      checks.push(inconclusive('x-custom', 'CHECK_UNAVAILABLE', message))
    }
  }
  return checks
}

/** A name of ours would let the caller's check stand for the proof, and an outcome that is none would count as nothing. */
function assertCustom(check: Partial<CustomCheck>): void {
  const { name, outcome, message } = check
  if (typeof name !== 'string' || !name.startsWith('x-')) throw new Error(`its name "${name}" does not begin with x-`)
  if (!['passed', 'failed', 'inconclusive', 'skipped'].includes(outcome ?? '')) {
    throw new Error(`its outcome "${outcome}" is none of passed, failed, inconclusive and skipped`)
  }
  if (typeof message !== 'string') throw new Error('it has no message')
  const isProblem = outcome === 'failed' || outcome === 'inconclusive'
  if (isProblem && !('code' in check && typeof check.code === 'string')) throw new Error('it has no code')
}
