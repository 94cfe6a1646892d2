/**
 * Requests in Node: the name is looked up once, every address found is judged, and the socket goes to one of those. A name server
 * that answers differently the next time is not asked a next time.
 * Node's modules are asked for at run time, so that bundles for the browser carry nothing of them.
 */

import { untilAborted } from '../encoding/until-aborted.ts'
import { isPublicAddress } from './address.ts'
import { isSpecialName } from './target.ts'
import { type Answer, type Request, readBody, type Transport, tooLarge } from './transport.ts'

/** Says whether a host may be asked although its address is not on the public internet, such as one of the own network. */
export type AcceptAddress = (target: { readonly host: string; readonly address: string }) => boolean

/** What Node requests take. `lookUp` and `ca` are for tests: names and certificates of their own. */
export interface NodeTransportOptions {
  readonly acceptAddress?: AcceptAddress | undefined
  readonly lookUp?: (host: string) => Promise<readonly string[]>
  readonly ca?: string
}

interface Modules {
  readonly https: typeof import('node:https')
  readonly dns: typeof import('node:dns')
  readonly zlib: typeof import('node:zlib')
}

/** Bytes of the header of an answer. */
const MAX_HEADER = 16_384

/** Requests by Node's own modules; `undefined` on other platforms, also where they imitate Node but not its sockets. */
export function nodeTransport(options: NodeTransportOptions = {}): Transport | undefined {
  const modules = nodeModules()
  if (!modules) return undefined
  const { acceptAddress, ca } = options
  const lookUp = options.lookUp ?? ((host: string) => lookUpBySystem(modules, host))
  return async (request) => {
    const host = request.url.hostname
    const addresses = await untilAborted(lookUp(host), request.signal).catch((cause: unknown) => {
      request.signal.throwIfAborted()
      throw new Error(`the host name could not be looked up${codeOf(cause)}`, { cause })
    })
    if (addresses.length === 0) throw new Error('the host name has no address')
    const isFine = (address: string) =>
      (isPublicAddress(address) && !isSpecialName(host)) || acceptAddress?.({ host, address }) === true
    // The message leaves the address out: whoever reads the report shall not learn about the network it was made in.
    if (!addresses.every(isFine))
      throw new Error('the host name leads to an address that is not on the public internet')
    return send(modules, request, addresses, ca)
  }
}

function nodeModules(): Modules | undefined {
  const { process } = globalThis as {
    process?: { versions?: Record<string, string>; getBuiltinModule?: (name: string) => unknown }
  }
  const { node, bun, deno } = process?.versions ?? {}
  if (!node || bun || deno || globalThis.navigator?.userAgent === 'Cloudflare-Workers') return undefined
  const [https, dns, zlib] = ['node:https', 'node:dns', 'node:zlib'].map((name) => process?.getBuiltinModule?.(name))
  return https && dns && zlib ? ({ https, dns, zlib } as Modules) : undefined
}

async function lookUpBySystem({ dns }: Modules, host: string): Promise<readonly string[]> {
  return (await dns.promises.lookup(host, { all: true })).map(({ address }) => address)
}

function send(
  modules: Modules,
  request: Request,
  addresses: readonly string[],
  ca: string | undefined,
): Promise<Answer> {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const first = found[0] as { address: string; family: number }
  return new Promise((resolve, reject) => {
    const options = {
      headers: { ...request.headers, 'accept-encoding': 'gzip' },
      // A socket of its own: no pool of this process has a say in where it leads, and no setting in how it is checked.
      agent: false,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      maxHeaderSize: MAX_HEADER,
      signal: request.signal,
      ...(ca !== undefined && { ca }),
      lookup: (_host, { all }, answer) => (all ? answer(null, found) : answer(null, first.address, first.family)),
    } satisfies import('node:https').RequestOptions
    const sent = modules.https.request(request.url, options, (response) => {
      const status = response.statusCode ?? 0
      const header = (name: string) => [response.headers[name]].flat().join(', ') || undefined
      if (!addresses.includes(response.socket.remoteAddress ?? '')) {
        response.destroy()
        reject(new Error('the connection does not lead to the address that was looked up'))
      } else if (status !== 200) {
        response.destroy()
        resolve({ status, header, body: new Uint8Array() })
      } else {
        const { maxBytes } = request
        readBody(response, maxBytes)
          .then((bytes) => unpack(modules, bytes, header('content-encoding'), maxBytes))
          .then((body) => resolve({ status, header, body }))
          .catch((cause: unknown) => reject(withoutAddress(cause)))
      }
    })
    sent.on('error', (cause) => reject(withoutAddress(cause)))
    sent.end()
  })
}

/** Undoes gzip, never beyond the limit: a small file can unpack to any size. */
async function unpack(
  { zlib }: Modules,
  bytes: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  if (encoding === undefined || encoding === 'identity') return bytes
  if (encoding !== 'gzip') throw new Error('the answer is packed in another way than gzip, which was asked for')
  return new Promise((resolve, reject) => {
    zlib.gunzip(bytes, { maxOutputLength: maxBytes }, (cause, body) => {
      if (!cause) resolve(Uint8Array.from(body))
      else if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLarge(maxBytes))
      else reject(new Error('the answer says that it is packed as gzip, and is not', { cause }))
    })
  })
}

/** System errors name addresses in their message; their code says enough. */
function withoutAddress(cause: unknown): unknown {
  return codeOf(cause) === '' ? cause : new Error(`the connection failed${codeOf(cause)}`, { cause })
}

function codeOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? ` (${code})` : ''
}
