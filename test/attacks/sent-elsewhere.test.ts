/** Attack: the issuer's server sends the verifier on to another one, outside or inside its network, which then speaks for the issuer. */

import { expect, it } from 'vitest'
import { judge } from '../helpers/fixtures.ts'
import { webCredential, webDidUrl, webDocument, webOnline } from '../helpers/web-school.ts'

const credential = await webCredential()
const document = { body: webDocument }

it.each([
  'https://other.example/did.json',
  'https://www.school.example/did.json',
  'https://school.example:8443/did.json',
  'http://school.example/did.json',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/did.json',
  'https://user@school.example/did.json',
  'data:application/json,{}',
])('to %s', async (location) => {
  const network = webOnline(
    { [webDidUrl]: { status: 302, headers: { location } }, [location]: document },
    { ports: [443, 8443] },
  )
  expect(await judge(credential, network)).toEqual(['KEY_UNAVAILABLE'])
  expect(network.asked.map(({ url }) => url.href)).toEqual([webDidUrl])
})

it('round and round', async () => {
  const network = webOnline({ [webDidUrl]: { status: 301, headers: { location: webDidUrl } } })
  expect(await judge(credential, network)).toEqual(['KEY_UNAVAILABLE'])
  expect(network.asked).toHaveLength(4)
})

it('within its own origin it is good', async () => {
  const location = '/dids/current.json'
  const answers = {
    [webDidUrl]: { status: 302, headers: { location } },
    [`https://school.example${location}`]: document,
  }
  expect(await judge(credential, webOnline(answers))).toEqual(['valid'])
})
