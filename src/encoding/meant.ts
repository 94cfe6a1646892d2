/** The name that a misspelt one was meant to be, in few bytes: programs for browsers carry it. */

/** Asks for the name that has most of its beginning in common with the word, three letters at least; says nothing where there is none. */
export function askMeant(word: string, names: readonly string[]): string {
  let question = ''
  let most = 2
  for (const name of names) {
    for (let at = name.length; at > most; at -= 1) {
      if (!word.startsWith(name.slice(0, at))) continue
      question = ` (did you mean "${name}"?)`
      most = at
    }
  }
  return question
}
