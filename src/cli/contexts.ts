/** JSON-LD contexts of the user's own, by URL. */

import type { JsonObject } from '../index.ts'
import { type OptionInfo, usageError } from './command.ts'
import { readJsonFile } from './files.ts'

/** The option that gives one. */
export const contextOption: Readonly<Record<string, OptionInfo>> = {
  context: { value: 'URL=FILE', many: true, help: 'A JSON-LD context of your own, which you trust for what it says.' },
}

/** The documents by URL; `undefined` for none. */
export async function readContexts(
  given: readonly string[],
): Promise<Readonly<Record<string, JsonObject>> | undefined> {
  if (given.length === 0) return undefined
  const pairs = given.map(async (each) => {
    const [, url, file] = /^(https?:.+?)=(.+)$/.exec(each) ?? []
    if (url === undefined || file === undefined) throw usageError(`--context ${each}: write it as URL=FILE`)
    return [url, (await readJsonFile(file)) as JsonObject] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}
