/** `status publish`: signs the lists that changed, and writes them where a web server finds them. */

import { join } from 'node:path'
import { online, publish } from '../../index.ts'
import { type Args, type Command, exit } from '../command.ts'
import { writeWhole } from '../files.ts'
import { keyOptions, readKey } from '../keys.ts'
import { assertIssuer, keepIssuer, openStatus, statusFolderOf, statusOptions } from '../status-folder.ts'
import { printable, type Terminal } from '../terminal.ts'

export const statusPublishCommand: Command = {
  name: 'status publish',
  summary: 'signs the lists that changed, so that verifiers see them',
  usage: [
    'status publish --status FOLDER --key key.json',
    'status publish --status FOLDER --key key.json --out www/status',
  ],
  options: {
    ...statusOptions,
    ...keyOptions,
    out: { value: 'FOLDER', help: 'Also writes each list to a file here, named as in its URL, for a web server.' },
    'former-issuer': {
      value: 'DID',
      help: 'The issuer that signed the lists until now, if that was a wrong key and the credentials are by yours.',
    },
    online: { help: 'Looks up the document of a did:web key, which must be published.' },
  },
  details:
    'Run it after changes, and at least every three days: a list is good for a week. The key must be that of the issuer.',
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const key = await readKey(args, terminal)
  const { folder } = statusFolderOf(args, 0)
  const formerIssuer = args.text('former-issuer')
  await assertIssuer(folder, key.controller, formerIssuer)
  const { registry, store, close } = await openStatus(folder, terminal)
  try {
    const lookUp = args.has('online') ? { resolveDid: online().resolveDid } : {}
    const items = await publish({ registry, key, ...lookUp, ...(formerIssuer !== undefined && { formerIssuer }) })
    if (items.length > 0) await keepIssuer(folder, key.controller)
    const out = args.text('out')
    for (const { list, url, version, outcome, changed } of items) {
      if (out !== undefined) {
        const published = await store.published(list)
        // The ids of lists are base64url: harmless as names of files.
        if (published) await writeWhole(join(out, list), published.credential, { force: true })
      }
      terminal.output.write(`${printable(url)}  version ${version}  ${outcome}  ${changed} changed\n`)
    }
    if (items.length === 0) terminal.error.write('There are no lists yet: the first credential opens one.\n')
    else if (out === undefined) {
      terminal.error.write(
        'They are in the folder of the lists; no file for a web server was written (--out FOLDER).\n',
      )
    }
    return exit.ok
  } finally {
    await close()
  }
}
