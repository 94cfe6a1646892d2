/**
 * `verify`: answers with a report whatever a stranger sent, and throws only for its caller's own mistakes. The checks in their order are
 * in `verify-credential.ts` and, loaded on first need, `verify-presentation.ts`.
 */

import type { Expectation } from './checks/presenter.ts'
import type { Settings } from './checks/settings.ts'
import { describe } from './encoding/json.ts'
import { LimitError } from './encoding/limits.ts'
import { isCredentialError } from './errors.ts'
import {
  assertOptions,
  invalid,
  type PresentationSettings,
  readSettings,
  settingNames,
  type VerifySettings,
  withoutChallenge,
} from './options.ts'
import { type Check, type CredentialReport, inconclusive, type PresentationReport } from './report.ts'
import { credentialReport, verifyInput } from './verify-credential.ts'

/** Options of `verify` for a credential. */
export interface VerifyCredentialOptions extends VerifySettings {
  /** What a stranger sent: an object, JSON text, a JWT, UTF-8 bytes of either text, or a PNG or SVG with either baked into it. */
  readonly credential: unknown
  readonly presentation?: never
  /**
   * Endorsements that came beside the credential, each as a credential may come. Each is verified with the same settings, and has a check
   * `endorsement` at the credential that it speaks of, there or inside, as those in the credential itself have; its report stands in
   * `report.endorsements`. One that is broken, or speaks of nothing here, is named and decides nothing (`isWarning`). At most
   * `limits.credentials` are looked at.
   */
  readonly endorsements?: readonly unknown[]
}

/** Options of `verify` for a presentation. */
export interface VerifyPresentationOptions extends PresentationSettings {
  /** What a stranger sent: an object, JSON text, a JWT, or UTF-8 bytes of either text. */
  readonly presentation: unknown
  readonly credential?: never
  /** The text that was sent out for this occasion. Without one anybody who saw the presentation can show it again. */
  readonly challenge: string | typeof withoutChallenge
  /** Who you are to the presenter, such as `hr.example`: a presentation made for another is refused. */
  readonly domain?: string
  /** Endorsements that came beside the presentation, of the credentials in it: as for a credential. */
  readonly endorsements?: readonly unknown[]
}

/**
 * Verifies a credential, or a presentation and every credential in it.
 *
 * The report has one verdict and the checks that led to it; `verified` is true only when every required check passed. All are
 * required but `endorsement`: `report.checks.filter(isWarning)` are the endorsements that are broken. Read what was verified from the
 * report, not from the input.
 *
 * @throws CredentialError `OPTION_INVALID` for a mistake in the options. What a stranger sent never makes it throw.
 */
export function verify(options: VerifyCredentialOptions): Promise<CredentialReport>
export function verify(options: VerifyPresentationOptions): Promise<PresentationReport>
export function verify(
  options: VerifyCredentialOptions | VerifyPresentationOptions,
): Promise<CredentialReport | PresentationReport> {
  return verifyOne(options, false)
}

/** The same where others are verified meanwhile. */
export function verifyOneOfMany(options: VerifyCredentialOptions): Promise<CredentialReport> {
  return verifyOne(options, true) as Promise<CredentialReport>
}

async function verifyOne(
  options: VerifyCredentialOptions | VerifyPresentationOptions,
  isOneOfMany: boolean,
): Promise<CredentialReport | PresentationReport> {
  assertOptions('verify', options, ['credential', 'presentation', ...ofPresentations, 'endorsements', ...settingNames])
  if ('credential' in options === 'presentation' in options) {
    throw invalid('verify: give either credential or presentation')
  }
  if (options.endorsements !== undefined && !Array.isArray(options.endorsements)) {
    throw invalid('verify: endorsements must be a list, such as [endorsement]')
  }
  const settings = readSettings(options, isOneOfMany)
  if ('presentation' in options) {
    const expected = readExpectation(options as VerifyPresentationOptions)
    const work = async () => {
      const report = (await loadPresentation()).verifyPresentation(options.presentation, expected, settings)
      return besideEndorsements(report, options, settings)
    }
    return inTime(settings, work, async (checks) => (await loadPresentation()).presentationReport(undefined, checks))
  }
  const odd = ofPresentations.find((name) => name in options)
  if (odd) throw invalid(`verify: ${odd} belongs to a presentation; a credential has none`)
  const work = () => besideEndorsements(verifyInput(options.credential, settings), options, settings)
  return inTime(settings, work, (checks) => credentialReport(undefined, checks))
}

const ofPresentations = ['challenge', 'domain', 'acceptHolder', 'acceptProofPurpose']

const loadPresentation = () => import('./verify-presentation.ts')

/** Where it cannot be worked to the end, nothing was found out. */
async function inTime<R>(
  settings: Settings,
  work: () => Promise<R>,
  reportOn: (checks: readonly Check[]) => R | Promise<R>,
): Promise<R> {
  settings.checkTime?.()
  const stopTime = settings.startTime?.()
  try {
    return await work()
  } catch (cause) {
    return reportOn([unfinished(cause, settings)])
  } finally {
    stopTime?.()
  }
}

/**
 * Its time is over, or a function of the caller or a mistake in this package threw: of many, the others are still to be verified.
 * What the caller asked for is thrown.
 */
function unfinished(cause: unknown, { lookup }: Settings): Check {
  const why = 'It was not verified to the end'
  if (cause instanceof LimitError)
    return inconclusive('proof', 'LIMIT_EXCEEDED', `${why}: ${cause.message}.`, { detail: cause.detail })
  if (isCredentialError(cause) || lookup.signal?.aborted) throw cause
  return inconclusive(
    'proof',
    'PROOF_UNAVAILABLE',
    `${why}, for an error in this package or in a function given to it: ${describe(cause)}.`,
  )
}

/** They come after the record, so that nothing that they need is taken from it. */
function besideEndorsements<R extends CredentialReport | PresentationReport>(
  record: Promise<R>,
  { endorsements, credential }: VerifyCredentialOptions | VerifyPresentationOptions,
  settings: Settings,
): Promise<R> {
  if (endorsements === undefined) return record
  const verifyOne = (each: unknown): Promise<CredentialReport> =>
    verifyInput(each, settings).catch((cause: unknown) => credentialReport(undefined, [unfinished(cause, settings)]))
  return record.then(async (report) =>
    (await import('./seldom.ts')).addDetached(report, credential, endorsements, settings.budget.limits, verifyOne),
  )
}

function readExpectation({ challenge, domain }: VerifyPresentationOptions): Expectation {
  const isText = typeof challenge === 'string' && challenge !== ''
  if (!isText && challenge !== withoutChallenge) {
    throw invalid('verify: a presentation needs the challenge that was sent out for it, as text; or withoutChallenge')
  }
  if (domain !== undefined && (typeof domain !== 'string' || domain === '')) {
    throw invalid('verify: domain must be text, such as "hr.example"')
  }
  return { challenge: isText ? challenge : undefined, domain }
}
