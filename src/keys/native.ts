/**
 * Signatures and their checks by the platform's own cryptography where it is synchronous (Node): some ten times faster than JavaScript,
 * and as strict, because keys are checked when they are read. Of many, checks go to idle cores. Elsewhere there is none, and JavaScript
 * does it.
 */

import { toBase64Url } from '../encoding/bytes.ts'
import type { CurveKey } from './algorithms.ts'
import { publicJwkOf } from './public-jwk.ts'

interface NodeKey {
  readonly type: string
}
interface NodeCrypto {
  createPrivateKey(input: { key: object; format: 'jwk' }): NodeKey
  sign(hash: null, data: Uint8Array, key: NodeKey): Uint8Array
  createPublicKey(input: { key: object; format: 'jwk' }): NodeKey
  verify(
    hash: string | null,
    data: Uint8Array,
    key: { key: NodeKey; dsaEncoding: string },
    signature: Uint8Array,
    answer?: (error: Error | null, isGood: boolean) => void,
  ): boolean
}
interface NodeOs {
  availableParallelism(): number
}
interface NodeThreads {
  readonly isMainThread: boolean
}

interface Process {
  getBuiltinModule?(name: string): unknown
  readonly versions?: { readonly [name: string]: string | undefined }
}

const { process } = globalThis as { process?: Process }
const builtin = <M>(name: string): M | undefined => process?.getBuiltinModule?.(name) as M | undefined
const node = builtin<NodeCrypto>('node:crypto')
const hashes = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384' } as const

/** Reading a key costs as much as a check with it, so each is read once. */
const imported = new WeakMap<CurveKey, NodeKey>()

/**
 * Whether the signature is good; `undefined` where the platform cannot say. `beside`: on another thread, where there is a core for it.
 * Throws for a key that is none.
 */
export function verifyNatively(
  key: CurveKey,
  data: Uint8Array,
  signature: Uint8Array,
  beside: boolean,
): boolean | undefined | Promise<boolean> {
  if (!node) return undefined
  const verify = (nodeKey: NodeKey): boolean | Promise<boolean> => {
    const hash = hashes[key.algorithm]
    const how = { key: nodeKey, dsaEncoding: 'ieee-p1363' }
    if (!beside || !hasOtherCores()) return node.verify(hash, data, how, signature)
    return new Promise((resolve, reject) => {
      node.verify(hash, data, how, signature, (error, isGood) => (error ? reject(error) : resolve(isGood)))
    })
  }
  const known = imported.get(key)
  return known ? verify(known) : importKey(node, key).then(verify)
}

async function importKey(crypto: NodeCrypto, key: CurveKey): Promise<NodeKey> {
  // From JWK this costs a tenth of what it does from DER.
  const made = crypto.createPublicKey({ key: await publicJwkOf(key), format: 'jwk' })
  imported.set(key, made)
  return made
}

let otherCores: boolean | undefined

/**
 * Whether a core may be idle. The threads of a pool have them all at work already, and of the platforms that are like Node not all
 * are known to answer later.
 */
function hasOtherCores(): boolean {
  otherCores ??= findOtherCores(process?.versions ?? {})
  return otherCores
}

function findOtherCores({ bun, deno }: NonNullable<Process['versions']>): boolean {
  if (bun !== undefined || deno !== undefined) return false
  const isMainThread = builtin<NodeThreads>('node:worker_threads')?.isMainThread === true
  return isMainThread && (builtin<NodeOs>('node:os')?.availableParallelism() ?? 1) > 1
}

/** Signs with Ed25519 as the platform does, which gives the same bytes; `undefined` where the platform cannot. */
export function nativeEd25519Signer(
  secret: Uint8Array,
  publicKey: Uint8Array,
): ((data: Uint8Array) => Uint8Array) | undefined {
  if (!node) return undefined
  const { sign } = node
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey), d: toBase64Url(secret) }
  const key = node.createPrivateKey({ key: jwk, format: 'jwk' })
  return (data) => Uint8Array.from(sign(null, data, key))
}
