/** `status allocate`: places in the status lists for credentials that are signed elsewhere. */

import { type Args, type Command, exit, required } from '../command.ts'
import { openStatus, statusOptions } from '../status-folder.ts'
import { jsonText, type Terminal } from '../terminal.ts'

export const statusAllocateCommand: Command = {
  name: 'status allocate',
  summary: 'gives credentials a place in the lists, for those that are signed elsewhere',
  usage: ['status allocate CREDENTIAL-ID … --status FOLDER'],
  options: statusOptions,
  details:
    'It prints the credentialStatus of each, one line of JSON in the order of the ids. The same id gets the same place, always.',
  words: [1, 1000],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const { registry, close } = await openStatus(required(args, 'status', 'name the folder of the lists'), terminal)
  try {
    for (const entries of await registry.allocateMany(args.words)) {
      terminal.output.write(`${jsonText(entries.length === 1 ? entries[0] : entries)}\n`)
    }
    return exit.ok
  } finally {
    await close()
  }
}
