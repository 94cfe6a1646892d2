/** What every status method promises, whatever type of entry it reads. */

import {
  bitstringStatusList,
  type JsonObject,
  revocationList1EdTech,
  revocationList2020,
  type StatusContext,
  type StatusList,
  type StatusMethod,
  statusList2021,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { school } from '../helpers/fixtures.ts'
import { entryAt, listUrl, olderList, place, unsignedList } from '../helpers/status.ts'

interface Implementation {
  readonly method: StatusMethod
  readonly entry: JsonObject
  /** Members without which the entry cannot be read. */
  readonly needed: readonly string[]
  list(isRevoked: boolean): Promise<JsonObject>
}

const set = (isRevoked: boolean) => (isRevoked ? ([[place, 1]] as const) : [])
const credential = { id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c02' }

const implementations: readonly Implementation[] = [
  {
    method: bitstringStatusList(),
    entry: entryAt() as JsonObject,
    needed: ['statusPurpose', 'statusListIndex', 'statusListCredential'],
    list: async (isRevoked) => (await unsignedList({ set: set(isRevoked) })) as JsonObject,
  },
  {
    method: statusList2021(),
    entry: entryAt(place, { type: 'StatusList2021Entry' }) as JsonObject,
    needed: ['statusPurpose', 'statusListIndex', 'statusListCredential'],
    list: async (isRevoked) => (await olderList('StatusList2021', { set: set(isRevoked) })) as JsonObject,
  },
  {
    method: revocationList2020(),
    entry: {
      type: 'RevocationList2020Status',
      revocationListIndex: String(place),
      revocationListCredential: listUrl,
    },
    needed: ['revocationListIndex', 'revocationListCredential'],
    list: async (isRevoked) => (await olderList('RevocationList2020', { set: set(isRevoked) })) as JsonObject,
  },
  {
    method: revocationList1EdTech(),
    entry: { type: '1EdTechRevocationList', id: listUrl },
    needed: ['id'],
    list: async (isRevoked) => ({
      id: listUrl,
      issuer: school.controller,
      revokedCredential: isRevoked ? [{ id: credential.id, revoked: true }] : [],
    }),
  },
]

const unavailable = { code: 'STATUS_UNAVAILABLE', message: 'there is none' } as const

function contextWith(document: JsonObject | undefined): StatusContext & { readonly asked: string[] } {
  const asked: string[] = []
  const list: StatusList | undefined = document && {
    document,
    issuer: school.controller,
    source: { url: listUrl, origin: 'given' },
    notes: [],
  }
  const load = async (url: string) => {
    asked.push(url)
    return list ?? unavailable
  }
  return { credential, asked, loadList: load, loadUnsignedList: load, acceptsShort: () => false }
}

describe.each(implementations)('$method.type', ({ method, entry, needed, list }) => {
  it('says what the list says', async () => {
    expect(await method.check(entry, contextWith(await list(false)))).toMatchObject({ value: 0 })
    expect(await method.check(entry, contextWith(await list(true)))).toMatchObject({ value: 1 })
    expect(await method.purposeOf(entry)).toBe('revocation')
  })

  it('asks for the one list that the entry names', async () => {
    const context = contextWith(await list(false))
    await method.check(entry, context)
    expect(context.asked).toEqual([listUrl])
  })

  it('passes on that there is no list', async () => {
    expect(await method.check(entry, contextWith(undefined))).toEqual(unavailable)
  })

  it('finds nothing wrong with an entry in order, and what lacks otherwise', async () => {
    expect(await method.findProblems(entry)).toEqual([])
    for (const name of needed) {
      const { [name]: _, ...lacking } = entry
      expect(await method.findProblems(lacking)).toEqual([expect.objectContaining({ path: `/${name}` })])
      const context = contextWith(await list(false))
      expect(await method.check(lacking, context)).toMatchObject({ code: 'STATUS_ENTRY_INVALID' })
      expect(context.asked).toEqual([])
    }
  })

  it.each([{}, { type: 7 }, { credentialSubject: [] }, { revokedCredential: 7 }, { credentialSubject: { type: 'x' } }])(
    'takes %j for no list',
    async (document) => {
      expect(await method.check(entry, contextWith(document as JsonObject))).toMatchObject({
        code: 'STATUS_LIST_INVALID',
      })
    },
  )

  it('never throws, whatever stands in the entry', async () => {
    const odd = [null, 7, -1, '', 'x', [], {}, true, '__proto__', 'https://', 'u'.repeat(5_000)]
    for (const name of [...Object.keys(entry), 'statusSize', 'statusMessage'])
      for (const value of odd) {
        const answer = await method.check({ ...entry, [name]: value } as JsonObject, contextWith(await list(false)))
        expect('code' in answer || answer.value === 0).toBe(true)
        expect(Array.isArray(await method.findProblems({ ...entry, [name]: value } as JsonObject))).toBe(true)
      }
  }, 30_000)
})
