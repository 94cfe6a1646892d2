/** `status list`: the lists of a folder, or what was done to one credential. */

import type { StatusHistoryItem, StatusPurpose } from '../../index.ts'
import { type Args, type Command, exit } from '../command.ts'
import { credentialHelp, credentialIdOf } from '../credential-id.ts'
import { type OpenStatus, openStatus, statusFolderOf, statusOptions } from '../status-folder.ts'
import { jsonText, printable, type Terminal } from '../terminal.ts'

export const statusListCommand: Command = {
  name: 'status list',
  summary: 'shows the status lists, or how one credential stands and what was done to it',
  usage: ['status list --status FOLDER', 'status list CREDENTIAL --status FOLDER'],
  options: { ...statusOptions, json: { help: 'Prints JSON.' } },
  details: credentialHelp,
  words: [0, 2],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const { folder, words } = statusFolderOf(args, 1)
  const status = await openStatus(folder, terminal)
  try {
    const [word] = words
    if (word === undefined) await showLists(status, args, terminal)
    else await showOne(status, await credentialIdOf(word, terminal), args, terminal)
    return exit.ok
  } finally {
    await status.close()
  }
}

async function showLists({ registry }: OpenStatus, args: Args, terminal: Terminal): Promise<void> {
  const lists = await registry.lists()
  if (args.has('json')) return tellJson(lists, terminal)
  for (const { url, purpose, allocated, length, version } of lists) {
    const published = version === 0 ? 'never published' : `published, version ${version}`
    tell(`${url}  ${purpose}  ${allocated} of ${length} places taken  ${published}`, terminal)
  }
  if (lists.length === 0) terminal.error.write('There are no lists yet: the first credential opens one.\n')
}

/** How it stands now, and then what was done to it. */
async function showOne(status: OpenStatus, credentialId: string, args: Args, terminal: Terminal): Promise<void> {
  const { registry } = status
  const histories = await Promise.all(
    registry.settings.purposes.map(async (purpose) => ({
      purpose,
      items: await registry.history({ credentialId, purpose }),
    })),
  )
  if (args.has('json')) {
    return tellJson(
      histories.flatMap(({ purpose, items }) => items.map((item) => ({ purpose, ...item }))),
      terminal,
    )
  }
  for (const { purpose, items } of histories) tell(await standing(status, purpose, items.at(-1)), terminal)
  for (const { purpose, items } of histories) {
    for (const { time, type, reason = '' } of items) tell(`${time}  ${purpose}  ${type}  ${reason}`.trimEnd(), terminal)
  }
}

/** What is so now, and whether verifiers can know. */
async function standing(
  { store }: OpenStatus,
  purpose: StatusPurpose,
  last: StatusHistoryItem | undefined,
): Promise<string> {
  const word = states[purpose] ?? `set for ${purpose}`
  const isSet = last !== undefined && last.value !== 0
  const published = last && (await store.published(last.list))
  const isSeen = published !== undefined && (last?.type === 'allocated' || published.covers >= (last?.seq ?? 0))
  const seen = isSeen ? '' : ' Verifiers do not know yet: testamur status publish tells them.'
  return `${isSet ? `It is ${word}` : `It is not ${word}`}.${seen}`
}

const states: Readonly<Partial<Record<StatusPurpose, string>>> = { revocation: 'revoked', suspension: 'suspended' }

function tell(line: string, terminal: Terminal): void {
  terminal.output.write(`${printable(line)}\n`)
}

function tellJson(value: unknown, terminal: Terminal): void {
  terminal.output.write(`${jsonText(value, 2)}\n`)
}
