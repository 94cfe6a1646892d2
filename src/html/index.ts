/** `testamur/html`: reports and credentials as pages for people, and the languages. The public names, written out; there is no logic. */

export { arabic } from '../messages/arabic.ts'
export { english } from '../messages/english.ts'
export { french } from '../messages/french.ts'
export type { CheckWords, Explanation, Messages, Words } from '../messages/messages.ts'
export { portuguese } from '../messages/portuguese.ts'
export { spanish } from '../messages/spanish.ts'
export { type ToHtmlOptions, toHtml } from './to-html.ts'
