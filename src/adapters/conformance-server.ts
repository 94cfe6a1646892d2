/**
 * A server for other people's test suites: the handler of `testamur/http` over https on the loopback address, with one issuer for each
 * way of securing, fresh keys, and a certificate of its own. Nothing that it issues outlives it.
 */

import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { dataModelOf } from '../checks/structure.ts'
import { defaultFormats } from '../defaults.ts'
import { idOf, isObject } from '../encoding/json.ts'
import type { Envelope } from '../envelopes/envelope.ts'
import { vcJose, vcJwt } from '../envelopes/kinds.ts'
import { CredentialError } from '../errors.ts'
import { httpHandler } from '../http/handler.ts'
import { toNodeListener } from '../http/node.ts'
import { type HttpIssuer, type HttpTenant, withoutAuthentication } from '../http/options.ts'
import type { Algorithm } from '../keys/algorithms.ts'
import { generateKey, type Key } from '../keys/key.ts'
import { withoutChallenge } from '../options.ts'
import type { Cryptosuite } from '../proofs/cryptosuite.ts'
import { bbs2023, ecdsaSd2023 } from '../proofs/selective-disclosure/suites.ts'
import { ecdsaJcs2019, ecdsaRdfc2019, ed25519Signature2020, eddsaJcs2022, eddsaRdfc2022 } from '../proofs/suites.ts'
import { memoryStatusStore } from '../status/memory-store.ts'
import { createStatusRegistry } from '../status/registry.ts'
import type { JsonObject } from '../types.ts'
import { selfSigned } from './certificate.ts'

/** Options of `startConformanceServer`. */
export interface ConformanceServerOptions {
  /** Default: one that is free. */
  readonly port?: number
  /**
   * The proof alone decides where a request names no checks. For suites that expect a proof by one to hold for another issuer, which is
   * not safe anywhere else.
   */
  readonly proofOnly?: boolean
  /** Told of what went wrong on this side. Default: nobody. */
  readonly onError?: (error: unknown) => void
}

/** A server that runs. */
export interface ConformanceServer {
  /** Such as `https://localhost:40443`. */
  readonly url: string
  /** The certificate as PEM, for clients that want to trust it. */
  readonly certificate: string
  close(): Promise<void>
}

/** How each issuer signs. */
const profiles: {
  readonly [name: string]: { readonly algorithm: Algorithm; readonly format: Cryptosuite | Envelope }
} = {
  ed25519signature2020: { algorithm: 'Ed25519', format: ed25519Signature2020() },
  'eddsa-rdfc-2022': { algorithm: 'Ed25519', format: eddsaRdfc2022() },
  'eddsa-jcs-2022': { algorithm: 'Ed25519', format: eddsaJcs2022() },
  'ecdsa-rdfc-2019-p256': { algorithm: 'P-256', format: ecdsaRdfc2019() },
  'ecdsa-rdfc-2019-p384': { algorithm: 'P-384', format: ecdsaRdfc2019() },
  'ecdsa-jcs-2019-p256': { algorithm: 'P-256', format: ecdsaJcs2019() },
  'ecdsa-jcs-2019-p384': { algorithm: 'P-384', format: ecdsaJcs2019() },
  'ecdsa-sd-2023': { algorithm: 'P-256', format: ecdsaSd2023() },
  'bbs-2023': { algorithm: 'Bls12381G2', format: bbs2023() },
  'vc-jwt': { algorithm: 'Ed25519', format: jwtOfEither() },
  status: { algorithm: 'Ed25519', format: eddsaRdfc2022() },
}

/**
 * Starts the server.
 *
 * Besides what the handler does by itself: an issuer puts its own DID in the place of any other that a credential names, and wants one
 * to be named; the challenge of a presentation is compared where a request has one; and whoever presents may present credentials about
 * others, because the data model does not say otherwise. Nothing is fetched.
 */
export async function startConformanceServer(options: ConformanceServerOptions = {}): Promise<ConformanceServer> {
  const { port = 0, proofOnly = false, onError } = options
  const { key, cert } = selfSigned('localhost', '127.0.0.1')
  const server = createServer({ key, cert })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://localhost:${(server.address() as AddressInfo).port}`
  const tenant = await createTenant(url, proofOnly)
  const handle = httpHandler({
    tenant,
    authenticate: withoutAuthentication,
    ...(onError && { onError: (error: unknown) => onError(error) }),
  })
  server.on('request', toNodeListener(handle))
  return {
    url,
    certificate: cert,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function createTenant(url: string, proofOnly: boolean): Promise<HttpTenant> {
  const store = memoryStatusStore()
  const lists = `${url}/status-lists`
  const registry = createStatusRegistry({ store, url: lists })
  const issuers: Record<string, HttpIssuer> = {}
  const keys: Record<string, Key> = {}
  for (const [name, { algorithm, format }] of Object.entries(profiles)) {
    const key = await generateKey({ algorithm })
    keys[name] = key
    issuers[name] = {
      key,
      format,
      conformance: 'noted',
      prepare: (credential) => withIssuer(credential, key),
      ...(name === 'status' && { status: registry }),
    }
  }
  return {
    issuers,
    store,
    status: { registry, publish: { key: keys['status'] as Key } },
    holder: { key: await generateKey() },
    verify: {
      formats: [...defaultFormats, bbs2023()],
      acceptHolder: () => true,
      challenge: withoutChallenge,
      loadStatusList: async (wanted) => {
        const published = wanted.startsWith(`${lists}/`) && (await store.published(wanted.slice(lists.length + 1)))
        return published ? { document: published.credential, fetchedAt: Date.now(), freshUntil: Date.now() } : undefined
      },
      ...(proofOnly && { deciding: ['proof'] as const }),
    },
  }
}

/** Suites name issuers of their own, and know ours from `conformance.json`. What is no issuer at all is left for `issue` to find. */
function withIssuer(credential: JsonObject, { controller }: Key): JsonObject {
  const { issuer } = credential
  if (issuer === undefined || (isObject(issuer) && issuer['id'] === undefined)) {
    const message = '/issuer: is missing: say who issues'
    throw new CredentialError('CREDENTIAL_MALFORMED', message, { findings: [{ path: '/issuer', message }] })
  }
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(idOf(issuer) ?? '')) return credential
  return { ...credential, issuer: isObject(issuer) ? { ...issuer, id: controller } : controller }
}

/** A JWT of the kind that the credential's data model has. */
function jwtOfEither(): Envelope {
  const [jose, jwt] = [vcJose(), vcJwt()]
  return {
    ...jose,
    wrap: (input, signer) => (dataModelOf(input.document) === '1.1' ? jwt : jose).wrap(input, signer),
    open: async (text, limits) => (await jose.open(text, limits)) ?? jwt.open(text, limits),
  }
}
