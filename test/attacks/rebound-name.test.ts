/** Attack: a name server gives a good address while the name is judged, and another one when the connection is made (DNS rebinding). */

import { createServer } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { createOnline } from '../../src/online.ts'
import { startServer } from '../helpers/https-server.ts'
import { webDocument } from '../helpers/web-school.ts'

const accepted = '127.0.0.1'
const inside = '127.0.0.2'
const server = await startServer((request, response) => {
  if (request.url === '/moved/did.json') response.writeHead(302, { location: '/.well-known/did.json' }).end()
  else response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...webDocument, id: did }))
}, 'school.example')
const did = `did:web:school.example%3A${server.port}`
let reached = 0
const other = createServer((socket) => {
  reached += 1
  socket.destroy()
})
await new Promise<void>((resolve) => other.listen(server.port, inside, resolve))
afterAll(async () => {
  await server.close()
  await new Promise((resolve) => other.close(resolve))
})

/** Answers one after the other, the last one for ever. */
function network(...answers: readonly (readonly string[])[]) {
  let asked = 0
  const lookUp = async () => {
    asked += 1
    return answers[Math.min(asked, answers.length) - 1] ?? []
  }
  const transport = server.transport({ lookUp, acceptAddress: ({ address }) => address === accepted })
  return { resolveDid: createOnline({ ports: [server.port] }, transport).resolveDid, asked: () => asked }
}

it('the name is asked for once, and the connection goes where that answer said', async () => {
  const { resolveDid, asked } = network([accepted], [inside])
  expect(await resolveDid(did)).toMatchObject({ id: did })
  expect(asked()).toBe(1)
  expect(reached).toBe(0)
})

it('a redirect is judged anew', async () => {
  const { resolveDid } = network([accepted], [inside])
  await expect(resolveDid(`${did}:moved`)).rejects.toThrow('not on the public internet')
  expect(reached).toBe(0)
})

it.each([[[inside]], [[accepted, inside]], [[inside, accepted]]])('%j is refused as a whole', async (addresses) => {
  const { resolveDid } = network(addresses)
  await expect(resolveDid(did)).rejects.toThrow('not on the public internet')
  expect(reached).toBe(0)
})

it('the same address each time is good, also behind a redirect', async () => {
  const { resolveDid, asked } = network([accepted])
  await expect(resolveDid(`${did}:moved`)).rejects.toThrow(/its "id" should be .*:moved/)
  expect(asked()).toBe(2)
})
