// What is used here of the published libraries, which carry no types of their own.

declare module '@digitalbazaar/vc' {
  export function verifyCredential(options: {
    readonly credential: object
    readonly suite: object
    readonly documentLoader: (url: string) => Promise<object>
    readonly purpose?: object
  }): Promise<{ readonly verified: boolean; readonly error?: Error }>
  export function issue(options: {
    readonly credential: object
    readonly suite: object
    readonly documentLoader: (url: string) => Promise<object>
  }): Promise<object>
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer(): LibrarySigner }>
}

declare module 'jsonld-signatures' {
  const jsigs: { readonly purposes: { readonly AssertionProofPurpose: new () => object } }
  export default jsigs
}
