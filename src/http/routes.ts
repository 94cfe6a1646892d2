/** Which path asks for what, by which method. */

import { createIssuerTable } from './conformance.ts'
import { deriveCredential, issueCredential, updateStatus, verifyCredential } from './credentials.ts'
import { resolveIdentifier } from './identifiers.ts'
import { readStatusList } from './lists.ts'
import type { HttpAction } from './options.ts'
import { createPresentation, verifyPresentation } from './presentations.ts'
import type { Work } from './work.ts'

/** A path, who answers it, and how it may be asked. */
export interface Route {
  readonly path: RegExp
  readonly action: HttpAction
  readonly method: 'GET' | 'POST'
  readonly answer: (work: Work) => Promise<Response>
}

/** All paths. The only group of an expression is the variable part. */
export const routes: readonly Route[] = [
  { path: /^\/credentials\/issue$/, action: 'issueCredential', method: 'POST', answer: issueCredential },
  {
    path: /^\/issuers\/([\w.~-]+)\/credentials\/issue$/,
    action: 'issueCredential',
    method: 'POST',
    answer: issueCredential,
  },
  { path: /^\/credentials\/verify$/, action: 'verifyCredential', method: 'POST', answer: verifyCredential },
  { path: /^\/credentials\/derive$/, action: 'deriveCredential', method: 'POST', answer: deriveCredential },
  { path: /^\/credentials\/status$/, action: 'updateStatus', method: 'POST', answer: updateStatus },
  { path: /^\/presentations$/, action: 'createPresentation', method: 'POST', answer: createPresentation },
  { path: /^\/presentations\/verify$/, action: 'verifyPresentation', method: 'POST', answer: verifyPresentation },
  { path: /^\/status-lists\/([^/]+)$/, action: 'readStatusList', method: 'GET', answer: readStatusList },
  { path: /^\/identifiers\/(.+)$/, action: 'resolveIdentifier', method: 'GET', answer: resolveIdentifier },
  { path: /^\/conformance\.json$/, action: 'readConformance', method: 'GET', answer: createIssuerTable },
]
