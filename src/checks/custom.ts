/** The caller's own checks. One that throws could not find out. */

import { describe } from '../encoding/json.ts'
import { type Check, inconclusive } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Settings } from './settings.ts'

/** Runs them in the order given. */
export async function checkCustom(credential: JsonObject, settings: Settings): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const [index, check] of settings.checks.entries()) {
    try {
      const found = await check({ credential, now: settings.now })
      // A name of ours would let a check of the caller's stand for the proof.
      const stranger = found.find(({ name }) => !name.startsWith('x-'))
      if (stranger) throw new Error(`it answered with the name "${stranger.name}", which does not begin with x-`)
      checks.push(...found)
    } catch (cause) {
      const message = `Check ${index + 1} of your own could not find out: ${describe(cause)}.`
      checks.push(inconclusive('x-custom', 'CHECK_UNAVAILABLE', message))
    }
  }
  return checks
}
