/** The help texts, written from the commands themselves. */

import type { Command } from './command.ts'

/** Column in which the words begin that explain a name. */
const COLUMN = 30

/** The list of all commands. */
export function helpForAll(commands: readonly Command[], version: string): string {
  return [
    `testamur ${version}: issues, presents and verifies learner records`,
    '',
    'Usage: testamur COMMAND …',
    '',
    ...commands.map(({ name, summary }) => row(name, summary)),
    '',
    'testamur COMMAND --help     what a command takes, with examples',
    'testamur --version          the version',
    '',
    'Exit codes: 0 done, or valid; 1 invalid, or not all was done; 2 indeterminate; 64 wrong use; 65 wrong input;',
    '66 no input; 70 other trouble; 73 the output cannot be written.',
    '',
  ].join('\n')
}

/** Everything about one command. */
export function helpFor(command: Command): string {
  const all: Command['options'] = { ...command.options, help: { help: 'Shows this.' } }
  const options = Object.entries(all)
  const lines = options.map(([name, { value, help }]) =>
    row(value === undefined ? `--${name}` : `--${name} ${value}`, help),
  )
  return [
    `testamur ${command.name}: ${command.summary}`,
    '',
    ...command.usage.map((line, index) => `${index === 0 ? 'Usage: ' : '       '}testamur ${line}`),
    '',
    ...lines,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
  ].join('\n')
}

/** The commands whose name begins with a word, such as `status`. */
export function helpForGroup(word: string, commands: readonly Command[]): string {
  return [
    `testamur ${word} has these commands:`,
    '',
    ...commands.map(({ name, summary }) => row(name, summary)),
    '',
  ].join('\n')
}

function row(name: string, words: string): string {
  return wrap(words, 118 - COLUMN)
    .map((line, index) => `  ${(index === 0 ? name : '').padEnd(COLUMN - 4)}  ${line}`)
    .join('\n')
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
