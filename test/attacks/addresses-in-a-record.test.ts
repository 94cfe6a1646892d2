/** Attack: a record is full of addresses, so that verifying it tells their owners that somebody looked, or floods a third party. */

import { expect, it } from 'vitest'
import { judge } from '../helpers/fixtures.ts'
import { webCredential, webDidUrl, webOnline } from '../helpers/web-school.ts'

const tracker = 'https://tracker.example'

it('evidence, refresh services, terms and schemas are not asked', async () => {
  const network = webOnline()
  const credential = await webCredential({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'],
    evidence: { id: `${tracker}/evidence`, type: 'Evidence' },
    refreshService: { id: `${tracker}/refresh`, type: 'VerifiableCredentialRefreshService2021' },
    termsOfUse: { id: `${tracker}/terms`, type: 'TrustFrameworkPolicy' },
    credentialSchema: { id: `${tracker}/schema`, type: 'JsonSchema' },
    relatedResource: {
      id: `${tracker}/related`,
      digestSRI: 'sha384-Li9vy3DqF8tnTXuiaAJuML3ky-er10rcgNR_VqsVpcw-ThHmYcwiB1pbOxEbzJr7',
    },
  })
  expect(await judge(credential, network)).toEqual(['valid'])
  expect(network.asked.map(({ url }) => url.href)).toEqual([webDidUrl])
})

it('a context of the record itself is not asked, and without it nothing is believed', async () => {
  const url = `${tracker}/context.json`
  const document = { '@context': { name: 'https://tracker.example/terms#other' } }
  const credential = { ...(await webCredential()), '@context': ['https://www.w3.org/ns/credentials/v2', url] }
  const network = webOnline({ [url]: { body: document } })
  expect(await judge(credential, network)).toEqual(['CONTEXT_UNKNOWN'])
  expect(network.asked).toEqual([])
  // Named by the caller it is fetched, and the signature, which was made without it, does not fit.
  const named = webOnline({ [url]: { body: document } }, { contexts: [url] })
  expect(await judge(credential, named)).not.toEqual(['valid'])
  expect(named.asked.map((request) => request.url.href)).toContain(url)
})

it('requests are bounded, and those beyond the bound are not believed', async () => {
  const network = webOnline({}, { maxRequests: 2 })
  const resolve = (index: number) => network.resolveDid(`did:web:victim.example:${index}`)
  expect(await Promise.all([resolve(1), resolve(2)])).toEqual([undefined, undefined])
  await expect(resolve(3)).rejects.toThrow('more than 2 requests in one minute')
  expect(network.asked).toHaveLength(2)
})

it('the same record without any is good', async () => {
  expect(await judge(await webCredential(), webOnline())).toEqual(['valid'])
})
