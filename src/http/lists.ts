/** `GET /status-lists/{id}`: the published lists of the tenant, as `statusListHandler` serves them. */

import { statusListHandler } from '../status/handler.ts'
import { HttpProblem } from './problem.ts'
import type { Work } from './work.ts'

/** A published list, or why there is none. */
export async function readStatusList({ request, tenant, settings, name }: Work): Promise<Response> {
  const { store } = tenant
  if (!store) throw new HttpProblem(404, 'There are no status lists here.')
  return statusListHandler({ store, listOf: () => name, now: settings.now })(request)
}
