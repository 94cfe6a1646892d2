/** What every store of status lists must do. */

import { PGlite } from '@electric-sql/pglite'
import { memoryStatusStore, type StatusStore } from 'testamur'
import { postgresStatusStore } from 'testamur/stores/postgres'
import { statusStoreContract } from 'testamur/testing'
import { afterAll, describe, it } from 'vitest'
import { type Connection, connect, createPlace, type Engine, missing } from '../helpers/engines.ts'

/** Each call of what `make` gives is another connection to the same lists. */
interface Kind {
  readonly name: string
  readonly why: string | undefined
  readonly make: () => { readonly connect: () => StatusStore; readonly remove: () => Promise<void> }
}

const kinds: readonly Kind[] = [
  { name: 'memoryStatusStore', why: undefined, make: () => alone(memoryStatusStore()) },
  {
    name: 'postgresStatusStore on PGlite',
    why: undefined,
    make: () => {
      const client = new PGlite()
      return alone(postgresStatusStore(client), () => client.close())
    },
  },
  ...(['file', 'sqlite', 'postgres'] as const).map((engine) => ({
    name: `${engine}StatusStore`,
    why: missing(engine),
    make: () => shared(engine),
  })),
]

for (const { name, why, make } of kinds) {
  describe.skipIf(why)(why === undefined ? name : `${name} (${why})`, () => {
    if (why !== undefined) {
      it('cannot be tried here', () => {})
      return
    }
    const { connect, remove } = make()
    afterAll(remove)
    for (const { name: what, run } of statusStoreContract) it(what, () => run(connect))
  })
}

function alone(store: StatusStore, close: () => Promise<void> = async () => {}): ReturnType<Kind['make']> {
  return { connect: () => store, remove: close }
}

function shared(engine: Engine): ReturnType<Kind['make']> {
  const { place, remove } = createPlace(engine)
  const connections: Connection[] = []
  return {
    connect: () => {
      const connection = connect(engine, place)
      connections.push(connection)
      return connection.store
    },
    remove: async () => {
      for (const { close } of connections) await close()
      await remove()
    },
  }
}
