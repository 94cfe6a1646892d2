/**
 * The named steps at which a worker can be told to die. They lie in what the worker hands to the store, or around the store: the
 * package itself knows nothing of them.
 */

import type { StatusStore } from 'testamur'
import type { Engine, Wrap } from '../../test/helpers/engines.ts'

/** Where a process dies. `link` steps are those of the file store (`dying-fs.ts`). */
export type Step = 'after insert' | 'after commit' | 'after sign' | 'after publish' | 'before link' | 'after link'

/** The steps that each engine goes through. */
export const stepsOf: Readonly<Record<Engine, readonly Step[]>> = {
  file: ['before link', 'after link', 'after commit', 'after sign', 'after publish'],
  sqlite: ['after insert', 'after commit', 'after sign', 'after publish'],
  postgres: ['after insert', 'after commit', 'after sign', 'after publish'],
}

let armed: Step | undefined

/** From now on the process dies at this step. */
export function arm(step: Step): void {
  armed = step
}

/** The process is here. */
export function pass(step: Step): void {
  if (armed === step) process.kill(process.pid, 'SIGKILL')
}

/** A store whose callers may die before its answer reaches them, or before it is asked. */
export function dyingStore(store: StatusStore): StatusStore {
  return {
    ...store,
    allocate: async (request) => {
      const answer = await store.allocate(request)
      pass('after commit')
      return answer
    },
    change: async (request) => {
      const answer = await store.change(request)
      pass('after commit')
      return answer
    },
    publish: async (published, event) => {
      pass('after sign')
      const answer = await store.publish(published, event)
      pass('after publish')
      return answer
    },
  }
}

/** Databases whose process dies when everything is written and nothing is committed. */
export const dyingDatabases: Wrap = {
  sqlite: (database) => ({
    prepare: (sql) => database.prepare(sql),
    exec: (sql) => {
      if (sql === 'COMMIT') pass('after insert')
      return database.exec(sql)
    },
  }),
  postgres: (client) => ({
    query: (text, parameters) => {
      const answer = client.query(text, parameters)
      // The server has the statement and works on it, or is about to: nobody will hear what came of it.
      if (/\.(allocate|change|publish)\(/.test(text)) setImmediate(() => setImmediate(() => pass('after insert')))
      return answer
    },
  }),
}
