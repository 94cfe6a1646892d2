/** A school that issues badges of Open Badges 2.0, and a web that exists in the test alone. */

import { createPublicKey } from 'node:crypto'
import { exportKey, generateKey, type Key, type Signer } from 'testamur'
import { type AssertionReport, type VerifyAssertionOptions, verifyAssertion } from 'testamur/records'
import { signJws } from '../../src/envelopes/jws.ts'
import { hashedIdentity } from '../../src/records/identity.ts'
import type { JsonObject } from '../../src/types.ts'
import { testKey } from './keys.ts'

/** When the tests take place. */
export const now: Date = new Date('2026-06-01T00:00:00Z')

/** Any part of a document, to be put over the usual one. `undefined` takes a member out. */
export type Changes = { readonly [member: string]: unknown }

const context = 'https://w3id.org/openbadges/v2'

export const ids = {
  hosted: 'https://school.example/assertions/1',
  signed: 'urn:uuid:0b1b1d2e-7b8e-4e02-a3f9-7b6a1f0c2d3e',
  badge: 'https://school.example/badges/robotics',
  issuer: 'https://school.example/issuer',
  key: 'https://school.example/keys/1',
  list: 'https://school.example/revoked',
} as const

/** The learner's address, and what the assertions have of it. */
export const email = 'ada@example.edu'
const { identityHash, salt } = hashedIdentity('emailAddress', email, { salt: 'sea' })
const recipient = { type: 'email', hashed: true, salt, identity: identityHash }

export const schoolKey: Key = await testKey(71)
export const otherKey: Key = await testKey(72)

const schoolPem = await pemOf(schoolKey)

/** A public key as SPKI PEM. */
export async function pemOf(key: Key): Promise<string> {
  const { kty, crv, x, y, n, e } = (await exportKey(key)) as unknown as JsonObject
  return createPublicKey({ key: { kty, crv, x, y, n, e } as never, format: 'jwk' })
    .export({ format: 'pem', type: 'spki' })
    .toString()
}

/** An RSA key, which takes its time. */
export function rsaKey(): Promise<Key> {
  return generateKey({ algorithm: 'RSA' })
}

export function hosted(changes: Changes = {}): JsonObject {
  return put(
    {
      '@context': context,
      type: 'Assertion',
      id: ids.hosted,
      recipient,
      badge: ids.badge,
      issuedOn: '2019-05-04T10:00:00Z',
      verification: { type: 'hosted' },
    },
    changes,
  )
}

export function signedPayload(changes: Changes = {}): JsonObject {
  return hosted({ id: ids.signed, verification: { type: 'SignedBadge', creator: ids.key }, ...changes })
}

/** A signed assertion. */
export function signed(changes: Changes = {}, key: Signer = schoolKey, header: JsonObject = {}): Promise<string> {
  return signJws(header, signedPayload(changes), key)
}

export function badgeClass(changes: Changes = {}): JsonObject {
  return put(
    {
      '@context': context,
      type: 'BadgeClass',
      id: ids.badge,
      name: 'Robotics',
      description: 'Builds robots that find their way.',
      image: 'https://school.example/badges/robotics.png',
      criteria: { id: 'https://school.example/badges/robotics/criteria', narrative: 'Build one and let it run.' },
      issuer: ids.issuer,
      tags: ['robots', 'maker'],
      alignment: [
        {
          targetName: 'Designs solutions',
          targetUrl: 'https://case.example/items/7',
          targetCode: 'E.7',
          targetFramework: 'Engineering',
        },
      ],
    },
    changes,
  )
}

export function profile(changes: Changes = {}): JsonObject {
  return put(
    {
      '@context': context,
      type: 'Issuer',
      id: ids.issuer,
      name: 'Northfield School',
      url: 'https://school.example',
      email: 'badges@school.example',
      publicKey: ids.key,
    },
    changes,
  )
}

export function cryptographicKey(changes: Changes = {}): JsonObject {
  return put(
    { '@context': context, type: 'CryptographicKey', id: ids.key, owner: ids.issuer, publicKeyPem: schoolPem },
    changes,
  )
}

export function revocationList(revokedAssertions: unknown, changes: Changes = {}): JsonObject {
  return put({ '@context': context, type: 'RevocationList', id: ids.list }, { revokedAssertions, ...changes })
}

/** What lies where. `undefined` = nothing, an Error = the server is down. */
export type Web = { readonly [url: string]: unknown }

/** The school's web, with other documents in it. */
export function web(changes: Web = {}): {
  readonly fetchJson: (url: string) => Promise<unknown>
  readonly asked: string[]
} {
  const documents: Web = {
    [ids.hosted]: hosted(),
    [ids.badge]: badgeClass(),
    [ids.issuer]: profile(),
    [ids.key]: cryptographicKey(),
    [ids.list]: revocationList([]),
    ...changes,
  }
  const asked: string[] = []
  const fetchJson = async (url: string): Promise<unknown> => {
    asked.push(url)
    const found = Object.hasOwn(documents, url) ? documents[url] : undefined
    if (found instanceof Error) throw found
    return found
  }
  return { fetchJson, asked }
}

/** Verifies within the school's web. */
export function verified(
  assertion: unknown,
  changes: Web = {},
  more: Partial<VerifyAssertionOptions> = {},
): Promise<AssertionReport> {
  return verifyAssertion({ assertion, fetchJson: web(changes).fetchJson, now, ...more })
}

/** The verdict, and the code of each problem. */
export function told(report: AssertionReport): string {
  const codes = report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
  return [report.verdict, ...codes].join(' ')
}

function put(usual: JsonObject, changes: Changes): JsonObject {
  const all = { ...usual, ...changes }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject
}
