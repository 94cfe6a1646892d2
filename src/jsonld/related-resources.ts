/**
 * Resources that a document names with their digests (VC Data Model 2.0 section 5.3). What can be compared here are the digests of contexts
 * that come with the package.
 */

import { quote } from '../encoding/clip.ts'
import { type GivenDigest, type HashName, readDigestMultibase, readSri } from '../encoding/digest.ts'
import { isIri } from '../encoding/iri.ts'
import { asArray, isObject, pointer } from '../encoding/json.ts'
import type { ProblemCode } from '../report.ts'
import type { Finding, JsonObject, JsonValue } from '../types.ts'
import { publishedDigests } from './context-digests.ts'

/** A finding; that of a digest which does not fit has a code of its own. */
export type RelatedProblem = Finding & { readonly code?: ProblemCode }

/** What is wrong with the member `relatedResource` of a document of data model 2.0. */
export function findRelatedProblems(document: JsonObject): readonly RelatedProblem[] {
  const member = document['relatedResource']
  const resources = asArray(member)
  const ids = resources.map((resource) => (isObject(resource) ? resource['id'] : undefined))
  return resources.flatMap((resource, index) => {
    const path = Array.isArray(member) ? pointer('/relatedResource', index) : '/relatedResource'
    if (!isObject(resource)) return [finding(path, 'must be an object with "id" and a digest')]
    const { id } = resource
    if (typeof id !== 'string' || !isIri(id))
      return [finding(`${path}/id`, `${quote(id)} is not an absolute IRI; say which resource is meant`)]
    if (ids.indexOf(id) < index) return [finding(`${path}/id`, `${quote(id)} is there twice; give each resource once`)]
    return findDigestProblems(resource, id, path, publishedDigests.get(id))
  })
}

function findDigestProblems(
  resource: JsonObject,
  id: string,
  path: string,
  known: KnownDigests | undefined,
): readonly RelatedProblem[] {
  const { digestSRI, digestMultibase, mediaType } = resource
  if (digestSRI === undefined && digestMultibase === undefined) {
    return [finding(path, 'has no digest: give digestSRI or digestMultibase')]
  }
  if (mediaType !== undefined && !(typeof mediaType === 'string' && /^[\w.+-]+\/[\w.+-]/.test(mediaType))) {
    return [finding(`${path}/mediaType`, `${quote(mediaType)} is not a media type, such as image/png`)]
  }
  return [
    ...judgeDigests(digestSRI, /^\w+-\S/, asArray(digestSRI).flatMap(readSri), id, known, `${path}/digestSRI`),
    ...judgeDigests(
      digestMultibase,
      /^[A-Za-z0-9]\S+$/,
      asArray(digestMultibase).map(readDigestMultibase),
      id,
      known,
      `${path}/digestMultibase`,
    ),
  ]
}

type KnownDigests = { readonly [name in HashName]: string }

/** A text of the right shape that no digest can be read from is that of no known content. */
function judgeDigests(
  member: JsonValue | undefined,
  shape: RegExp,
  digests: readonly (GivenDigest | undefined)[],
  id: string,
  known: KnownDigests | undefined,
  path: string,
): readonly RelatedProblem[] {
  if (member === undefined) return []
  const texts = asArray(member)
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string' && shape.test(text))) {
    return [finding(path, `${quote(member)} is not a digest`)]
  }
  if (!known || digests.every((digest) => digest && known[digest.name] === digest.hex)) return []
  const message = `is not the digest of ${id} as it is published`
  return [{ ...finding(path, message), code: 'DIGEST_MISMATCH' }]
}

function finding(path: string, message: string): Finding {
  return { path, message: `${path}: ${message}` }
}
