/**
 * The same kinds of proof made and verified by the published libraries, which are loaded on first need: a second opinion
 * on ours. Theirs are the hashing, the canonicalisation and the proof itself; contexts and keys are handed in.
 */

import { asArray } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import { UnavailableContextError, UnknownContextError } from '../jsonld/context-errors.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import type { DocumentLoader, JsonObject, Proof } from '../types.ts'
import type { Cryptosuite, ProofInput, SecureInput } from './cryptosuite.ts'
import { type DisclosureLibrary, publishedDisclosure } from './published-disclosure.ts'
import { type JcsLibrary, methodOf, publishedJcs } from './published-jcs.ts'
import { bbs2023, ecdsaSd2023 } from './selective-disclosure/suites.ts'
import { ecdsaJcs2019, ecdsaRdfc2019, ed25519Signature2020, eddsaJcs2022, eddsaRdfc2022 } from './suites.ts'

/** Published libraries that are not among this package's dependencies: install one, and hand in the module. */
export interface PublishedLibraries {
  /** `@digitalbazaar/eddsa-jcs-2022-cryptosuite`. */
  readonly eddsaJcs2022?: JcsLibrary
  /** `@digitalbazaar/ecdsa-jcs-2019-cryptosuite`. */
  readonly ecdsaJcs2019?: JcsLibrary
  /** `@digitalbazaar/ecdsa-sd-2023-cryptosuite`. */
  readonly ecdsaSd2023?: DisclosureLibrary
  /** `@digitalbazaar/bbs-2023-cryptosuite`. */
  readonly bbs2023?: DisclosureLibrary
}

/**
 * Published implementations of the supported suites, for `crossCheck` and for tests. Those of `eddsa-rdfc-2022`,
 * `ecdsa-rdfc-2019` and `Ed25519Signature2020` are there; others are handed in.
 */
export function digitalBazaar(libraries: PublishedLibraries = {}): readonly Cryptosuite[] {
  const given = readLibraries(libraries)
  return [
    ...(given.eddsaJcs2022 ? [publishedJcs(eddsaJcs2022(), given.eddsaJcs2022)] : []),
    ...(given.ecdsaJcs2019 ? [publishedJcs(ecdsaJcs2019(), given.ecdsaJcs2019)] : []),
    ...(given.ecdsaSd2023 ? [publishedDisclosure(ecdsaSd2023(), given.ecdsaSd2023)] : []),
    ...(given.bbs2023 ? [publishedDisclosure(bbs2023(), given.bbs2023)] : []),
    published(eddsaRdfc2022(), async (options, document) => {
      const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')
      return dataIntegrityProof(cryptosuite, options, document)
    }),
    published(ecdsaRdfc2019(), async (options, document) => {
      const { cryptosuite } = await import('@digitalbazaar/ecdsa-rdfc-2019-cryptosuite')
      return dataIntegrityProof(cryptosuite, options, document)
    }),
    published(ed25519Signature2020(), async (options) => {
      const { Ed25519Signature2020 } = await import('@digitalbazaar/ed25519-signature-2020')
      return new Ed25519Signature2020(options)
    }),
  ]
}

const packages = {
  eddsaJcs2022: '@digitalbazaar/eddsa-jcs-2022-cryptosuite',
  ecdsaJcs2019: '@digitalbazaar/ecdsa-jcs-2019-cryptosuite',
  ecdsaSd2023: '@digitalbazaar/ecdsa-sd-2023-cryptosuite',
  bbs2023: '@digitalbazaar/bbs-2023-cryptosuite',
} as const satisfies Readonly<Record<keyof PublishedLibraries, string>>

function readLibraries(libraries: PublishedLibraries): PublishedLibraries {
  for (const [name, library] of Object.entries(libraries) as [keyof PublishedLibraries, unknown][]) {
    if (!Object.hasOwn(packages, name)) {
      const known = Object.keys(packages).join(', ')
      throw new CredentialError('OPTION_INVALID', `digitalBazaar: there is no library "${name}"; there are ${known}`)
    }
    if (typeof (library as Partial<DisclosureLibrary> | undefined)?.createVerifyCryptosuite === 'function') continue
    const from = packages[name]
    const message = `digitalBazaar: ${name} must be the module "${from}" (npm install ${from}): await import('${from}')`
    throw new CredentialError('OPTION_INVALID', message)
  }
  return libraries
}

