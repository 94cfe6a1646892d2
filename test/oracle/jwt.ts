/**
 * The JWTs among the signed documents of others. What the manifest knows of them is whether the signature verifies with a reference,
 * which looks neither at dates nor at what the claims say of the credential: so dates are left out here, and where the claims or the
 * credential are against their specification, the code that says so must be found.
 */

import { type CredentialReport, type JsonObject, type PresentationReport, verify, withoutChallenge } from 'testamur'
import type { CaseResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'

/** The proofs of the manifest that are JWTs. */
export const jwtProofs: readonly string[] = ['JWT RS256', 'JWT ES256', 'JWT EdDSA', 'JWT ES256 SD', 'JWT EdDSA SD']

interface Row {
  readonly file: string
  readonly type: readonly string[]
  readonly expected: 'valid' | 'invalid'
}

const readOtherwise = [
  // VC Data Model 1.1 section 6.3.1: sub is the subject's id. These are templates whose subject and issuer were left in.
  { files: /62ee200b|ecad6812|2d7d556d|269fd58f|9d0dc186|18d7e689|1889feff/, code: 'CLAIM_MISMATCH' },
  // Presentations of two of them.
  { files: /103ef8b9|a9951d23/, code: 'CONTENT_INVALID' },
  // VC Data Model 1.1 section 4.6: its validFrom is the 31st of April.
  { files: /a9da35cf/, code: 'CREDENTIAL_MALFORMED' },
] as const

/** One file. */
export async function runJwt(row: Row, text: string): Promise<CaseResult> {
  const [header, payload] = text.split('.', 2).map(decode) as [JsonObject, JsonObject]
  const isPresentation = row.type.includes('VerifiablePresentation')
  const judge = (more: object): Promise<CredentialReport | PresentationReport> =>
    isPresentation
      ? verify({
          presentation: text,
          ...answerOf(payload),
          acceptHolder: () => true,
          crossCheck,
          skip: ['validity'],
          ...more,
        })
      : verify({ credential: text, crossCheck, skip: ['validity'], ...more })
  const strict = await judge({})
  const { jwk } = header
  if (jwk === undefined) return compare(row, strict)
  // Its issuer is a URL, and nothing but the JWT itself says what its key is: undecided until somebody vouches for the key.
  if (strict.verdict !== 'indeterminate') return { differs: `${strict.verdict}, although nobody vouches for its key` }
  return compare(row, await judge({ issuerKeys: async () => ({ keys: [jwk] }) }))
}

function compare(row: Row, report: CredentialReport | PresentationReport): CaseResult {
  const codes = report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
  const otherwise = readOtherwise.find(({ files }) => files.test(row.file))
  if (otherwise)
    return codes.includes(otherwise.code) ? undefined : { differs: `expected ${otherwise.code}, got ${codes}` }
  if (codes.includes('CONTENT_INDETERMINATE')) return { unsupported: 'a JWT of ES256K inside' }
  return report.verdict === row.expected
    ? undefined
    : { differs: `expected ${row.expected}, got ${report.verdict}: ${codes}` }
}

function answerOf({ nonce, aud }: JsonObject): { challenge: string | typeof withoutChallenge; domain?: string } {
  const challenge = typeof nonce === 'string' ? nonce : withoutChallenge
  return { challenge, ...(typeof aud === 'string' && { domain: aud }) }
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
