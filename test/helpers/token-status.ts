/** Badges whose JWT has a status, and the school's Status List Tokens for them. */

import type { Signer } from 'testamur'
import { setTokenStatus, type TokenStatusSize, writeTokenStatusList } from '../../src/status/token-status-list.ts'
import { now, school } from './fixtures.ts'
import { forge, joseBadge, payloadOf } from './jwt.ts'

/** Where the school's list is, and the place of the badge in it. */
export const uri = 'https://school.example/statuslists/7'
export const idx = 412
export const seconds: number = Math.floor(now.getTime() / 1000)

/** What a list is made of, where it is not as usual. */
export interface TokenOptions {
  readonly claims?: object
  readonly header?: object
  readonly bits?: TokenStatusSize
  readonly key?: Signer
}

/** The school's list, of 1,000 bytes, made an hour ago. */
export async function token(
  values: readonly (readonly [index: number, value: number])[] = [],
  { claims, header, bits = 2, key = school }: TokenOptions = {},
): Promise<string> {
  const list = { bits, bytes: new Uint8Array(1_000) }
  for (const [index, value] of values) setTokenStatus(list, index, value)
  const usual = { sub: uri, iat: seconds - 3_600, exp: seconds + 86_400, status_list: await writeTokenStatusList(list) }
  return forge({ ...usual, ...claims }, { typ: 'statuslist+jwt', ...header }, key)
}

/** A badge whose JWT names its status. */
export async function badgeWithStatus(
  status: unknown = { status_list: { idx, uri } },
  key: Signer = school,
): Promise<string> {
  return forge({ ...payloadOf(await joseBadge({}, key)), status }, { typ: 'vc+jwt' }, key)
}
