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
      found.forEach(assertCustom)
      checks.push(...found)
    } catch (cause) {
      const message = `Check ${index + 1} of your own could not find out: ${describe(cause)}.`
      checks.push(inconclusive('x-custom', 'CHECK_UNAVAILABLE', message))
    }
  }
  return checks
}

/** What a caller without types may have answered. */
type Answer = { readonly [member in 'name' | 'outcome' | 'message' | 'code']?: unknown }

const problems: ReadonlySet<unknown> = new Set(['failed', 'inconclusive'])
const outcomes: ReadonlySet<unknown> = new Set(['passed', 'skipped', ...problems])

/** A name of ours would let the caller's check stand for the proof, and an outcome that is none would count as nothing. */
function assertCustom({ name, outcome, message, code }: Answer): void {
  if (typeof name !== 'string' || !name.startsWith('x-'))
    throw new Error(`its name "${describe(name)}" does not begin with x-`)
  if (!outcomes.has(outcome)) {
    throw new Error(`its outcome "${describe(outcome)}" is none of passed, failed, inconclusive and skipped`)
  }
  if (typeof message !== 'string') throw new Error('it has no message')
  if (problems.has(outcome) && typeof code !== 'string') throw new Error('it has no code')
}
