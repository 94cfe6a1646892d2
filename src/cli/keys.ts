/** Private keys: from a file that nobody else can read, or from the environment; never from an argument, which others can see. */

import { stat } from 'node:fs/promises'
import process from 'node:process'
import { CredentialError, type Did, exportKey, importKey, type Key, type PublishedJwk } from '../index.ts'
import { type Args, CommandError, exit, type OptionInfo, usageError } from './command.ts'
import { quoted, readBytes, reason } from './files.ts'
import { neverTyped } from './private-key.ts'
import type { Terminal } from './terminal.ts'

/** The options that name a key. */
export const keyOptions: Readonly<Record<string, OptionInfo>> = {
  key: { value: 'FILE', help: 'The private key: JWK, Multikey or PEM. Default: the key in the variable TESTAMUR_KEY.' },
}

/** What `keygen` writes: a private JWK, and where it lives when that is not its own did:key. */
export type KeyFile = PublishedJwk & { readonly id?: string; readonly controller?: string }

/** The key that the command line or the environment names. */
export async function readKey(args: Args, terminal: Terminal): Promise<Key> {
  const file = args.text('key')
  const text = file === undefined ? terminal.env['TESTAMUR_KEY'] : await readKeyFile(file)
  if (text === undefined || text === '') {
    throw usageError('a key is missing: give --key FILE, or set TESTAMUR_KEY; testamur keygen makes one')
  }
  const key = await parseKey(text, file ?? 'TESTAMUR_KEY', terminal.env['TESTAMUR_PASSPHRASE'])
  // What is no key may be read by everybody.
  if (file !== undefined) await assertPrivate(file)
  return key
}

/** Text of a key file, for those who write one. */
export async function writeKeyText(key: Key, isOwn: boolean): Promise<string> {
  const place = isOwn ? {} : { id: key.id, controller: key.controller }
  return `${JSON.stringify({ ...place, ...(await exportKey(key)) }, undefined, 2)}\n`
}

async function readKeyFile(file: string): Promise<string> {
  if (/^\s*(\{|z[1-9A-HJ-NP-Za-km-z]{40,}|-----BEGIN )/.test(file)) {
    throw usageError(neverTyped)
  }
  return new TextDecoder().decode(await readBytes(file))
}

/** Refuses a key that others on this machine can read. Windows has no such modes. */
async function assertPrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const { mode } = await stat(file)
    if ((mode & 0o077) === 0) return
    const shown = (mode & 0o777).toString(8)
    throw new CommandError(
      exit.data,
      `${file} can be read by others (mode ${shown}), and holds a private key: chmod 600 ${quoted(file)}`,
    )
  } catch (cause) {
    if (cause instanceof CommandError) throw cause
    throw new CommandError(exit.noInput, `${file} cannot be read: ${reason(cause)}`, { cause })
  }
}

async function parseKey(text: string, source: string, passphrase: string | undefined): Promise<Key> {
  const withPassphrase = passphrase === undefined ? {} : { passphrase }
  try {
    if (!text.trimStart().startsWith('{')) return await importKey(text.trim(), withPassphrase)
    const { id, controller, ...jwk } = parseJson(text) as KeyFile
    return await importKey(jwk, {
      ...(id !== undefined && { id }),
      ...(controller !== undefined && { controller: controller as Did }),
    })
  } catch (cause) {
    const why = cause instanceof CredentialError ? cause.message.replace(/^importKey: /, '') : 'it cannot be read'
    const hint = /passphrase/.test(why) ? '; the passphrase is read from TESTAMUR_PASSPHRASE' : ''
    // No cause: what it quotes may be a part of the key.
    throw new CommandError(exit.data, `${source}: ${why}${hint}`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CredentialError('KEY_MALFORMED', 'the key is not JSON, though it begins like it')
  }
}
