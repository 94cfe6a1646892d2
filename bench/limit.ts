/**
 * The raw limit: what nobody who verifies the same proof can leave out. JSON.parse of the text; then for each proof two
 * SHA-256 over the canonical bytes, which are at hand, and one Ed25519 check with a key that is at hand.
 */

import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { canonize } from '../src/jsonld/canonize.ts'
import { createDocumentLoader } from '../src/jsonld/loader.ts'
import type { JsonObject } from '../src/types.ts'
import { credentialsIn, proofsOf } from './credentials-in.ts'
import type { PrivateKey } from './jwt.ts'

interface Prepared {
  readonly options: string
  readonly document: string
  readonly key: KeyObject
  readonly signature: Uint8Array
}

const loadDocument = createDocumentLoader()

/** Works out the canonical bytes; the answer checks every proof. */
export async function prepareLimit(text: string): Promise<() => Promise<void>> {
  const proofs = await prepare(text)
  return async () => {
    JSON.parse(text)
    for (const proof of proofs) {
      if (!verify(null, digestsOf(proof), proof.key, proof.signature)) throw new Error('a signature does not fit')
    }
  }
}

/** The same for issuing: two SHA-256, one signature, and its check. */
export async function prepareIssueLimit(text: string, jwk: PrivateKey): Promise<() => Promise<void>> {
  const [prepared] = await prepare(text)
  if (!prepared) throw new Error('there is no proof')
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  return async () => {
    const digests = digestsOf(prepared)
    if (!verify(null, digests, prepared.key, sign(null, digests, key))) throw new Error('the signature does not fit')
  }
}

function digestsOf({ options, document }: Prepared): Uint8Array {
  return Buffer.concat([hash('sha256', options, 'buffer'), hash('sha256', document, 'buffer')])
}

async function prepare(text: string): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = []
  for (const credential of credentialsIn(JSON.parse(text))) {
    const { proof: _, ...document } = credential
    const { '@context': contexts } = document
    for (const { proofValue, ...options } of proofsOf(credential)) {
      prepared.push({
        options: await canonize(frozen({ '@context': contexts, ...options }), { loadDocument }),
        document: await canonize(frozen(document), { loadDocument }),
        key: publicKeyOf(String(options['verificationMethod'])),
        signature: base58btc.decode(String(proofValue)),
      })
    }
  }
  return prepared
}

function frozen(document: object): JsonObject {
  return Object.freeze(document) as JsonObject
}

/** The key of an Ed25519 did:key: two bytes say so, the others are the key. */
function publicKeyOf(id: string): KeyObject {
  const bytes = base58btc.decode(id.replace(/^did:key:(.*#)?/, '')).subarray(2)
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  })
}
