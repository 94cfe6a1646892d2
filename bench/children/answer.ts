/** Serves the VC API until it is told to end. Says its port and a credential of its own, and how much memory it has when it is asked. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKey, issue, openBadge } from 'testamur'
import { httpHandler, toNodeListener, withoutAuthentication } from 'testamur/http'

const key = await generateKey()
const handle = httpHandler({ authenticate: withoutAuthentication, tenant: { issuer: { key } } })
const server = createServer(toNodeListener(handle)).listen(0, '127.0.0.1')
await once(server, 'listening')

const draft = openBadge({
  name: 'First aid',
  recipient: { id: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' },
  achievement: { name: 'First aid', description: 'Gives first aid.', criteria: 'Passed the practical exam.' },
})
process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ rss, heapUsed })
})
process.send?.({
  port: (server.address() as AddressInfo).port,
  draft,
  badge: await issue({ key, credential: draft }),
})
