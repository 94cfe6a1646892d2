/** The file functions of Node as the file store sees them in the soak test: a process may die around the one step that counts. */

import { link as realLink } from 'node:fs/promises'
import { pass } from './steps.ts'

export { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'

export async function link(from: string, to: string): Promise<void> {
  pass('before link')
  await realLink(from, to)
  pass('after link')
}
