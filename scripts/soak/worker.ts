/**
 * One life of a worker: allocates, sets, unsets and publishes, one operation after the other, and journals what was acknowledged.
 * Its parent tells it at which operation to die, and how.
 */

import { createStatusRegistry, generateKey, publish } from 'testamur'
import { connect, type Engine } from '../../test/helpers/engines.ts'
import { countDone, type Line, moment, openJournal, readJournal } from './journal.ts'
import { arm, dyingDatabases, dyingStore, type Step } from './steps.ts'

/** What the parent says. */
export interface Life {
  readonly engine: Engine
  readonly place: string
  readonly journal: string
  readonly worker: number
  /** Number of operations at which the worker's work is done. */
  readonly operations: number
  /** Absent in the last life. `step` absent: the parent kills, at any time. */
  readonly death?: { readonly at: number; readonly step?: Step }
}

/** Credentials that all workers ask for, so that they meet. */
const SHARED = 500

const life = JSON.parse(process.argv[2] ?? '{}') as Life
const { store, close } = connect(life.engine, life.place, dyingDatabases)
const registry = createStatusRegistry({
  store: dyingStore(store),
  url: 'https://school.example/status',
  purposes: ['suspension'],
})
const key = await generateKey({ seed: new Uint8Array(32).fill(7) })
const before = readJournal(life.journal)
const journal = openJournal(life.journal)

/** Own credentials and their last acknowledged values. */
const mine = new Map<string, number>()
for (const line of before) {
  if (line[0] === 'allocated') for (const [id] of line[2]) if (isMine(id)) mine.set(id, 0)
  if (line[0] === 'set') mine.set(line[2], line[3])
}
let names = 0
let done = countDone(before)

while (done < life.operations) {
  const { death } = life
  const overdue = death === undefined ? -1 : done - death.at
  if (death && overdue >= 0) {
    if (death.step && overdue < 20) arm(death.step)
    else process.send?.('kill me')
  }
  // A worker that is to die while it publishes must have something to publish.
  const publishes = overdue >= 0 && (death?.step === 'after sign' || death?.step === 'after publish')
  const chance = Math.random()
  if (publishes) {
    while (mine.size === 0) await allocateSome()
    await setOne()
    await publishAll()
  } else if (mine.size === 0 || chance < 0.5) await allocateSome()
  else if (chance < 0.99) await setOne()
  else await publishAll()
}
// By chance none of all these may have published: there is to be something that readers can see.
await publish({ registry, key })

journal.close()
await close()
process.disconnect?.()

async function allocateSome(): Promise<void> {
  const chance = Math.random()
  const shared = `urn:soak:shared:${Math.floor(Math.random() * SHARED)}`
  const ids = chance < 0.2 ? [shared] : Array.from({ length: chance < 0.3 ? 3 : 1 }, newName)
  const entries = await Promise.all(ids.map((id) => registry.allocate({ id })))
  const places = entries.map(([entry], at) => {
    const list = entry?.statusListCredential.split('/').at(-1) as string
    return [ids[at] as string, list, Number(entry?.statusListIndex)] as const
  })
  acknowledge(['allocated', moment(), places])
  for (const id of ids) if (isMine(id)) mine.set(id, 0)
}

async function setOne(): Promise<void> {
  const ids = [...mine.keys()]
  const id = ids[Math.floor(Math.random() * ids.length)] ?? ''
  const value = mine.get(id) === 0 ? 1 : 0
  journal.write(['try', moment(), id, value])
  if (value === 1) await registry.set({ credentialId: id })
  else await registry.unset({ credentialId: id })
  acknowledge(['set', moment(), id, value])
  mine.set(id, value)
}

async function publishAll(): Promise<void> {
  const began = moment()
  for (const { list, version } of await publish({ registry, key })) {
    acknowledge(['published', moment(), began, list, version])
  }
}

function acknowledge(line: Line): void {
  journal.write(line)
  done += 1
}

function newName(): string {
  names += 1
  return `urn:soak:${life.worker}:${process.pid}-${names}`
}

function isMine(id: string): boolean {
  return id.startsWith(`urn:soak:${life.worker}:`)
}
