/**
 * How much of verifying is spent on schema and policy: those checks alone against the whole, in paired runs. This needs
 * the inside of the package, so both sides are taken from its source, which is the same code as the built one.
 */

import { checkIssuer } from '../src/checks/binding.ts'
import { checkContents } from '../src/checks/contents.ts'
import { checkProofs } from '../src/checks/proof.ts'
import { checkSchema } from '../src/checks/schema.ts'
import { skipStatus } from '../src/checks/status-need.ts'
import { checkStructure } from '../src/checks/structure.ts'
import { checkTrust } from '../src/checks/trust.ts'
import { checkValidity } from '../src/checks/validity.ts'
import { readJson } from '../src/encoding/json.ts'
import { readForm } from '../src/jsonld/form.ts'
import { readSettings } from '../src/options.ts'
import { findContents } from '../src/records/contents.ts'
import type { JsonObject } from '../src/types.ts'
import { verify } from '../src/verify.ts'
import { type Effort, measurePaired } from './paired.ts'

/** Parts of one whole. */
export interface Share {
  readonly schema: number
  readonly policy: number
}

/** The parts of the schema check, and of all others but reading the document and verifying its proof. */
export async function measureShare(text: string, effort: Effort): Promise<Share> {
  const [whole, schema, policy] = await measurePaired(
    [
      { name: 'whole', run: () => verify({ credential: text }) },
      { name: 'schema', run: async () => ({ overriddenDuration: (await timeChecks(text)).schema }) },
      { name: 'policy', run: async () => ({ overriddenDuration: (await timeChecks(text)).policy }) },
    ],
    effort,
  )
  if (!whole || !schema || !policy) throw new Error('nothing was measured')
  return { schema: schema.wall / whole.wall, policy: policy.wall / whole.wall }
}

/** Goes the way of `verify` with a document of its own, because one that was just looked at is looked at faster. */
async function timeChecks(text: string): Promise<Share> {
  const read = readJson(text)
  if (!('value' in read)) throw new Error('the credential cannot be read')
  const credential = read.value as JsonObject
  const { proof, ...body } = credential
  const unsecured: JsonObject = Object.freeze(body)
  const settings = readSettings({})
  await readForm(unsecured, settings.loadDocument)
  // Its RDF form is known by now: what is left is what the data model asks for. Once it is hashed, the form is forgotten.
  const first = performance.now()
  await checkStructure(unsecured, 'credential', settings.loadDocument)
  const structure = performance.now() - first
  const { good } = await checkProofs(unsecured, proof, 'assertionMethod', settings)
  const issuer = good[0]?.controller ?? ''

  const start = performance.now()
  checkIssuer(credential, good, settings)
  checkValidity(credential, settings)
  skipStatus(credential, settings)
  await checkTrust(issuer, settings)
  await checkContents(findContents(credential), () => Promise.reject(new Error('there is nothing inside')))
  const between = performance.now()
  checkSchema(credential, settings)
  return { policy: structure + between - start, schema: performance.now() - between }
}
