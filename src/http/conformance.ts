/** `GET /conformance.json`: which issuers there are, and where everything is, for test suites that run against the server. */

import type { HttpIssuer } from './options.ts'
import { json } from './problem.ts'
import type { Work } from './work.ts'

/** The issuers by name, with their DID and path; the one at `/credentials/issue` is called `default`. */
export async function createIssuerTable({ tenant, settings: { basePath } }: Work): Promise<Response> {
  const row = ({ key }: HttpIssuer, path: string) => ({
    id: key.controller,
    path: `${basePath}${path}/credentials/issue`,
  })
  const named = Object.entries(tenant.issuers ?? {}).map(([name, issuer]) => [name, row(issuer, `/issuers/${name}`)])
  return json(200, {
    issuers: Object.fromEntries([...(tenant.issuer ? [['default', row(tenant.issuer, '')]] : []), ...named]),
    verify: `${basePath}/credentials/verify`,
    verifyPresentation: `${basePath}/presentations/verify`,
    derive: `${basePath}/credentials/derive`,
    didResolver: `${basePath}/identifiers`,
  })
}
