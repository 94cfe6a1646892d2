/** Allocates places until the time is over: engine, place, how many at once, seconds. Says when it is ready, and then its rate. */

import { once } from 'node:events'
import { createStatusRegistry } from 'testamur'
import { connect, type Engine } from '../../test/helpers/engines.ts'

const [engine = 'file', place = '', batch = '1', seconds = '5'] = process.argv.slice(2)
const { store, close } = connect(engine as Engine, place)
const registry = createStatusRegistry({ store, url: 'https://school.example/status', length: 1_048_576 })
const newIds = () => Array.from({ length: Number(batch) }, () => `urn:uuid:${crypto.randomUUID()}`)

await registry.allocateMany(newIds())
process.send?.('ready')
await once(process, 'message')

const start = performance.now()
let count = 0
while (performance.now() - start < Number(seconds) * 1_000) {
  await registry.allocateMany(newIds())
  count += Number(batch)
}
process.send?.((count * 1_000) / (performance.now() - start))
await close()
process.disconnect()
