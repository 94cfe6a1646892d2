// Measures the SDK by other people's vectors and documents, one line a set. Exit code 1 when any differs.
// `npm run oracle -- wycheproof` runs only the sets whose name begins so.

import { hasOracle } from '../test/helpers/oracle.ts'
import { countUnsupported, type SetResult } from '../test/oracle/result.ts'
import { sets } from '../test/oracle/sets.ts'

const wanted = process.argv[2] ?? ''

if (!hasOracle) {
  console.log('oracle: the folder ../shared/oracle is not there; nothing was measured')
} else {
  const total = { agree: 0, differ: 0, unsupported: 0 }
  for (const run of sets) {
    for (const result of [await run()].flat().filter(({ name }) => name.startsWith(wanted))) {
      print(result)
      total.agree += result.agree
      total.differ += result.differ.length
      total.unsupported += countUnsupported(result)
    }
  }
  console.log(`total: ${total.agree} agree, ${total.differ} differ, ${total.unsupported} not supported yet`)
  if (total.differ > 0) process.exitCode = 1
}

function print(result: SetResult): void {
  const { name, agree, differ } = result
  console.log(`${name}: ${agree} agree, ${differ.length} differ, ${countUnsupported(result)} not supported yet`)
  for (const difference of differ) console.log(`  differs: ${difference}`)
  const reasons = [...result.unsupported].map(([reason, count]) => `${count} ${reason}`)
  if (reasons.length > 0) console.log(`  not supported yet: ${reasons.join(', ')}`)
}
