/** `status list`: the lists of a folder, or what was done to one credential. */

import { type Args, type Command, exit, required } from '../command.ts'
import { credentialHelp, credentialIdOf } from '../credential-id.ts'
import { openStatus, statusOptions } from '../status-folder.ts'
import { jsonText, printable, type Terminal } from '../terminal.ts'

export const statusListCommand: Command = {
  name: 'status list',
  summary: 'shows the status lists, or the status of one credential and its history',
  usage: ['status list --status FOLDER', 'status list CREDENTIAL --status FOLDER'],
  options: { ...statusOptions, json: { help: 'Prints JSON.' } },
  details: credentialHelp,
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const { registry, close } = await openStatus(required(args, 'status', 'name the folder of the lists'), terminal)
  try {
    const [word] = args.words
    const credentialId = word === undefined ? undefined : await credentialIdOf(word, terminal)
    const items =
      credentialId === undefined
        ? await registry.lists()
        : (
            await Promise.all(
              registry.settings.purposes.map(async (purpose) =>
                (await registry.history({ credentialId, purpose })).map((item) => ({ purpose, ...item })),
              ),
            )
          ).flat()
    if (args.has('json')) terminal.output.write(`${jsonText(items, 2)}\n`)
    else for (const item of items) terminal.output.write(`${lineOf(item)}\n`)
    if (items.length === 0) terminal.error.write('There are no lists yet: the first credential opens one.\n')
    return exit.ok
  } finally {
    await close()
  }
}

type Item =
  | {
      readonly url: string
      readonly purpose: string
      readonly allocated: number
      readonly length: number
      readonly version: number
    }
  | { readonly time: string; readonly purpose: string; readonly type: string; readonly reason?: string }

function lineOf(item: Item): string {
  if ('time' in item) {
    return printable(
      `${item.time}  ${item.purpose}  ${item.type}${item.reason === undefined ? '' : `  ${item.reason}`}`,
    )
  }
  const published = item.version === 0 ? 'never published' : `published, version ${item.version}`
  return printable(`${item.url}  ${item.purpose}  ${item.allocated} of ${item.length} places taken  ${published}`)
}
