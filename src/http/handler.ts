/**
 * `httpHandler`: the VC API as a function from `Request` to `Response`, which fits every server that knows Fetch, and by `toNodeListener`
 * those of Node. It decides who may ask and for whom; what is asked is done by the files beside it.
 */

import {
  assertTenant,
  type HttpHandlerOptions,
  type HttpSettings,
  type HttpTenant,
  publicActions,
  readHttpOptions,
} from './options.ts'
import { HttpProblem, problemOf, problemResponse } from './problem.ts'
import { type Route, routes } from './routes.ts'

/**
 * Makes the handler.
 *
 * `POST /credentials/issue`, `/credentials/verify`, `/credentials/derive`, `/credentials/status`, `/presentations` and
 * `/presentations/verify`, `GET /status-lists/{id}`, `/identifiers/{did}` and `/conformance.json`. What goes wrong is answered with a
 * problem (RFC 9457); a verification answers 200 with `verified: true`, or 400, never 200 with anything else.
 *
 * @throws CredentialError `OPTION_INVALID`. The handler itself never throws.
 */
export function httpHandler<Caller = unknown>(
  options: HttpHandlerOptions<Caller>,
): (request: Request) => Promise<Response> {
  const settings = readHttpOptions(options)
  return async (request) => {
    try {
      return await answer(request, settings)
    } catch (cause) {
      const problem = problemOf(cause)
      if (problem.status >= 500) tell(settings, cause, request)
      return problemResponse(problem)
    }
  }
}

/** Whoever listens to errors must not make one of their own. */
function tell({ onError }: HttpSettings, cause: unknown, request: Request): void {
  try {
    onError(cause, request)
  } catch {
    // There is nobody left to tell.
  }
}

async function answer(request: Request, settings: HttpSettings): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.startsWith(settings.basePath) ? url.pathname.slice(settings.basePath.length) : ''
  const route = routes.find((each) => each.path.test(path))
  if (!route) throw new HttpProblem(404, 'There is nothing at this path.')
  const allow = route.method === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS'
  // Lists answer by themselves, also to pages of other origins.
  if (request.method === 'OPTIONS' && route.action !== 'readStatusList') {
    return new Response(null, { status: 204, headers: { allow } })
  }
  if (!allow.split(', ').includes(request.method)) {
    throw new HttpProblem(405, `This path is asked with ${route.method}.`, {}, { allow })
  }
  const caller = await authenticate(request, route, settings)
  if (caller instanceof Response) return caller
  const tenant = await findTenant(request, route, caller, settings)
  const response = await route.answer({ request, url, tenant, settings, name: route.path.exec(path)?.[1] })
  return request.method === 'HEAD' ? new Response(null, response) : response
}

async function authenticate(request: Request, { action }: Route, { authenticate }: HttpSettings): Promise<unknown> {
  if (!authenticate || publicActions.includes(action)) return undefined
  const caller = await authenticate(request, action)
  // Whoever looks a caller up and finds none may answer with an empty text or 0.
  if (!caller) {
    throw new HttpProblem(401, 'It is not known who asks.', {}, { 'www-authenticate': 'Bearer' })
  }
  return caller
}

async function findTenant(
  request: Request,
  { action }: Route,
  caller: unknown,
  settings: HttpSettings,
): Promise<HttpTenant> {
  const tenant = await settings.findTenant({ request, action, caller })
  if (!tenant) {
    throw publicActions.includes(action)
      ? new HttpProblem(404, 'There is nothing at this path.')
      : new HttpProblem(403, 'This is not for who asks.')
  }
  if (!known.has(tenant)) assertTenant(tenant)
  known.add(tenant)
  return tenant
}

/** Tenants that were looked at. */
const known = new WeakSet<object>()
