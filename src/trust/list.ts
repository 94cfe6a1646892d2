/** Registries that are lists: plain ones, and those in the form of the Digital Credentials Consortium. */

import type { TrustRegistry } from '../checks/settings.ts'
import { isObject, readJson } from '../encoding/json.ts'
import { invalid } from '../options.ts'
import type { JsonObject } from '../types.ts'

/** What a list has of an issuer: its name, or more. */
export type ListedIssuer = string | { readonly name?: string; readonly url?: string }

/**
 * A registry that is a list of the caller's own.
 *
 * @param options.name Name of the list, for reports.
 * @param options.issuers By the issuer's id: its name, or `{ name, url }`. A Map, or an object.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function trustList(options: {
  readonly name: string
  readonly issuers: ReadonlyMap<string, ListedIssuer> | { readonly [id: string]: ListedIssuer }
}): TrustRegistry {
  const { name, issuers } = options ?? {}
  assertName('trustList', name)
  if (!isObject(issuers)) throw invalid('trustList: issuers must be a Map or an object, from ids to names')
  const known =
    issuers instanceof Map ? new Map<string, unknown>(issuers) : new Map<string, unknown>(Object.entries(issuers))
  // Whoever writes `false` or nothing beside an issuer means that it is not trusted.
  for (const [issuer, listed] of known) {
    if (typeof listed !== 'string' && !isObject(listed)) {
      throw invalid(`trustList: "${issuer}" must have a name or { name, url }; leave out issuers that are not trusted`)
    }
  }
  return async (issuer) => {
    const found = known.get(issuer)
    if (found === undefined) return undefined
    const { name: issuerName, url } = isObject(found) ? found : { name: found, url: undefined }
    return {
      registry: name,
      ...(typeof issuerName === 'string' && { name: issuerName }),
      ...(typeof url === 'string' && { url }),
      chain: [{ by: name, about: issuer }],
    }
  }
}

/**
 * A registry document of the Digital Credentials Consortium: `{ registry: { [did]: { name, url, … } } }`. It is not signed: whoever can
 * change it, or the way to it, decides who is trusted.
 *
 * @param options.name Name of the registry, for reports.
 * @param options.document The document: an object, JSON text, or bytes.
 * @param options.url Where it came from, for reports.
 * @throws CredentialError `OPTION_INVALID` for a document of another form.
 */
export function dccRegistry(options: {
  readonly name: string
  readonly document: unknown
  readonly url?: string
}): TrustRegistry {
  const { name, document, url } = options ?? {}
  assertName('dccRegistry', name)
  const read = readJson(document)
  const registry = 'value' in read && isObject(read.value) ? read.value['registry'] : undefined
  if (!isObject(registry)) {
    throw invalid('dccRegistry: document must be { "registry": { "did:…": { "name": "…", "url": "…" } } }')
  }
  const entries = Object.entries(registry).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
  const list = trustList({ name, issuers: new Map(entries as [string, { readonly name?: string }][]) })
  return async (issuer) => {
    const entry = await list(issuer)
    return entry && { ...entry, chain: [{ by: name, about: issuer, ...(url !== undefined && { in: url }) }] }
  }
}

/**
 * Several registries as one: the first that has the issuer answers. Where none has it and one could not be asked, it could not be found out.
 *
 * @throws CredentialError `OPTION_INVALID`.
 */
export function anyRegistry(registries: readonly TrustRegistry[]): TrustRegistry {
  if (!Array.isArray(registries) || !registries.every((each) => typeof each === 'function')) {
    throw invalid('anyRegistry: give a list of registries')
  }
  return async (issuer, options) => {
    let trouble: { readonly cause: unknown } | undefined
    for (const registry of registries) {
      try {
        const entry = await registry(issuer, options)
        if (entry !== undefined) return entry
      } catch (cause) {
        options?.signal?.throwIfAborted()
        trouble ??= { cause }
      }
    }
    if (trouble) throw trouble.cause
    return undefined
  }
}

export function assertName(caller: string, name: unknown): void {
  if (typeof name !== 'string' || name === '')
    throw invalid(`${caller}: name must be text, such as "our partner schools"`)
}
