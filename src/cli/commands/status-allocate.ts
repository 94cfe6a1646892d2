/** `status allocate`: places in the status lists for credentials that are signed elsewhere. */

import { type Args, type Command, exit, usageError } from '../command.ts'
import { openStatus, statusFolderOf, statusOptions } from '../status-folder.ts'
import { jsonText, type Terminal } from '../terminal.ts'

/** Most ids at once. */
const MOST = 1000

export const statusAllocateCommand: Command = {
  name: 'status allocate',
  summary: 'gives credentials a place in the lists, for those that are signed elsewhere',
  usage: ['status allocate CREDENTIAL-ID … --status FOLDER'],
  options: statusOptions,
  details:
    'It prints the credentialStatus of each, one line of JSON in the order of the ids. The same id gets the same place, always.',
  words: [1, MOST + 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const { folder, words } = statusFolderOf(args, MOST)
  if (words.length === 0) throw usageError('name the ids of the credentials')
  const { registry, close } = await openStatus(folder, terminal)
  try {
    for (const entries of await registry.allocateMany(words)) {
      terminal.output.write(`${jsonText(entries.length === 1 ? entries[0] : entries)}\n`)
    }
    return exit.ok
  } finally {
    await close()
  }
}
