/** Attack: somebody who may put files on the issuer's server, or owns a part of it, puts a DID document there. */

import { expect, it } from 'vitest'
import { didDocument, judge, thief } from '../helpers/fixtures.ts'
import { webCredential, webDid, webDidUrl, webDocument, webOnline } from '../helpers/web-school.ts'

const credential = await webCredential()
const thiefsDocument = JSON.parse(JSON.stringify(didDocument(thief)).replaceAll(thief.controller, webDid)) as object

it('another file of the server, in the name of the school, is not its document', async () => {
  const network = webOnline({ 'https://school.example/uploads/did.json': { body: webDocument } })
  await expect(network.resolveDid(`${webDid}:uploads`)).rejects.toThrow('the document is that of another DID')
})

it('a picture or a page is not taken, whatever it says', async () => {
  for (const type of ['image/png', 'text/html', 'text/plain', 'application/octet-stream']) {
    const network = webOnline({ [webDidUrl]: { headers: { 'content-type': type }, body: webDocument } })
    expect(await judge(credential, network)).toEqual(['KEY_UNAVAILABLE'])
  }
})

it('a step up in the path, spelled in any way, is no did:web', async () => {
  const network = webOnline({ 'https://school.example/did.json': { body: { id: `${webDid}:uploads:..` } } })
  for (const path of ['uploads:..', 'uploads:%2e%2e', 'uploads:.%2E', 'uploads%2f..']) {
    expect(await network.resolveDid(`${webDid}:${path}`)).toBeUndefined()
  }
  expect(network.asked).toEqual([])
})

it("a document with the thief's key does not vouch for what the school's key signed", async () => {
  const network = webOnline({ [webDidUrl]: { body: thiefsDocument } })
  expect(await judge(credential, network)).toEqual(['KEY_NOT_FOUND'])
})

it('the document at its place is good', async () => {
  expect(await judge(credential, webOnline())).toEqual(['valid'])
})
