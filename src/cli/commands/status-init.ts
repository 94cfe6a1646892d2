/** `status init`: a folder for the status lists of an issuer. */

import { mkdir } from 'node:fs/promises'
import { createStatusRegistry, memoryStatusStore, type StatusPurpose } from '../../index.ts'
import { type Args, type Command, exit, required, usageError } from '../command.ts'
import { writeWhole } from '../files.ts'
import { connect, type StatusFolder, settingsFile, storeNames } from '../status-folder.ts'
import { jsonText, printable, type Terminal } from '../terminal.ts'

export const statusInitCommand: Command = {
  name: 'status init',
  summary: 'makes a folder for status lists, so that what you issue can be revoked',
  usage: [
    'status init --status FOLDER --url https://school.example/status',
    'status init --status FOLDER --url … --store sqlite',
  ],
  options: {
    status: { value: 'FOLDER', help: 'The folder to make. Every command that works on these lists is given it.' },
    url: { value: 'URL', help: 'Where the lists will be served. It is signed into every credential and must stay.' },
    store: { value: 'NAME', help: `How they are kept: ${storeNames.join(', ')}. Default: file.` },
    tenant: { value: 'NAME', help: 'Whose lists these are, where several share a database. Default: default.' },
    purpose: { value: 'WORD', many: true, help: 'revocation, suspension. Default: revocation.' },
  },
  details: [
    'file: files in the folder; every process holds all lists in memory. sqlite: a database in the folder (Node 22.5 or later, or',
    'the package better-sqlite3). postgres: the database that TESTAMUR_POSTGRES_URL names (the package pg).',
  ].join('\n'),
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const [folder, another] = [args.text('status') ?? [], args.words].flat()
  if (folder === undefined) throw usageError('--status is missing: name the folder to make')
  if (another !== undefined) throw usageError(`"${another}" is one word too many`)
  const url = required(args, 'url', 'verifiers must find the lists, such as --url https://school.example/status')
  const store = args.text('store') ?? 'file'
  if (!storeNames.some((each) => each === store)) throw usageError(`--store is one of ${storeNames.join(', ')}`)
  const purposes = args.texts('purpose')
  const settings = {
    store,
    url,
    tenant: args.text('tenant') ?? 'default',
    purposes: purposes.length > 0 ? purposes : ['revocation'],
  } as StatusFolder
  // The registry looks at the settings, and the store is tried, before anything is kept.
  createStatusRegistry({
    ...settings,
    store: memoryStatusStore(),
    purposes: settings.purposes as readonly StatusPurpose[],
  })
  await mkdir(folder, { recursive: true })
  const { store: kept, close } = await connect(settings.store, folder, terminal)
  try {
    await kept.lists(settings.tenant)
    await writeWhole(settingsFile(folder), `${jsonText(settings, 2)}\n`)
  } finally {
    await close()
  }
  terminal.output.write(`${printable(folder)} is ready: testamur issue … --status ${printable(folder)}\n`)
  return exit.ok
}
