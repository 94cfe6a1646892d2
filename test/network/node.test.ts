/** Requests in Node, by a real socket and real TLS on the loopback address. */

import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import type { NodeTransportOptions } from '../../src/network/node.ts'
import { startServer } from '../helpers/https-server.ts'

const server = await startServer(
  (request, response) => {
    const { url = '' } = request
    if (url === '/gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync('{"packed":true}'))
    else if (url === '/not-gzip') response.setHeader('content-encoding', 'gzip').end('{"packed":false}')
    else if (url === '/other-packing') response.setHeader('content-encoding', 'br').end('x')
    else if (url === '/cut') response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy())
    else if (url === '/long-header') response.setHeader('x-long', 'a'.repeat(20_000)).end('{}')
    else if (url === '/missing') response.writeHead(404).end('x'.repeat(5_000_000))
    else response.setHeader('x-asked', JSON.stringify(request.headers)).end('{"plain":true}')
  },
  'school.example',
  'localhost',
)
afterAll(() => server.close())

async function get(path: string, options: NodeTransportOptions = {}, host = 'school.example', maxBytes = 1000) {
  const url = new URL(`https://${host}:${server.port}${path}`)
  const { signal } = new AbortController()
  const answer = await server.transport(options)({ url, headers: { accept: 'application/json' }, maxBytes, signal })
  return { ...answer, text: new TextDecoder().decode(answer.body) }
}

describe('an answer', () => {
  it('comes as it is, with its status and header', async () => {
    const answer = await get('/')
    expect(answer).toMatchObject({ status: 200, text: '{"plain":true}' })
    const asked: unknown = JSON.parse(answer.header('x-asked') ?? '')
    expect(asked).toEqual({
      accept: 'application/json',
      'accept-encoding': 'gzip',
      connection: 'close',
      host: `school.example:${server.port}`,
    })
    expect(answer.header('x-none')).toBeUndefined()
  })

  it('is unpacked', async () => {
    expect((await get('/gzip')).text).toBe('{"packed":true}')
  })

  it.each([
    ['/not-gzip', 'says that it is packed as gzip, and is not'],
    ['/other-packing', 'packed in another way than gzip'],
    ['/cut', 'the connection failed (ECONNRESET)'],
    ['/long-header', 'the connection failed (HPE_HEADER_OVERFLOW)'],
  ])('%s is a throw: %s', async (path, message) => {
    await expect(get(path)).rejects.toThrow(message)
  })

  it('of another status comes without its body', async () => {
    expect(await get('/missing')).toMatchObject({ status: 404, text: '' })
  })
})

describe('an address', () => {
  const refusal = 'the host name leads to an address that is not on the public internet'

  it('is accepted by name and address only', async () => {
    const asked: unknown[] = []
    const acceptAddress = (target: object) => asked.push(target) > 0
    expect((await get('/', { acceptAddress })).status).toBe(200)
    expect(asked).toEqual([{ host: 'school.example', address: '127.0.0.1' }])
  })

  it.each([undefined, () => false, () => 'yes' as never])(
    'that is not public is refused by %s',
    async (acceptAddress) => {
      const before = server.requests()
      await expect(get('/', { acceptAddress })).rejects.toThrow(refusal)
      expect(server.requests()).toBe(before)
    },
  )

  it('that is not public is refused beside one that is', async () => {
    const lookUp = async () => ['8.8.8.8', '127.0.0.1']
    await expect(get('/', { lookUp, acceptAddress: () => false })).rejects.toThrow(refusal)
  })

  it('of a name for private networks is refused, public or not', async () => {
    const lookUp = async () => ['8.8.8.8']
    await expect(get('/', { lookUp, acceptAddress: () => false }, 'localhost')).rejects.toThrow(refusal)
    expect((await get('/', {}, 'localhost')).status).toBe(200)
  })

  it('is not told in the message', async () => {
    const lookUp = async () => ['10.11.12.13']
    await expect(get('/', { lookUp, acceptAddress: () => false })).rejects.toThrow(/^(?!.*10\.11)/)
    const nobody = { lookUp: async () => ['127.0.0.2'], ca: 'none' }
    await expect(get('/', nobody)).rejects.toThrow(/^the connection failed \([A-Z_]+\)$/)
  })

  it('must be the one that the connection has in the end', async () => {
    // The system takes this one for the loopback address.
    await expect(get('/', { lookUp: async () => ['0.0.0.0'] })).rejects.toThrow(
      'the connection does not lead to the address that was looked up',
    )
  })

  it('must be there', async () => {
    await expect(get('/', { lookUp: async () => [] })).rejects.toThrow('the host name has no address')
    const lookUp = async () => Promise.reject(Object.assign(new Error('for 10.0.0.1'), { code: 'ENOTFOUND' }))
    await expect(get('/', { lookUp })).rejects.toThrow(/^the host name could not be looked up \(ENOTFOUND\)$/)
  })
})

describe('a certificate', () => {
  it('must be for the name that was asked', async () => {
    await expect(get('/', {}, 'college.example')).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('must be of a known authority, whatever the environment says', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      const other = await startServer(() => {}, 'other.example')
      const { signal } = new AbortController()
      const url = new URL(`https://school.example:${server.port}/`)
      await expect(other.transport()({ url, headers: {}, maxBytes: 10, signal })).rejects.toThrow(
        /SELF_SIGNED|UNABLE_TO_VERIFY|DEPTH_ZERO|CERT/,
      )
      await other.close()
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })
})
