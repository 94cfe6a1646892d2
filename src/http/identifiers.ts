/** `GET /identifiers/{did}`: a DID document, or the whole result of resolution or dereferencing, as `Accept` says. */

import type { JsonObject } from '../types.ts'
import { defaultDidMethods, type Resolution, resolutionErrors, resolveDidUrl } from './did-resolution.ts'
import { json } from './problem.ts'
import type { Work } from './work.ts'

const resultTypes = ['application/did-resolution', 'application/ld+json;profile="https://w3id.org/did-resolution"']
const documentTypes = [
  'application/did+ld+json',
  'application/did+json',
  'application/did',
  'application/json',
  'application/ld+json',
]

const optionNames = ['publicKeyFormat', 'enableExperimentalPublicKeyTypes', 'accept']

/** Resolves a DID; of a DID URL, which comes percent-encoded, what it leads to. */
export async function resolveIdentifier({ request, url, tenant, name = '' }: Work): Promise<Response> {
  const media = chooseMedia(request.headers.get('accept') ?? '')
  const text = decode(name)
  const unknown = [...url.searchParams.keys()].find((each) => !optionNames.includes(each))
  if (media === undefined || text === undefined || unknown !== undefined) {
    const error =
      media === undefined ? 'representationNotSupported' : text === undefined ? 'invalidDid' : 'invalidOptions'
    return answer({ isUrl: false, error }, media)
  }
  const publicKeyFormat = url.searchParams.get('publicKeyFormat') ?? undefined
  const methods = tenant.didMethods ?? defaultDidMethods
  return answer(await resolveDidUrl(text, methods, publicKeyFormat === undefined ? {} : { publicKeyFormat }), media)
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** What is asked for, and whether the whole result is meant. `undefined`: nothing that is had here. */
interface Media {
  readonly type: string
  readonly isResult: boolean
}

function chooseMedia(accept: string): Media | undefined {
  const ranges = accept
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/\s*;\s*/g, ';')
        .replace(/;q=[\d.]+/, ''),
    )
    .filter((each) => each !== '')
  if (ranges.length === 0) return { type: 'application/did+ld+json', isResult: false }
  for (const range of ranges) {
    const result = resultTypes.find((type) => type === range || type.replaceAll('"', '') === range)
    if (result !== undefined) return { type: result, isResult: true }
    if (range === '*/*' || range === 'application/*') return { type: 'application/did+ld+json', isResult: false }
    if (documentTypes.includes(range)) return { type: range, isResult: false }
  }
  return undefined
}

function answer(resolution: Resolution, media: Media | undefined): Response {
  const { error, document = {} } = resolution
  const status = error === undefined ? 200 : resolutionErrors[error]
  if (error === undefined && media?.isResult === false) return json(200, document, media.type)
  // What went wrong stands in the result alone, which is told in any case.
  return json(status, resultOf(resolution), media?.isResult ? media.type : 'application/json')
}

/** The result; that of dereferencing has the member names of both DID Core and the servers that came before it. */
function resultOf({ isUrl, error, document = {} }: Resolution): JsonObject {
  const contentType = error === undefined ? { contentType: 'application/did+ld+json' } : {}
  const metadata = error === undefined ? contentType : { error }
  const isDeactivated = error === 'deactivated'
  const didDocumentMetadata = isDeactivated ? { deactivated: true } : {}
  const context = { '@context': 'https://w3id.org/did-resolution/v1' }
  if (!isUrl) return { ...context, didDocument: document, didResolutionMetadata: metadata, didDocumentMetadata }
  return {
    ...context,
    dereferencingMetadata: metadata,
    contentStream: error === undefined ? document : null,
    contentMetadata: didDocumentMetadata,
    didDocument: document,
    didDereferencingMetadata: metadata,
    didDocumentMetadata,
  }
}
