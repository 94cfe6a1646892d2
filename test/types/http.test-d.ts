/** Types of `testamur/http`. */

import { generateKey, type Key, vcJose, withoutChallenge } from 'testamur'
import {
  type HttpAction,
  type HttpHandlerOptions,
  type HttpTenant,
  httpHandler,
  toNodeListener,
  withoutAuthentication,
} from 'testamur/http'
import { describe, expectTypeOf, it } from 'vitest'

declare const key: Key

describe('httpHandler', () => {
  it('knows what authenticate answers with', () => {
    httpHandler({
      authenticate: (request, action) => {
        expectTypeOf(request).toEqualTypeOf<Request>()
        expectTypeOf(action).toEqualTypeOf<HttpAction>()
        return { school: 'northfield' }
      },
      tenant: ({ caller }) => {
        expectTypeOf(caller).toEqualTypeOf<{ school: string } | undefined>()
        return { issuer: { key } }
      },
    })
    expectTypeOf(httpHandler({ tenant: {} })).toEqualTypeOf<(request: Request) => Promise<Response>>()
  })

  it('takes proofs and envelopes, and nothing else', () => {
    const tenant: HttpTenant = { issuer: { key, format: vcJose() }, verify: { challenge: withoutChallenge } }
    httpHandler({ tenant, authenticate: withoutAuthentication })
    // @ts-expect-error a name is no format
    httpHandler({ tenant: { issuer: { key, format: 'vc+jwt' } } })
    // @ts-expect-error what cannot come in through JSON
    httpHandler({ tenant: {}, authenticate: false } satisfies HttpHandlerOptions)
    // @ts-expect-error the credential is the client's
    httpHandler({ tenant: { issuer: { key, credential: {} } } })
    // @ts-expect-error the clock is the handler's
    httpHandler({ tenant: { verify: { now: new Date() } } })
    // @ts-expect-error there is no such check
    httpHandler({ tenant: { verify: { deciding: ['prof'] } } })
  })
})

it('toNodeListener fits the servers of Node', async () => {
  const { createServer } = await import('node:http')
  const secure = await import('node:https')
  const listener = toNodeListener(httpHandler({ tenant: { issuer: { key: await generateKey() } } }))
  createServer(listener)
  secure.createServer(listener)
})
