/** What a command is: its words for people, its options, and what it does. One file in `commands/` each, and a row in `commands.ts`. */

import type { Terminal } from './terminal.ts'

/** How a command ended, as the exit code of the process (64 and more as in sysexits.h). */
export const exit = {
  /** Done; of `verify`: valid. */
  ok: 0,
  /** Of `verify`: invalid. Of others: done, but not all of it. */
  failed: 1,
  /** Of `verify`: indeterminate. */
  undecided: 2,
  /** The command line is wrong. */
  usage: 64,
  /** The input is not what the command takes. */
  data: 65,
  /** The input cannot be had. */
  noInput: 66,
  /** Something else went wrong. */
  trouble: 70,
  /** The output cannot be written. */
  noOutput: 73,
} as const

/** One option. Without `value` it is a switch. */
export interface OptionInfo {
  /** Name of its value in the help, such as `FILE`. */
  readonly value?: string
  /** It may be given several times. */
  readonly many?: boolean
  /** One sentence, with the default. */
  readonly help: string
}

/** What was written on the command line after the command's name. */
export interface Args {
  readonly words: readonly string[]
  /** The text of an option. */
  text(name: string): string | undefined
  /** All texts of an option that may be given several times. */
  texts(name: string): readonly string[]
  /** Whether a switch is there. */
  has(name: string): boolean
}

/** A command. */
export interface Command {
  /** One word, or two: `status publish`. */
  readonly name: string
  /** What it does, in a few words: the line in the list of commands. */
  readonly summary: string
  /** Lines as one would type them, without the program's name; the first one is shown for wrong use. */
  readonly usage: readonly string[]
  readonly options: Readonly<Record<string, OptionInfo>>
  /** What else is worth knowing. */
  readonly details?: string
  /** Number of words that it takes: least and most. */
  readonly words: readonly [least: number, most: number]
  /** Does it, and answers with the exit code. */
  run(args: Args, terminal: Terminal): Promise<number>
}

/** What goes wrong on the way, told in one message without a stack. */
export class CommandError extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** The command line is wrong: what is, and what would be right. */
export function usageError(message: string): CommandError {
  return new CommandError(exit.usage, message)
}

/** The text of an option that must be there. */
export function required(args: Args, name: string, what: string): string {
  const value = args.text(name)
  if (value !== undefined) return value
  throw usageError(`--${name} is missing: ${what}`)
}
