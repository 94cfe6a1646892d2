/** From a command line to an exit code: finds the command, reads its arguments, runs it, and tells what went wrong. */

import { describe } from '../encoding/json.ts'
import { isCredentialError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, CommandError, exit } from './command.ts'
import { commands } from './commands.ts'
import { helpFor, helpForAll, helpForGroup } from './help.ts'
import { isPrivateKey, neverTyped } from './private-key.ts'
import { suggest } from './suggestion.ts'
import { painter, printable, printableLines, type Terminal } from './terminal.ts'
import { version } from './version.ts'
import { inCommandWords } from './wording.ts'

/** Runs one command line (without the program's name). Never throws. */
export async function run(given: readonly string[], terminal: Terminal): Promise<number> {
  const [first, second] = given
  const command = find(first, second)
  const asksHelp = given.includes('--help') || given.includes('-h') || first === 'help'
  if (command && asksHelp) return say(terminal, helpFor(command))
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length > 0 && !command && (asksHelp || second === undefined))
    return say(terminal, helpForGroup(String(first), group))
  if (first === '--version' || first === '-v') return say(terminal, `${version}\n`)
  if (first === 'help' && second !== undefined) return run([...given.slice(1), '--help'], terminal)
  if (asksHelp) return say(terminal, helpForAll(commands, version))
  if (first === undefined) {
    terminal.error.write(helpForAll(commands, version))
    return exit.usage
  }
  if (given.some((word) => isPrivateKey(word.replace(/^--[\w-]+=/, '')))) return refuse(terminal, neverTyped, undefined)
  if (!command) return refuse(terminal, unknownCommand(first, second, group), undefined)
  try {
    return await command.run(readArguments(command, given.slice(command.name.split(' ').length)), terminal)
  } catch (error) {
    return tell(terminal, command, error)
  }
}

function find(first: string | undefined, second: string | undefined): Command | undefined {
  return commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first)
}

function say(terminal: Terminal, text: string): number {
  terminal.output.write(text)
  return exit.ok
}

function unknownCommand(first: string, second: string | undefined, group: readonly Command[]): string {
  const word = group.length > 0 ? `${first} ${second}` : first
  const names = (group.length > 0 ? group : commands).map(({ name }) => name)
  const right = suggest(word, names, 'testamur --help lists them', (meant) => `testamur ${meant}`)
  return `there is no command "${word}"; ${right}`
}

function tell(terminal: Terminal, command: Command, error: unknown): number {
  if (error instanceof CommandError) {
    if (error.exitCode === exit.usage) return refuse(terminal, error.message, command)
    complain(terminal, error.message)
    return error.exitCode
  }
  if (isCredentialError(error)) {
    complain(terminal, inCommandWords(error.message))
    // Most errors tell their findings themselves.
    for (const { path, message } of error.findings.filter((each) => !error.message.includes(each.message)))
      terminal.error.write(`  ${printable(inCommandWords(`${path || '/'}: ${message}`))}\n`)
    terminal.error.write(`testamur explain ${error.code} tells more.\n`)
    return error.code === 'OPTION_INVALID' ? exit.usage : error.code.startsWith('STORE_') ? exit.trouble : exit.data
  }
  complain(terminal, describe(error))
  return exit.trouble
}

/** What is wrong, the right line, and where there is more. */
function refuse(terminal: Terminal, message: string, command: Command | undefined): number {
  complain(terminal, message)
  if (command) {
    const { name, usage } = command
    terminal.error.write(`Usage: testamur ${usage[0]}\ntestamur ${name} --help tells more.\n`)
  }
  return exit.usage
}

function complain(terminal: Terminal, message: string): void {
  terminal.error.write(`${painter(terminal.error, terminal.env)('red', 'testamur:')} ${printableLines(message)}\n`)
}
