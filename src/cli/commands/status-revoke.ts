/** `status revoke` and its likes: set or unset a status of one credential, or of all in a file. */

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { StatusPurpose, StatusRegistry } from '../../index.ts'
import { type Args, type Command, CommandError, exit, usageError } from '../command.ts'
import { credentialHelp, credentialIdOf } from '../credential-id.ts'
import { codeOf, reason as reasonOf } from '../files.ts'
import { openStatus, statusFolderOf, statusOptions } from '../status-folder.ts'
import { printable, type Terminal } from '../terminal.ts'
import { counted, inCommandWords } from '../wording.ts'

const options: Command['options'] = {
  ...statusOptions,
  from: { value: 'FILE', help: 'A file with one credential id a line; lines that begin with # are left out.' },
  reason: { value: 'TEXT', help: 'Why, for the log, where it stays for ever: write no personal data.' },
}
const details = 'Verifiers see the change once the lists are published: testamur status publish.'

export const statusRevokeCommand: Command = {
  name: 'status revoke',
  summary: 'revokes a credential, for good',
  usage: [
    'status revoke CREDENTIAL --status FOLDER [--reason TEXT]',
    'status revoke --from revoked.txt --status FOLDER',
  ],
  options,
  details: `${credentialHelp}\n${details}`,
  words: [0, 2],
  run: (args, terminal) => change(args, terminal, 'revocation', 1),
}

export const statusSuspendCommand: Command = {
  name: 'status suspend',
  summary: 'suspends a credential, which status resume undoes',
  usage: ['status suspend CREDENTIAL --status FOLDER [--reason TEXT]', 'status suspend --from ids.txt --status FOLDER'],
  options,
  details: `The lists must have been made with --purpose suspension.\n${details}`,
  words: [0, 2],
  run: (args, terminal) => change(args, terminal, 'suspension', 1),
}

export const statusResumeCommand: Command = {
  name: 'status resume',
  summary: 'ends the suspension of a credential',
  usage: ['status resume CREDENTIAL --status FOLDER [--reason TEXT]', 'status resume --from ids.txt --status FOLDER'],
  options,
  details,
  words: [0, 2],
  run: (args, terminal) => change(args, terminal, 'suspension', 0),
}

async function change(args: Args, terminal: Terminal, purpose: StatusPurpose, value: number): Promise<number> {
  const { folder, words } = statusFolderOf(args, 1)
  const [word] = words
  const from = args.text('from')
  if ((word === undefined) === (from === undefined)) throw usageError('give either a credential or --from FILE')
  const { registry, close } = await openStatus(folder, terminal)
  try {
    const { purposes } = registry.settings
    if (!purposes.includes(purpose)) {
      throw usageError(
        `these lists are for ${purposes.join(' and ')}; make others for ${purpose}: testamur status init --status FOLDER --url … --purpose ${purpose}`,
      )
    }
    const ids = word === undefined ? linesOf(from as string) : [await credentialIdOf(word, terminal)]
    return await setAll(registry, ids, purpose, value, args.text('reason'), terminal)
  } finally {
    await close()
  }
}

async function setAll(
  registry: StatusRegistry,
  credentialIds: Iterable<string> | AsyncIterable<string>,
  purpose: StatusPurpose,
  value: number,
  reason: string | undefined,
  terminal: Terminal,
): Promise<number> {
  let [changed, same, unknown] = [0, 0, 0]
  const words = reason === undefined ? {} : { reason }
  for await (const item of registry.setMany({ credentialIds, purpose, value, ...words })) {
    if (item.error) {
      unknown += 1
      terminal.error.write(`${printable(inCommandWords(item.error.message))}\n`)
    } else if (item.changed) changed += 1
    else same += 1
  }
  terminal.output.write(
    `${changed} changed, ${counted(same, 'was', 'were')} so already, ${unknown} not found. To be seen by verifiers: testamur status publish, with --out where a web server has the lists\n`,
  )
  return unknown > 0 ? exit.failed : exit.ok
}

async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  try {
    yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  } catch (cause) {
    if (codeOf(cause) === undefined) throw cause
    throw new CommandError(exit.noInput, `${file} cannot be read: ${reasonOf(cause)}`, { cause })
  }
}
