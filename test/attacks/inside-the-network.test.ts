/** Attack: a record names an issuer whose host leads into the verifier's own network, so that the verifier asks a machine there. */

import { afterAll, expect, it } from 'vitest'
import { nodeTransport } from '../../src/network/node.ts'
import type { Transport } from '../../src/network/transport.ts'
import { createOnline } from '../../src/online.ts'
import { judge, plainCredential, withProof } from '../helpers/fixtures.ts'
import { startServer } from '../helpers/https-server.ts'
import { webDocument, webKey } from '../helpers/web-school.ts'

const server = await startServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(documentOf(own)))
}, 'school.example')
const own = `did:web:school.example%3A${server.port}`
afterAll(() => server.close())

function documentOf(did: string): object {
  return JSON.parse(JSON.stringify(webDocument).replaceAll(webDocument.id, did)) as object
}

/** What stands against a record of this issuer, and how often the server was asked. */
async function judged(did: `did:${string}:${string}`, transport: Transport, ports = [443, server.port]) {
  const before = server.requests()
  const key = { ...webKey, controller: did, id: webKey.id.replace(webDocument.id, did), sign: webKey.sign }
  const about = { id: 'urn:uuid:5f0c9a10-6f9e-4b1c-8a52-1d6d3f2f7e02', issuer: did, validFrom: '2026-09-01T00:00:00Z' }
  const credential = await withProof(plainCredential(about), key)
  const codes = await judge(credential, createOnline({ ports }, transport))
  return [...codes, server.requests() - before]
}

const guarded = (...addresses: readonly string[]) =>
  nodeTransport({ lookUp: async () => addresses }) ?? expect.unreachable('the tests run in Node')

it.each([
  ['127.0.0.1'],
  ['10.0.0.7'],
  ['169.254.169.254'],
  ['100.100.100.200'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['64:ff9b::7f00:1'],
  ['fd00:ec2::254'],
  ['8.8.8.8', '127.0.0.1'],
])('a name that leads to %s is not asked', async (...addresses) => {
  expect(await judged(own as 'did:web:x', guarded(...addresses))).toEqual(['KEY_UNAVAILABLE', 0])
})

it.each(['localhost', 'localhost%3A8443', 'printer.local', 'metadata.google.internal', 'intranet'])(
  'the name %s is not asked, wherever it leads',
  async (host) => {
    expect(await judged(`did:web:${host}`, guarded('8.8.8.8'), [443, 8443])).toEqual(['KEY_UNAVAILABLE', 0])
  },
)

it.each(['127.0.0.1', '2130706433', '0x7f.1', '127.1', '%5B%3A%3A1%5D'])('%s is no did:web', async (host) => {
  expect(await judged(`did:web:${host}`, guarded('8.8.8.8'))).toEqual(['KEY_NOT_FOUND', 0])
})

it('a port that was not allowed is not asked', async () => {
  expect(await judged(own as 'did:web:x', server.transport(), [443])).toEqual(['KEY_UNAVAILABLE', 0])
})

it('the same record from a host that may be asked is good', async () => {
  expect(await judged(own as 'did:web:x', server.transport())).toEqual(['valid', 1])
})
