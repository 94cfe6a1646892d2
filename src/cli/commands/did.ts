/** `did`: the DID of a key, the document of a DID, and the document to publish for a did:web. */

import { describe } from '../../encoding/json.ts'
import { createDidResolver, type Did, didJwk, didKey, didWebDocument, didWebUrl, online } from '../../index.ts'
import { type Args, type Command, CommandError, exit, usageError } from '../command.ts'
import { keyOptions, readKey } from '../keys.ts'
import { jsonText, printable, type Terminal } from '../terminal.ts'

export const didCommand: Command = {
  name: 'did',
  summary: 'prints the DID of a key, or the document of a DID',
  usage: [
    'did --key key.json',
    'did did:key:z6Mk…',
    'did did:web:school.example --online',
    'did --key key.json --web > did.json',
  ],
  options: {
    ...keyOptions,
    web: { help: 'Prints the document to publish for the did:web that the key belongs to (see keygen --id).' },
    online: { help: 'Looks did:web up over the network.' },
  },
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const [did] = args.words
  if (did !== undefined) return resolve(did, args, terminal)
  const key = await readKey(args, terminal)
  if (!args.has('web')) {
    terminal.output.write(`${printable(key.controller)}\n`)
    return exit.ok
  }
  const url = didWebUrl(key.controller)
  if (url === undefined) {
    throw usageError(
      `the key belongs to ${key.controller}, which is no did:web; testamur keygen --id did:web:…#key-1 makes one`,
    )
  }
  terminal.output.write(`${jsonText(didWebDocument({ did: key.controller, keys: [key] }), 2)}\n`)
  terminal.error.write(`Publish this at ${printable(url)}\n`)
  return exit.ok
}

async function resolve(did: string, args: Args, terminal: Terminal): Promise<number> {
  if (args.has('web') || args.text('key') !== undefined) throw usageError('give either a DID or a key, not both')
  if (!/^did:[a-z0-9]+:./.test(did)) throw usageError(`"${did}" is no DID; one begins like did:key:z6Mk…`)
  if (did.startsWith('did:web:') && !args.has('online')) {
    throw usageError('a did:web is looked up over the network, and nothing is fetched unless asked: add --online')
  }
  const find = args.has('online') ? online().resolveDid : createDidResolver({ key: didKey(), jwk: didJwk() })
  const document = await find(did as Did).catch((cause: unknown) => {
    throw new CommandError(exit.noInput, `${did}: ${describe(cause)}`, { cause })
  })
  if (!document) throw new CommandError(exit.data, `${did}: there is no document of this DID`)
  terminal.output.write(`${jsonText(document, 2)}\n`)
  return exit.ok
}
