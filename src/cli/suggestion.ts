/** What would be right in place of a word that is not known. */

import { nearest } from '../jsonld/nearest.ts'

/** The nearest of the words as a question, or what is said where none is near. `show` is how it is written. */
export function suggest(
  word: string,
  words: Iterable<string>,
  otherwise: string,
  show: (meant: string) => string = (meant) => meant,
): string {
  const meant = nearest(word, words)
  return meant === undefined ? otherwise : `did you mean ${show(meant)}?`
}
