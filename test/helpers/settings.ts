/** Settings as `verify` hands them to a check, with some of them changed. */

import type { VerifySettings } from 'testamur'
import type { Settings } from '../../src/checks/settings.ts'
import { readSettings } from '../../src/options.ts'
import { now } from './fixtures.ts'

/** The defaults at the fixed time, and what is given. */
export function settings(more: VerifySettings = {}): Settings {
  return readSettings({ now, ...more })
}
