/**
 * Polls what is served, as verifiers do, until it is told to stop. Each version is verified once and written down with the time at
 * which it was first seen; whatever is wrong with it is written down too.
 */

import { appendFileSync } from 'node:fs'
import { statusListHandler, verify } from 'testamur'
import { connect, type Engine } from '../../test/helpers/engines.ts'
import { moment } from './journal.ts'

/** What the parent says. */
export interface Reading {
  readonly engine: Engine
  readonly place: string
  readonly seen: string
}

/** A version that was served. `problem` says why it should not have been. */
export interface Seen {
  readonly at: number
  readonly list: string
  readonly version: number
  readonly encodedList: string
  readonly problem?: string
}

interface Last {
  readonly version: number
  readonly validFrom: string
  readonly text: string
}

const { engine, place, seen } = JSON.parse(process.argv[2] ?? '{}') as Reading
const { store, close } = connect(engine, place)
const handle = statusListHandler({ store })
const last = new Map<string, Last>()
let stopped = false
process.on('message', () => {
  stopped = true
})

// Once more after the end, so that the last version is read also where all was over before this process had begun.
for (let isLast = false; !isLast; await new Promise((resolve) => setTimeout(resolve, 5))) {
  isLast = stopped
  for (const { id } of await store.lists('default')) await look(id)
}
await close()
process.disconnect?.()

async function look(list: string): Promise<void> {
  const kept = await store.published(list)
  if (!kept) return
  const at = moment()
  const before = last.get(list)
  const served = await (await handle(new Request(`https://school.example/status/${list}`))).text()
  if (before && before.version === kept.version && before.text === kept.credential) return
  const problem = await problemOf(served, kept.credential, kept.version, kept.validFrom, before)
  last.set(list, { version: kept.version, validFrom: kept.validFrom, text: kept.credential })
  const { credentialSubject } = JSON.parse(kept.credential) as { credentialSubject: { encodedList: string } }
  const line: Seen = {
    at,
    list,
    version: kept.version,
    encodedList: credentialSubject.encodedList,
    ...(problem && { problem }),
  }
  appendFileSync(seen, `${JSON.stringify(line)}\n`)
}

async function problemOf(
  served: string,
  kept: string,
  version: number,
  validFrom: string,
  before: Last | undefined,
): Promise<string | undefined> {
  for (const credential of new Set([served, kept])) {
    const report = await verify({ credential })
    if (!report.verified) return `version ${version} is torn or unsigned: ${JSON.stringify(report.checks)}`
  }
  if (!before) return undefined
  if (version < before.version) return `version ${version} was served after version ${before.version}`
  if (version === before.version) return `version ${version} was served with two texts`
  if (validFrom < before.validFrom) return `version ${version} looks older than version ${before.version}`
  return undefined
}
