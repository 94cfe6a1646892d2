/** Which credential is meant: by its id, or by a file that it is in. */

import { documentIn } from '../glance.ts'
import { CommandError, exit } from './command.ts'
import { lookAt, readInput } from './input.ts'
import type { Terminal } from './terminal.ts'

/** The words for the help of commands that take a credential so. */
export const credentialHelp = 'CREDENTIAL is its id (urn:uuid:…), or a file with it.'

/** The id itself, or that of the credential in a file. */
export async function credentialIdOf(word: string, terminal: Terminal): Promise<string> {
  if (/^(urn|https?|did):/i.test(word)) return word
  const { id } = documentIn(lookAt(await readInput(word, terminal, false)))
  if (typeof id === 'string') return id
  throw new CommandError(exit.data, `${word}: there is no credential with an id in it`)
}
