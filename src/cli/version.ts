/** The version of the package, from its own package.json, wherever in the package this code lies. */

import { readFileSync } from 'node:fs'

/** Such as `1.2.3`. */
export const version: string = read()

function read(): string {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
        readonly name?: string
        readonly version?: string
      }
      if (name === 'testamur' && version !== undefined) return version
    } catch {
      // Not here: one folder up.
    }
    if (folder.pathname === '/' || folder.href === new URL('../', folder).href) return 'of unknown version'
  }
}
