/** The part of jsonld 9 that this package uses; the library comes without types. */

declare module 'jsonld' {
  /** A context object with what it made of the active contexts it was applied to. */
  export interface ResolvedContext {
    readonly document: object | null
    getProcessed(activeContext: object): object | undefined
    setProcessed(activeContext: object, processed: object): void
  }
  export interface ContextResolver {
    resolve(request: { readonly context: unknown }): Promise<ResolvedContext[]>
  }
  export interface ToRdfOptions {
    readonly base: null
    readonly safe: boolean
    readonly rdfDirection: 'i18n-datatype'
    readonly contextResolver: ContextResolver
    readonly documentLoader: (url: string) => Promise<never>
    readonly canonizeOptions: {
      readonly algorithm: 'RDFC-1.0'
      readonly messageDigestAlgorithm: 'SHA-256' | 'SHA-384'
      readonly maxWorkFactor: number
    }
  }
  const jsonld: { canonize(document: object, options: ToRdfOptions): Promise<string> }
  export default jsonld
}
