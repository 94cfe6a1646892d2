/** `explain`: what a code means, why it exists, and what to do. */

import { type ProblemCode, problemType } from '../../index.ts'
import type { Explanation } from '../../messages/messages.ts'
import { type Args, type Command, exit, usageError } from '../command.ts'
import { languageOption, messagesFor } from '../languages.ts'
import { suggest } from '../suggestion.ts'
import { painter, type Terminal } from '../terminal.ts'

export const explainCommand: Command = {
  name: 'explain',
  summary: 'says what a code means, why it exists and what to do',
  usage: ['explain CODE', 'explain', 'explain REVOKED --lang fr'],
  options: languageOption,
  details: 'Without a code it lists them all.',
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const [word] = args.words
  const messages = messagesFor(args, terminal)
  const problems: ReadonlyMap<string, Explanation> = new Map(Object.entries(messages.problems))
  const errors: ReadonlyMap<string, Explanation> = new Map(Object.entries(messages.errors))
  const paint = painter(terminal.output, terminal.env)
  if (word === undefined) {
    const list = (texts: ReadonlyMap<string, Explanation>) =>
      [...texts].map(([code, [means]]) => `  ${code.padEnd(28)}${means}`)
    terminal.output.write(
      [
        paint('bold', 'In reports:'),
        ...list(problems),
        '',
        paint('bold', 'Thrown for a mistake of the caller:'),
        ...list(errors),
        '',
      ].join('\n'),
    )
    return exit.ok
  }
  const code = word.toUpperCase()
  const [problem, error] = [problems.get(code), errors.get(code)]
  if (!problem && !error) {
    const right = suggest(code, new Set([...problems.keys(), ...errors.keys()]), 'testamur explain lists them')
    throw usageError(`there is no code "${word}"; ${right}`)
  }
  const type = problem && problemType(code as ProblemCode)
  const text = (where: string, [means, why, act]: Explanation) =>
    [
      paint('bold', `${code}, ${where}`),
      `  ${messages.words.meaning}: ${means}`,
      `  ${messages.words.why}: ${why}`,
      `  ${messages.words.act}: ${act}`,
    ].join('\n')
  const parts = [
    ...(problem ? [`${text('in a report', problem)}${type ? `\n  W3C problem: ${type}` : ''}`] : []),
    ...(error ? [text('thrown as CredentialError', error)] : []),
  ]
  terminal.output.write(`${parts.join('\n\n')}\n`)
  return exit.ok
}
