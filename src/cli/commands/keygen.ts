/** `keygen`: makes a private key and keeps it in a file that only its owner can read. */

import {
  type Algorithm,
  type Did,
  exportKeyMultibase,
  exportKeyPem,
  generateKey,
  type KeyOptions,
} from '../../index.ts'
import { type Args, type Command, exit, required, usageError } from '../command.ts'
import { writeWhole } from '../files.ts'
import { writeKeyText } from '../keys.ts'
import { suggest } from '../suggestion.ts'
import { printable, type Terminal } from '../terminal.ts'

const algorithms: readonly Algorithm[] = ['Ed25519', 'P-256', 'P-384', 'RSA', 'Bls12381G2']
const forms = ['jwk', 'multibase', 'pem']

export const keygenCommand: Command = {
  name: 'keygen',
  summary: 'makes a key that signs, in a file of its own',
  usage: [
    'keygen --out key.json',
    'keygen --out key.json --algorithm P-256',
    'keygen --out key.json --id did:web:school.example#key-1',
  ],
  options: {
    out: { value: 'FILE', help: 'Where to put it. Only you can read the file (mode 600).' },
    algorithm: {
      value: 'NAME',
      help: `One of ${algorithms.join(', ')}. Default: Ed25519. RSA is for JWTs alone, Bls12381G2 for bbs-2023.`,
    },
    form: {
      value: 'NAME',
      help: 'jwk, multibase or pem. Default: jwk (Bls12381G2: multibase). PEM is encrypted if TESTAMUR_PASSPHRASE is set.',
    },
    id: { value: 'DID-URL', help: 'Its name in the document of your DID. Default: its own did:key (RSA: did:jwk).' },
    force: { help: 'Writes over a file that is there. What the old key signed can then never be signed again by it.' },
  },
  details: 'It prints the DID, which is not secret. Keep a copy of the file in a safe place: nobody can make it again.',
  words: [0, 0],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const out = required(args, 'out', 'a private key is never printed; name the file to keep it in')
  const algorithm = oneOf('algorithm', args.text('algorithm') ?? 'Ed25519', algorithms) as Algorithm
  const isBbs = algorithm === 'Bls12381G2'
  const form = oneOf('form', args.text('form') ?? (isBbs ? 'multibase' : 'jwk'), forms)
  if (isBbs && form !== 'multibase') throw usageError(`a key of Bls12381G2 has no ${form}; leave out --form`)
  const id = args.text('id')
  if (id !== undefined && form !== 'jwk') throw usageError(`--id can be kept only in a JWK, not in ${form}`)
  const place: KeyOptions = id === undefined ? {} : { id, controller: id.split('#')[0] as Did }
  const key = await generateKey({ algorithm, ...place })
  const passphrase = terminal.env['TESTAMUR_PASSPHRASE']
  const text =
    form === 'jwk'
      ? await writeKeyText(key, id === undefined)
      : form === 'pem'
        ? await exportKeyPem(key, passphrase ? { passphrase } : {})
        : `${await exportKeyMultibase(key)}\n`
  await writeWhole(out, text, { mode: 0o600, force: args.has('force') })
  terminal.output.write(`${printable(key.controller)}\n`)
  terminal.error.write(`The private key is in ${printable(out)}. Keep it secret, and keep a copy.\n`)
  return exit.ok
}

function oneOf(name: string, word: string, words: readonly string[]): string {
  const exact = words.find((each) => each.toLowerCase() === word.toLowerCase())
  if (exact !== undefined) return exact
  throw usageError(`--${name}: there is no "${word}"; ${suggest(word, words, `there are ${words.join(', ')}`)}`)
}
