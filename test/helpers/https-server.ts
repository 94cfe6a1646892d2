/** A server on the loopback address that speaks TLS under made-up names, and the way to it past the guard, which refuses it. */

import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from '../../src/adapters/certificate.ts'
import { type NodeTransportOptions, nodeTransport } from '../../src/network/node.ts'
import type { Transport } from '../../src/network/transport.ts'

/** A running server. Dispose of it with `await using`, or call `close`. */
export interface TestServer {
  readonly port: number
  readonly requests: () => number
  /** Requests to it: every name leads to the loopback address, which is accepted. Options change that. */
  transport(options?: NodeTransportOptions): Transport
  close(): Promise<void>
}

/** Starts a server that answers for these hosts. */
export async function startServer(listener: RequestListener, ...hosts: readonly string[]): Promise<TestServer> {
  const { key, cert } = selfSigned(...hosts)
  let requests = 0
  const server = createServer({ key, cert }, (request, response) => {
    requests += 1
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    transport: (options = {}) => {
      const transport = nodeTransport({
        lookUp: async () => ['127.0.0.1'],
        acceptAddress: () => true,
        ca: cert,
        ...options,
      })
      if (!transport) throw new Error('the tests run in Node')
      return transport
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
