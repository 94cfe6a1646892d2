/** Signs rows, in this thread or in one of its own: what is sent and what comes back is plain data. */

import {
  createIssuer,
  type Did,
  type Issuer,
  importKey,
  isCredentialError,
  type OpenBadgeInput,
  openBadge,
  type PrivateJwk,
  type ProfileInput,
  type StatusEntry,
} from '../../index.ts'
import { type FormatChoice, formatOptions } from '../formats.ts'
import { jsonText } from '../terminal.ts'

/** What a signing thread needs once. The key goes from memory to memory within the process. */
export interface SignSettings {
  /** A JWK; Multikey text of a kind of key that has none. */
  readonly secret: PrivateJwk | string
  readonly id: string
  readonly controller: Did
  readonly format: FormatChoice
  readonly issuer: Partial<ProfileInput>
  readonly conformance: string | undefined
}

/** A row to be signed. */
export interface SignTask {
  readonly id: string
  readonly badge: OpenBadgeInput
  readonly status: readonly StatusEntry[] | undefined
}

/** The signed credential as UTF-8 and a line end, or why the row was refused. Bytes go from thread to thread without a copy. */
export type Signed =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly refused?: never }
  | { readonly refused: string; readonly bytes?: never }

/** Signs rows, one after the other. */
export type Sign = (tasks: readonly SignTask[]) => Promise<readonly Signed[]>

/** What signs in this thread. */
export async function createSign({ secret, id, controller, format, issuer, conformance }: SignSettings): Promise<Sign> {
  const key = await importKey(secret, { id, controller })
  const school = createIssuer({
    key,
    ...formatOptions(format, key),
    ...(Object.keys(issuer).length > 0 && { profile: issuer }),
    ...(conformance !== undefined && { conformance }),
  } as Parameters<typeof createIssuer>[0])
  return async (tasks) => {
    const signed: Signed[] = []
    for (const task of tasks) signed.push(await signOne(school, task))
    return signed
  }
}

async function signOne(school: Issuer, { id, badge, status }: SignTask): Promise<Signed> {
  try {
    const entry = status?.length === 1 ? status[0] : status
    const credential = { ...openBadge({ ...badge, id }), ...(entry && { credentialStatus: entry }) }
    const signed: unknown = await school.issue({ credential })
    return { bytes: new TextEncoder().encode(`${typeof signed === 'string' ? signed : jsonText(signed)}\n`) }
  } catch (error) {
    const isOfRow =
      isCredentialError(error) && ['CREDENTIAL_MALFORMED', 'OPTION_INVALID', 'CONTEXT_UNKNOWN'].includes(error.code)
    if (!isOfRow) throw error
    const [finding] = error.findings
    return { refused: finding ? `${finding.path}: ${finding.message}` : error.message }
  }
}
