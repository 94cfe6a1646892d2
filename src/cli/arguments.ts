/** Reads a command line with `node:util` and says what is wrong with it, with the nearest word that would be right. */

import { parseArgs } from 'node:util'
import { describe } from '../encoding/json.ts'
import { type Args, type Command, usageError } from './command.ts'
import { suggest } from './suggestion.ts'

/** What follows the command's name. Throws a usage error for what the command does not know. */
export function readArguments(command: Command, given: readonly string[]): Args {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value, many }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: many === true },
    ]),
  )
  const { values, positionals, tokens } = parse(command, given, options)
  for (const token of tokens) if (token.kind === 'option') assertOption(command, token)
  assertOnce(command, tokens)
  const [least, most] = command.words
  if (positionals.length < least) {
    const [what] = (command.usage[0] ?? '').slice(command.name.length + 1).split(' ')
    throw usageError(`${command.name}: ${what} is missing after the command`)
  }
  if (positionals.length > most) {
    throw usageError(`${command.name}: "${positionals[most]}" is one word too many`)
  }
  const valueNamed = (name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined)
  return {
    words: positionals,
    text: (name) => valueNamed(name) as string | undefined,
    texts: (name) => (valueNamed(name) ?? []) as readonly string[],
    has: (name) => valueNamed(name) === true,
  }
}

type Parsed = ReturnType<typeof parseArgs<{ strict: false; allowPositionals: true; tokens: true }>>
type Token = Parsed['tokens'][number]
type OptionToken = Token & { readonly kind: 'option' }
type Configuration = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/** Not strict: the words for what is wrong are ours. */
function parse(command: Command, given: readonly string[], options: Configuration): Parsed {
  try {
    return parseArgs({ args: [...given], options, strict: false, allowPositionals: true, tokens: true }) as Parsed
  } catch (cause) {
    throw usageError(`${command.name}: ${describe(cause)}`)
  }
}

function assertOption(command: Command, { name, rawName, value, inlineValue }: OptionToken): void {
  const info = Object.hasOwn(command.options, name) ? command.options[name] : undefined
  if (!info) {
    const names = Object.keys(command.options)
    const right = suggest(name, names, `see testamur ${command.name} --help`, (meant) => `--${meant}`)
    throw usageError(`${command.name}: there is no option ${rawName}; ${right}`)
  }
  if (info.value === undefined && value !== undefined) {
    throw usageError(`${command.name}: --${name} takes no value; write --${name} alone`)
  }
  if (info.value === undefined) return
  if (value === undefined || value === '') {
    throw usageError(`${command.name}: --${name} needs a value: --${name} ${info.value}`)
  }
  if (!inlineValue && value.startsWith('--')) {
    throw usageError(`${command.name}: --${name} needs a value before ${value}: --${name} ${info.value}`)
  }
}

function assertOnce(command: Command, tokens: readonly Token[]): void {
  const seen = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option' || command.options[token.name]?.many) continue
    if (seen.has(token.name)) throw usageError(`${command.name}: --${token.name} is there twice; give it once`)
    seen.add(token.name)
  }
}
