// A handler of Fetch behind Node's own http server.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export async function serve(handle: (request: Request) => Promise<Response>): Promise<{
  readonly url: string
  readonly close: () => Promise<void>
}> {
  const server = createServer(async (request, answer) => {
    const { method = 'GET', url = '/' } = request
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const response = await handle(new Request(new URL(url, 'http://127.0.0.1'), { method, headers }))
    answer.writeHead(response.status, Object.fromEntries(response.headers))
    answer.end(new Uint8Array(await response.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
