/** Nothing: Node's own start and size. */

import { peakMemory } from '../peak-memory.ts'

process.stdout.write(`${peakMemory()}\n`)
