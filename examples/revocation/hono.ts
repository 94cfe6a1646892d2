// The same handler behind Hono.

import { Hono } from 'hono'

export function createApp(handle: (request: Request) => Promise<Response>): Hono {
  return new Hono().all('/status/:list', ({ req }) => handle(req.raw))
}
