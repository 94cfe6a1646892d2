/** What the functions say, in the words of the command line: options for what a program would hand in, no names of functions. */

import { formatNames } from './formats.ts'

/** `eddsaRdfc2022` for `eddsa-rdfc-2022`: what the function of a format is called. */
function functionOf(format: string): string {
  const camel = format.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return `${camel.charAt(0).toLowerCase()}${camel.slice(1)}`
}

const words: readonly (readonly [RegExp, string])[] = [
  [/\bgive format, such as (?=\w+\(\))/g, 'give '],
  [/\bsuch as format: (?=\w+\(\))/g, 'such as '],
  ...formatNames.map((name) => [new RegExp(`\\b${functionOf(name)}\\(\\)`, 'g'), `--format ${name}`] as const),
  [/^(?:issue|present|presentSdJwt|disclose|publish|allocate|setMany|history|createStatusRegistry): /, ''],
  [/\baddProof adds one, and issue takes it without its proof/, 'take its proof out to sign it anew'],
  [/\bnothing is fetched unless "fetchJson" is given/, 'nothing is fetched without --online'],
  [/\bno loadStatusList was given/, 'nothing is fetched without --online'],
  [/\bgive resolveDid\b/, 'add --online, which looks it up'],
  [/\bgive formerIssuer: "([^"]*)"/, 'add --former-issuer $1'],
  // As words of their own: ids are quoted as they are.
  [/(?<=^| )maxStatusAge\b/g, '--max-status-age'],
  [/(?<=^| )mandatoryPointers\b/g, '--mandatory'],
  [/, unless acceptProofPurpose takes it/, ', unless --accept-assertion is given'],
  [/\bor withoutChallenge\b/, 'or --without-challenge'],
]

/** One message of a function, as it reads on the command line. */
export function inCommandWords(message: string): string {
  return words.reduce((text, [pattern, word]) => text.replace(pattern, word), message)
}

/** A number and what it counts: `1 row is`, `2 rows are`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
