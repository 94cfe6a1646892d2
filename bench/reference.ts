/**
 * The reference, `@digitalbazaar/vc`, set up as fast as it can be: contexts and key documents are at hand and marked as
 * never changing, suites are made once. A record's inner credentials are verified one by one, as our `verify` does.
 */

import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { from as multikeyFrom } from '@digitalbazaar/ed25519-multikey'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue, verifyCredential } from '@digitalbazaar/vc'
import jsigs from 'jsonld-signatures'
import { base58btc } from 'multiformats/bases/base58'
import { base64url } from 'multiformats/bases/base64'
import { credentialsIn, proofsOf } from './credentials-in.ts'

/** The contexts by URL. */
export type Contexts = readonly (readonly [url: string, document: object])[]

/** What the reference does for us. */
export interface Reference {
  /** Verifies JSON text, and every credential in it; throws when one is refused. */
  verify(text: string, foreignIssuer?: true): Promise<void>
  issue(credential: object): Promise<object>
}

/** A secret key in Multikey form. */
export interface ReferenceKey {
  readonly id: string
  readonly controller: string
  readonly publicKeyMultibase: string
  readonly secretKeyMultibase: string
}

/** Sets it up for verifying and, with a key, for signing. */
export async function createReference(contexts: Contexts, key?: ReferenceKey): Promise<Reference> {
  const documentLoader = createLoader(contexts)
  const dataIntegrity = new DataIntegrityProof({ cryptosuite, legacyContext: false })
  const suite2020 = new Ed25519Signature2020({})
  const signer = key && (await multikeyFrom({ type: 'Multikey', ...key })).signer()
  const signing = signer ? new DataIntegrityProof({ cryptosuite, legacyContext: false, signer }) : dataIntegrity
  return {
    verify: async (text, foreignIssuer) => {
      const purpose = foreignIssuer && { purpose: new jsigs.purposes.AssertionProofPurpose() }
      for (const credential of credentialsIn(JSON.parse(text))) {
        const suite = proofsOf(credential)[0]?.['type'] === 'DataIntegrityProof' ? dataIntegrity : suite2020
        const { verified, error } = await verifyCredential({ credential, suite, documentLoader, ...purpose })
        if (!verified) throw new Error('the reference refuses the credential', { cause: error })
      }
    },
    // It writes into what it is given.
    issue: (credential) => issue({ credential: structuredClone(credential), suite: signing, documentLoader }),
  }
}

function createLoader(contexts: Contexts): (url: string) => Promise<object> {
  const documents = new Map<string, object>(contexts)
  return async (url) => {
    const document = documents.get(url) ?? keyDocument(url)
    documents.set(url, document)
    return { contextUrl: null, documentUrl: url, document, tag: 'static' }
  }
}

/** A did:key's document, or that of its one key. Some proofs name the DID where they mean the key: the first is both. */
function keyDocument(url: string): object {
  if (!url.startsWith('did:key:')) throw new Error(`${url} is not at hand`)
  const [controller = '', fragment] = url.split('#')
  const publicKeyMultibase = controller.slice('did:key:'.length)
  const id = `${controller}#${publicKeyMultibase}`
  if (fragment !== undefined) {
    return { '@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller, publicKeyMultibase }
  }
  const x = base64url.baseEncode(base58btc.decode(publicKeyMultibase).subarray(2))
  return {
    '@context': 'https://www.w3.org/ns/did/v1',
    id: controller,
    type: 'JsonWebKey',
    controller,
    publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x },
    assertionMethod: [id, controller],
  }
}
