/** The same as `ours.ts`, by the reference. The contexts come from a file. */

import { readFileSync } from 'node:fs'
import { peakMemory } from '../peak-memory.ts'
import { type Contexts, createReference } from '../reference.ts'

const [file = '', times = '1', contexts = ''] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
const reference = await createReference(JSON.parse(readFileSync(contexts, 'utf8')) as Contexts)
for (let run = 0; run < Number(times); run += 1) await reference.verify(text)
process.stdout.write(`${peakMemory()}\n`)
