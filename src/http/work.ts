/** One request on its way through the handler. */

import type { HttpSettings, HttpTenant } from './options.ts'

/** What every answer is made from. */
export interface Work {
  readonly request: Request
  readonly url: URL
  readonly tenant: HttpTenant
  readonly settings: HttpSettings
  /** What stands in the path for its variable part, as it was sent. */
  readonly name: string | undefined
}