function published(own: Cryptosuite, loadSuite: LoadSuite): Cryptosuite {
  return {
    ...own,
    sign: (input, signer) => signWith(loadSuite, input, signer),
    verify: (input, key) => verifyWith(loadSuite, input, key),
  }
}

async function dataIntegrityProof(
  cryptosuite: LibraryCryptosuite,
  options: LibrarySuiteOptions,
  document: JsonObject,
): Promise<LibrarySuite> {
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity')
  const contexts = asArray(document['@context'])
  const [one, two] = ['v1', 'v2'].map((version) =>
    contexts.includes(`https://w3id.org/security/data-integrity/${version}`),
  )
  const suite = { ...cryptosuite }
  const made = new DataIntegrityProof({ ...options, cryptosuite: suite, legacyContext: one === true && two === false })
  // Suites with their own hashing canonicalise through the cryptosuite, the others through the proof.
  suite.canonize = (input, canonizeOptions) => made.canonize(input, canonizeOptions)
  return made
}

/** Makes the library's suite object. */
type LoadSuite = (options: LibrarySuiteOptions, document: JsonObject) => Promise<LibrarySuite>

/** Signs with a suite. Only the proof is returned: the document stays as it was. */
async function signWith(loadSuite: LoadSuite, input: SecureInput, signer: Signer): Promise<Proof> {
  const { issue, signPresentation } = await import('@digitalbazaar/vc')
  const libraryOptions = {
    signer: { id: signer.id, algorithm: signer.algorithm, sign: ({ data }: { data: Uint8Array }) => signer.sign(data) },
    date: input.created,
  }
  const suite = await loadSuite(libraryOptions, input.document)
  connectCanonize(suite, input.loadDocument)
  const { purpose, challenge, domain } = input
  const options = {
    suite,
    purpose: purposeOf({
      proofPurpose: purpose,
      ...(challenge !== undefined && { challenge }),
      ...(domain && { domain }),
    }),
    documentLoader: refuseToLoad,
  }
  // The library writes into what it is given.
  const document = structuredClone(input.document) as LibraryDocument
  const signed =
    purpose === 'assertionMethod'
      ? await issue({ ...options, credential: document })
      : await signPresentation({ ...options, presentation: document })
  return (signed as LibraryDocument)['proof'] as Proof
}

/** Verifies one proof with a suite. */
async function verifyWith(loadSuite: LoadSuite, input: ProofInput, key: PublicKey): Promise<boolean> {
  const suite = await loadSuite({}, input.document)
  // A context that is not at hand is not a bad signature; the library would make it one.
  const trouble = connectCanonize(suite, input.loadDocument)
  suite.getVerificationMethod = async () => methodOf(input.proof.verificationMethod, key)
  const document = structuredClone(input.document) as LibraryDocument
  const proof = { '@context': document['@context'], ...structuredClone(input.proof) }
  const { verified } = await suite.verifyProof({ proof, document, documentLoader: refuseToLoad })
  if (!verified && trouble.cause !== undefined) throw trouble.cause
  return verified
}

interface Trouble {
  cause?: unknown
}

function connectCanonize(suite: LibrarySuite, loadDocument: DocumentLoader): Trouble {
  const trouble: Trouble = {}
  suite.canonize = async (input, { messageDigestAlgorithm }) => {
    const digest = messageDigestAlgorithm === 'SHA-384' ? 'SHA-384' : 'SHA-256'
    try {
      const { canonizeWithLibrary } = await import('../jsonld/library.ts')
      return await canonizeWithLibrary(input as JsonObject, { loadDocument, digest })
    } catch (cause) {
      if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) trouble.cause ??= cause
      throw cause
    }
  }
  return trouble
}

function purposeOf(members: LibraryDocument): LibraryPurpose {
  return {
    update: async (proof) => ({ ...proof, ...members }),
  }
}

async function refuseToLoad(url: string): Promise<never> {
  throw new Error(`nothing is loaded while a proof is made or verified, but ${url} was asked for`)
}
