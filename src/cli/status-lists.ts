/** Status lists at hand: each file is looked at, because `verify` passes over what is none and leaves the question open. */

import { existsSync } from 'node:fs'
import { defaultEnvelopes } from '../defaults.ts'
import { asArray, idOf } from '../encoding/json.ts'
import { createBudget } from '../encoding/limits.ts'
import { documentIn, type Glance, glance } from '../glance.ts'
import type { JsonObject } from '../index.ts'
import { contentsOf } from '../seldom.ts'
import { isList } from '../status/list-index.ts'
import { STATUS_LIST_TOKEN } from '../status/token-status.ts'
import { CommandError, exit } from './command.ts'
import { type NamedText, readTexts } from './files.ts'
import { settingsFile } from './status-folder.ts'
import { printable, type Terminal } from './terminal.ts'

const right =
  'testamur status publish --out FOLDER writes those of an issuer, and --online fetches them from where they are served'

/** The texts of the lists in files and folders. A file that holds none is refused; in a folder it is told and left out. */
export async function readStatusLists(words: readonly string[], terminal: Terminal): Promise<readonly string[]> {
  return (await Promise.all(words.map((word) => readLists(word, terminal)))).flat()
}

async function readLists(word: string, terminal: Terminal): Promise<readonly string[]> {
  if (existsSync(settingsFile(word))) {
    throw new CommandError(
      exit.data,
      `${word} is where an issuer works on status lists, and holds none that is signed; ${right}`,
    )
  }
  const files = await readTexts(word)
  const lists: string[] = []
  for (const each of files) {
    const problem = await problemOf(each)
    if (problem === undefined) lists.push(each.text)
    else if (each.file === word) throw new CommandError(exit.data, `${word} ${problem}; ${right}`)
    else terminal.error.write(`${printable(`${each.file} ${problem}, and is left out`)}\n`)
  }
  if (lists.length === 0) throw new CommandError(exit.data, `${word} is a folder without a status list in it; ${right}`)
  return lists
}

async function problemOf({ text }: NamedText): Promise<string | undefined> {
  const seen = glance({ content: text })
  // What cannot be opened is told by the report.
  const document = (await contentsOf(text, { envelopes: defaultEnvelopes, budget: createBudget() })) ?? documentIn(seen)
  if (!isAnyList(document)) return `holds no status list, but ${kindOf(seen)}`
  return idOf(document) === undefined ? 'is a status list without an id, by which it could be found' : undefined
}

/** Of whatever type: those of 1EdTech have none. */
function isAnyList(document: JsonObject): boolean {
  return isList(document) || document['type'] === STATUS_LIST_TOKEN || document['revokedCredential'] !== undefined
}

function kindOf(seen: Glance): string {
  if (!seen.document) return 'something else than JSON or a JWT'
  const types = asArray(documentIn(seen)['type']).filter((type) => typeof type === 'string')
  if (types.length === 0) return 'other JSON'
  return `${seen.kind === 'assertion' ? 'an' : 'a'} ${seen.kind} (${types.join(', ')})`
}
