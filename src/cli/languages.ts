/** In which language the program speaks where it can: as `--lang` says, else as the system does, else in English. */

import { arabic, english, french, type Messages, portuguese, spanish } from '../html/index.ts'
import { type Args, type OptionInfo, usageError } from './command.ts'
import { suggest } from './suggestion.ts'
import type { Terminal } from './terminal.ts'

const languages: ReadonlyMap<string, Messages> = new Map([
  ['en', english],
  ['es', spanish],
  ['fr', french],
  ['pt', portuguese],
  ['ar', arabic],
])

/** The option of commands that speak several languages. */
export const languageOption: Readonly<Record<string, OptionInfo>> = {
  lang: { value: 'LANGUAGE', help: 'en, es, fr, pt or ar. Default: that of the system (LC_ALL, LANG), else en.' },
}

/** The words of the language. */
export function messagesFor(args: Args, { env }: Terminal): Messages {
  const asked = args.text('lang')
  if (asked === undefined) return named(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ?? english
  const found = named(asked)
  if (found) return found
  const right = suggest(asked, languages.keys(), `write one of ${[...languages.keys()].join(', ')}`)
  throw usageError(`--lang: "${asked}" is no language that is spoken here; ${right}`)
}

/** By its name, also with a country and an encoding after it, such as `pt_BR.UTF-8`. */
function named(name: string): Messages | undefined {
  return languages.get(name.split(/[-_.@]/)[0]?.toLowerCase() ?? '')
}
