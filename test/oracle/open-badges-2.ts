/**
 * Assertions of Open Badges 2.0 of the specification's own validator, valid and invalid by name. What is valid is upgraded, quoted, issued and
 * verified as a badge of 3.0.
 */

import { issue, verify } from 'testamur'
import { quoteAssertion, unbakeAssertion, upgradeAssertion, verifyAssertion } from 'testamur/records'
import { testKey } from '../helpers/keys.ts'
import { listOracle, readOracle, readOracleBytes } from '../helpers/oracle.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'

const folder = 'realworld/ob20'
const now = new Date('2026-11-22T00:00:00Z')

/** What each must come to; with `mended` after the documents were given the ids that they lie at, which some of the validator's lack. */
interface Expected {
  readonly verdict: string
  readonly mended?: string
}

type Case = readonly [label: string, { readonly file: string; readonly verdict: string; readonly isMended: boolean }]

const valid: Expected = { verdict: 'valid' }
/** The BadgeClass and the Profile call themselves otherwise than where they lie, and nothing lies where they say. */
const misplaced = (mended: string): Expected => ({ verdict: 'indeterminate PROOF_UNAVAILABLE', mended })

const assertions: Readonly<Record<string, Expected>> = {
  'assertion-with-data-image.json': valid,
  'assertion-with-endorsements.json': valid,
  'assertion-with-extension-node-basic.json': valid,
  // The validator applies the schema of the extension; extensions are not looked at here.
  'assertion-with-extension-node-invalid.json': valid,
  'assertion-with-multiple-extensions.json': valid,
  'basic-assertion-expired-before-issued.json': { verdict: 'invalid EXPIRED' },
  'basic-assertion-expired.json': { verdict: 'invalid EXPIRED' },
  'basic-assertion-in-future.json': { verdict: 'invalid NOT_YET_VALID' },
  'basic-assertion-invalid-context.json': { verdict: 'invalid CREDENTIAL_MALFORMED' },
  'basic-assertion-invalid-type.json': { verdict: 'invalid CREDENTIAL_MALFORMED' },
  // It is hosted, and needs no key.
  'basic-assertion-no-public-key.json': valid,
  'basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json': misplaced('invalid ISSUER_MISMATCH'),
  'basic-assertion-with-allowed-origins-invalid-starts-with.json': misplaced('invalid ISSUER_MISMATCH'),
  'basic-assertion-with-allowed-origins-valid-multiple-starts-with.json': misplaced('valid'),
  'basic-assertion-with-allowed-origins-valid-starts-with.json': misplaced('valid'),
  'basic-assertion-with-allowed-origins.json': misplaced('valid'),
  'basic-assertion-with-language.json': valid,
  'basic-assertion.json': valid,
  // Its Profile is named by a UUID, so that nobody can be asked: the validator warns.
  'warning-issuer-non-http.json': { verdict: 'indeterminate PROOF_UNAVAILABLE' },
  // The validator warns of the redirect; here it is a note.
  'warning-with-redirection.json': valid,
  'simple.jwt': valid,
  'simple-not-revoked.jwt': valid,
  'simple-revoked.jwt': { verdict: 'invalid REVOKED' },
  'simple-badge.png': valid,
}

/** Every assertion at hand. */
export function runOpenBadges2(): Promise<SetResult> {
  const cases = Object.entries(assertions).flatMap(([file, { verdict, mended }]): Case[] => [
    [file, { file, verdict, isMended: false }],
    ...(mended === undefined ? [] : [[`${file}, mended`, { file, verdict: mended, isMended: true }] as const]),
  ])
  return runSet('open-badges-2', cases, async ({ file, verdict, isMended }) => {
    const bytes = readOracleBytes(`${folder}/${file}`)
    const report = await verifyAssertion({ assertion: bytes, fetchJson: webOf(bytes, isMended), now })
    const codes = report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
    const found = [report.verdict, ...codes].join(' ')
    if (found !== verdict) return { differs: `expected ${verdict}, got ${found}` }
    const offline = await verifyAssertion({ assertion: bytes, now })
    if (offline.verified) return { differs: 'valid although nothing was fetched' }
    return report.verified ? reissue(report) : undefined
  })
}

async function reissue(report: Awaited<ReturnType<typeof verifyAssertion>> & { verified: true }): Promise<CaseResult> {
  const key = await testKey(9)
  const settings = { report, issuer: key.controller }
  const badges = [upgradeAssertion({ ...settings, formerIssuer: report.issuer.id }), quoteAssertion(settings)]
  for (const credential of badges) {
    const { verdict } = await verify({ credential: await issue({ credential, key, now, conformance: 'strict' }), now })
    if (verdict !== 'valid') return { differs: `its badge of 3.0 is ${verdict}` }
  }
  return undefined
}

/** The validator's own web: hosts of example.org, whose files lie in one folder; an assertion lies at its id. */
function webOf(assertion: Uint8Array, isMended: boolean): (url: string) => Promise<unknown> {
  const assets = new Set(listOracle(`${folder}/assets`))
  const unbaked = unbakeAssertion(assertion)
  const text = 'assertion' in unbaked ? unbaked.assertion : new TextDecoder().decode(assertion)
  const own = idIn(text)
  return async (url) => {
    if (own !== undefined && url === own) return text
    const name = /^https?:\/\/(?:www\.)?example\.org\/(.+)$/.exec(url)?.[1] ?? ''
    if (!assets.has(name)) return undefined
    const found = readOracle(`${folder}/assets/${name}`)
    return isMended ? JSON.stringify({ ...JSON.parse(found), id: url }) : found
  }
}

function idIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { readonly id?: string }).id
  } catch {
    return undefined
  }
}
