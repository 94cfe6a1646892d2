/** Runs the page's bundle in Node as if there were no Node: Node's crypto cannot be reached. Prints what it measured. */

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Page } from '../page.ts'

const [bundle = '', input = ''] = process.argv.slice(2)
Object.defineProperty(process, 'getBuiltinModule', { value: undefined })
// Browser builds ask for it.
Object.defineProperty(globalThis, 'self', { value: globalThis })
await import(pathToFileURL(bundle).href)
const { measureInPage } = globalThis as unknown as Page
const { text, contexts, effort } = JSON.parse(readFileSync(input, 'utf8'))
process.stdout.write(JSON.stringify(await measureInPage(text, contexts, effort)))
