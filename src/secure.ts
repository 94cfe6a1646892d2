/**
 * Secures a document: each format makes its proof over the same unsecured document, and every signature is verified once
 * before anything is returned, so that a wrong key behind a name never gets out.
 */

import type { Format } from './checks/settings.ts'
import { defaultResolver } from './defaults.ts'
import { type ResolverLike, toDidResolver } from './dids/resolver.ts'
import { findVerificationMethod, type ProofPurpose } from './dids/verification-method.ts'
import { given } from './encoding/given.ts'
import { asArray, describe } from './encoding/json.ts'
import type { Envelope, WrapInput } from './envelopes/envelope.ts'
import { CredentialError } from './errors.ts'
import { algorithmNames, type PublicKey } from './keys/algorithms.ts'
import type { Key, Signer } from './keys/key.ts'
import { readPublicKey } from './keys/public-key.ts'
import { invalid, type SigningFormat } from './options.ts'
import { type Cryptosuite, isDisclosureSuite, type SecureInput } from './proofs/cryptosuite.ts'
import type { DidDocument, DidResolver, JsonObject, OneOrMany, Proof, Secured } from './types.ts'

/** What signing with a format gives: the document with its proofs, or the text of an envelope. */
export type SecuredAs<T, F extends SigningFormat> = F extends Envelope ? string : Secured<T>

/** A signer that has what `issue` and `present` need, or an `OPTION_INVALID` error. */
export function assertSigner(verb: string, key: Signer, formats: readonly Cryptosuite[] | Envelope): void {
  if (typeof key?.sign !== 'function' || typeof key.id !== 'string' || !key.id.startsWith(`${key.controller}#`)) {
    throw invalid(
      `${verb}: key must be a Signer: id (a DID URL of its controller), controller, algorithm and sign(); ${given(key)}`,
    )
  }
  if (typeof key.algorithm !== 'string')
    throw invalid(`${verb}: key.algorithm is missing; it is ${algorithmNames.replace(/, (?=[^,]*$)/, ' or ')}`)
  const unfit = [formats].flat().find((format: Format) => !format.algorithms.includes(key.algorithm))
  if (unfit) {
    const fit = unfit.algorithms.join(' or ')
    const signs = `${unfit.name} signs with ${fit}, not with ${key.algorithm}`
    const right =
      key.algorithm === 'RSA'
        ? 'RSA is for JWTs: give format, such as vcJwt(); '
        : key.algorithm === 'Bls12381G2'
          ? 'BBS keys are for format: bbs2023(); '
          : ''
    throw new CredentialError('KEY_UNSUPPORTED', `${verb}: ${right}${signs}`)
  }
}

/** The document with the contexts that the proofs need. */
export function withProofContexts(document: JsonObject, formats: readonly Cryptosuite[]): JsonObject {
  let current = document
  for (const format of formats) {
    const context = format.requiredContext(current)
    if (context !== undefined) current = { ...current, '@context': [...asArray(current['@context']), context] }
  }
  return current
}

/** Signs, verifies the signature, and adds the proof or proofs, which get the ids in turn. */
export async function secure(
  verb: string,
  input: SecureInput,
  key: Signer,
  formats: readonly Cryptosuite[],
  resolveDid: DidResolver | ResolverLike | undefined,
  proofIds: readonly string[] = [],
): Promise<JsonObject> {
  const publicKey = await findPublicKey(verb, key, input.purpose, resolveDid)
  const proofs: Proof[] = []
  for (const [index, format] of formats.entries()) {
    const proofId = proofIds[index]
    const proof = await format.sign({ ...input, publicKey, ...(proofId !== undefined && { proofId }) }, key)
    const { document, loadDocument } = input
    const made = { document, proof, loadDocument }
    const verdict = isDisclosureSuite(format) ? format.verifyBase(made, publicKey) : format.verify(made, publicKey)
    if ((await verdict) === false) {
      throw wrongSignature(verb, key)
    }
    proofs.push(proof)
  }
  const proof: OneOrMany<Proof> = proofs.length === 1 ? (proofs[0] as Proof) : proofs
  return { ...input.document, proof: proof as unknown as JsonObject }
}

/** Signs the document as an envelope, and opens and verifies that once. */
export async function wrap(
  verb: string,
  input: WrapInput,
  key: Signer,
  envelope: Envelope,
  resolveDid: DidResolver | ResolverLike | undefined,
): Promise<string> {
  const publicKey = await findPublicKey(verb, key, input.purpose, resolveDid)
  const text = await envelope.wrap(input, key)
  const opened = await envelope.open(text)
  if (opened && 'problem' in opened) throw invalid(`${verb}: ${envelope.name} cannot carry it: ${opened.problem}`)
  if (await opened?.verify(publicKey)) return text
  throw wrongSignature(verb, key)
}

function wrongSignature(verb: string, key: Signer): CredentialError {
  return new CredentialError(
    'SIGNATURE_WRONG',
    `${verb}: the signature does not verify under ${key.id}: the signer behind this name holds another key`,
  )
}

/** What the world will find under the key's name; a key in memory may stand in where its DID cannot be resolved yet. */
async function findPublicKey(
  verb: string,
  key: Signer,
  purpose: ProofPurpose,
  resolveDid: DidResolver | ResolverLike | undefined,
): Promise<PublicKey> {
  const document = await resolve(key, resolveDid)
  if (document instanceof Error) {
    const { publicKey } = key as Partial<Key>
    if (publicKey instanceof Uint8Array) return { algorithm: key.algorithm, bytes: publicKey }
    throw invalid(
      `${verb}: the signature could not be verified, because ${key.controller} could not be resolved (${document.message}); give resolveDid`,
    )
  }
  const found = document && findVerificationMethod(document, key.id, purpose)
  const published = found?.listed ? await readPublicKey(found.method) : undefined
  if (!published || published.algorithm !== key.algorithm) {
    throw invalid(`${verb}: the DID document of ${key.controller} has no ${key.algorithm} key ${key.id} for ${purpose}`)
  }
  return published
}

async function resolve(
  key: Signer,
  resolveDid: DidResolver | ResolverLike | undefined,
): Promise<DidDocument | undefined | Error> {
  try {
    return await (resolveDid ? toDidResolver(resolveDid) : defaultResolver)(key.controller)
  } catch (cause) {
    return new Error(describe(cause))
  }
}
