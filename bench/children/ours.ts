/** Verifies one file so many times, then prints the most memory that the process had (kilobytes). */

import { readFileSync } from 'node:fs'
import { verify } from 'testamur'
import { peakMemory } from '../peak-memory.ts'

const [file = '', times = '1'] = process.argv.slice(2)
const credential = readFileSync(file, 'utf8')
for (let run = 0; run < Number(times); run += 1) {
  const report = await verify({ credential })
  if (!report.verified) throw new Error('the credential is not valid')
}
process.stdout.write(`${peakMemory()}\n`)
