/**
 * Where an issuer lets its badges lie (Open Badges 2.0, VerificationObject and "HostedBadge Verification"): what its own Profile says, else
 * on the host of the Profile.
 */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'
import { isWeb } from './lookup.ts'

/** What an issuer allows. */
export interface Scope {
  /** Whether an assertion of that id is within it. */
  readonly hasAssertion: (id: string) => boolean
  /** Whether a BadgeClass of that id is: paths are said of assertions alone. */
  readonly hasBadgeClass: (id: string) => boolean
  /** In words. */
  readonly text: string
}

/** Reads the scope of a Profile that was found at its id; or what of it is not understood here. */
export function scopeOf(profile: JsonObject & { readonly id: string }): Scope | { readonly problem: string } {
  const { id, verification } = profile
  const own = new URL(id).host
  if (verification === undefined) return scope([own], undefined, own)
  if (!isObject(verification)) return { problem: 'its "verification" is elsewhere, or no object' }
  const { verificationProperty = 'id', startsWith, allowedOrigins } = verification
  if (verificationProperty !== 'id' && verificationProperty !== '@id') {
    return { problem: 'it names another "verificationProperty" than "id"' }
  }
  const starts = startsWith === undefined ? undefined : asArray(startsWith).filter(isWebText)
  const origins = allowedOrigins === undefined ? undefined : asArray(allowedOrigins).filter(isText)
  return scope(origins ?? (starts ? undefined : [own]), starts, own)
}

function scope(origins: readonly string[] | undefined, starts: readonly string[] | undefined, own: string): Scope {
  const isAllowed = (url: URL): boolean => !origins || origins.some((each) => isOriginOf(each, url))
  return {
    hasAssertion: (id) =>
      isWeb(id) && isAllowed(new URL(id)) && (!starts || starts.some((start) => beginsWith(id, start))),
    hasBadgeClass: (id) => {
      if (!isWeb(id)) return false
      const { host } = new URL(id)
      const hosts = [own, ...(starts ?? []).map((start) => new URL(start).host)]
      return hosts.includes(host) || (origins ?? []).some((each) => isOriginOf(each, new URL(id)))
    },
    text: [
      ...(origins ? [`on ${origins.join(', ') || 'no host at all'}`] : []),
      ...(starts ? [`under ${starts.join(', ') || 'no address at all'}`] : []),
    ].join(', '),
  }
}

/** A host, with its port where it has one; many write the whole origin. */
function isOriginOf(allowed: string, url: URL): boolean {
  const text = allowed.toLowerCase()
  return text === url.host || text === url.origin
}

/**
 * Not the text as it stands: `https://a.example` is also how `https://a.example.evil.example` begins, and `https://a.example/b/` how
 * `https://a.example/b/../c` does.
 */
function beginsWith(id: string, start: string): boolean {
  const [url, first] = [new URL(id), new URL(start)]
  return url.origin === first.origin && url.href.startsWith(first.href)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWebText(value: unknown): value is string {
  return typeof value === 'string' && isWeb(value)
}
