/** A proof's options where the document may be a part: they are the same for the base proof and for what is derived from it. */

import { readForm } from '../../jsonld/form.ts'
import type { ProofInput } from '../cryptosuite.ts'
import { hashDocument, optionsDocument, type SuiteShape } from '../data-integrity.ts'

/** The hash of the options as they were signed; `undefined` where their words could mean something else. */
export async function hashOptions(shape: SuiteShape, input: ProofInput): Promise<Uint8Array | undefined> {
  const { document, proof, loadDocument } = input
  const { proofValue: _, ...options } = proof
  const { '@context': own } = options as { readonly '@context'?: unknown }
  if (own !== undefined && ![own].flat().every((context) => typeof context === 'string')) return undefined
  const configuration = optionsDocument(shape, document, options)
  const { notCompacted } = await readForm(configuration, loadDocument)
  return notCompacted.length > 0 ? undefined : hashDocument(configuration, 'SHA-256', loadDocument)
}
