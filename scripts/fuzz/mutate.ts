/** Texts made by chance from good ones, the same for the same seed. */

/** A source of numbers from 0 up to a bound (mulberry32). */
export function dice(seed: number): (bound: number) => number {
  let state = seed >>> 0
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound)
  }
}

const pieces = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '0',
  '1',
  '-',
  '.',
  'e',
  'Z',
  'z',
  '~',
  '/',
  '#',
  '\u0000',
  '\ud800',
  '\u00e9',
  '\\u',
  '__proto__',
  '9'.repeat(20),
  ' ',
  '=',
  '\n',
]

/** The text after a few changes: a piece put in, taken out, repeated, or replaced. */
export function mutate(text: string, roll: (bound: number) => number): string {
  let result = text
  for (let changes = 1 + roll(4); changes > 0; changes -= 1) {
    const at = roll(result.length + 1)
    const end = at + roll(6)
    const piece = pieces[roll(pieces.length)] ?? ''
    const middle = [piece, '', result.slice(at, end).repeat(2), piece.repeat(1 + roll(40))][roll(4)] ?? ''
    result = result.slice(0, at) + middle + result.slice(roll(2) === 0 ? at : end)
  }
  return result
}
