// What is used of the published suites, which carry no types of their own.

interface LibraryDocument {
  [member: string]: unknown
}
interface LibrarySigner {
  readonly id: string
  readonly algorithm: string
  sign(input: { readonly data: Uint8Array }): Promise<Uint8Array>
}
type LibraryCanonize = (
  input: LibraryDocument,
  options: { readonly messageDigestAlgorithm?: string },
) => Promise<string>
interface LibrarySuiteOptions {
  readonly signer?: LibrarySigner
  readonly date?: Date
}
interface LibrarySuite {
  canonize: LibraryCanonize
  getVerificationMethod: () => Promise<LibraryDocument>
  verifyProof(input: {
    readonly proof: LibraryDocument
    readonly document: LibraryDocument
    readonly documentLoader: (url: string) => Promise<never>
  }): Promise<{ readonly verified: boolean }>
}
interface LibraryPurpose {
  update(proof: LibraryDocument): Promise<LibraryDocument>
}
interface LibrarySigning {
  readonly suite: LibrarySuite
  readonly purpose: LibraryPurpose
  readonly documentLoader: (url: string) => Promise<never>
}

declare module '@digitalbazaar/vc' {
  export function issue(options: LibrarySigning & { credential: LibraryDocument }): Promise<LibraryDocument>
  export function signPresentation(
    options: LibrarySigning & { presentation: LibraryDocument; challenge?: string },
  ): Promise<LibraryDocument>
}

declare module '@digitalbazaar/data-integrity' {
  export const DataIntegrityProof: new (
    options: LibrarySuiteOptions & { readonly cryptosuite: LibraryCryptosuite; readonly legacyContext: boolean },
  ) => LibrarySuite
}

interface LibraryCryptosuite {
  readonly name: string
  canonize: LibraryCanonize
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: LibraryCryptosuite
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: LibraryCryptosuite
}

declare module '@digitalbazaar/ed25519-signature-2020' {
  export const Ed25519Signature2020: new (options: LibrarySuiteOptions) => LibrarySuite
}
