/** Status lists of other implementers, as they serve them, read for a badge that names them. */

import { describe, expect, it } from 'vitest'
import { judge, now } from '../helpers/fixtures.ts'
import { hasOracle, readOracleJson } from '../helpers/oracle.ts'
import { badgeWith, entryAt } from '../helpers/status.ts'

const lists = 'https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020'
const accepted = {
  acceptStatusIssuer: () => true,
  acceptStatusListId: () => true,
  acceptShortStatusList: () => true,
}

describe.skipIf(!hasOracle)('lists of others (the oracle folder is not always there)', () => {
  const files = hasOracle ? readOracleJson<Record<string, string>>('realworld/documents.json') : {}
  const loadStatusList = async (url: string) => readOracleJson(`realworld/${files[url]}`)

  it.each([
    ['e5WK8CbZ1GjycuPombrj', '6', ['REVOKED']],
    ['e5WK8CbZ1GjycuPombrj', '7', ['valid']],
    ['expired', '7', ['STATUS_STALE']],
    ['notYetValid', '7', ['STATUS_LIST_INVALID']],
    ['tampered', '7', ['STATUS_LIST_INVALID']],
    ['missingBitStringType', '7', ['STATUS_LIST_INVALID']],
  ])('%s, %s', async (name, statusListIndex, codes) => {
    const url = `${lists}/${name}`
    const entry = entryAt(0, { id: `${url}#${statusListIndex}`, statusListCredential: url, statusListIndex })
    const credential = await badgeWith(entry)
    expect(await judge(credential, { loadStatusList, now, ...accepted })).toEqual(codes)
    expect(await judge(credential, { loadStatusList, now })).not.toContain('valid')
  })
})
