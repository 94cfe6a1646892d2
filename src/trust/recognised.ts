/**
 * Issuers that others recognise by a credential: an accreditor's credential about an issuer, verified like any other (Open Badges 3.0,
 * EndorsementCredential, whose subject is a Profile).
 */

import type { TrustRegistry } from '../checks/settings.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import { assertOptions, invalid, settingNames, type VerifySettings } from '../options.ts'
import { isProblem, type TrustEntry } from '../report.ts'
import type { JsonObject } from '../types.ts'
import { verify } from '../verify.ts'
import { assertName } from './list.ts'

/** What `recognisedIssuers` takes: besides these, the settings of `verify` for the credentials. */
export interface RecognisedIssuersOptions extends Omit<VerifySettings, 'trust' | 'signal'> {
  /** Name of the registry, for reports. */
  readonly name: string
  /** Credentials about issuers, as they came: each as for `verify`. */
  readonly recognitions: readonly unknown[]
  /**
   * Who may recognise: a registry of accreditors, such as a `trustList`; or `recognisedIssuers` again, for accreditors that are recognised
   * themselves.
   */
  readonly accreditors: TrustRegistry
  /**
   * Types of credentials that recognise the issuer they are about; one of them is enough. Not any credential does: a badge that an
   * accreditor awards recognises nobody as an issuer. Default: `EndorsementCredential`.
   */
  readonly types?: readonly string[]
}

/**
 * A registry of the issuers that a trusted accreditor recognises. Each recognition is verified when it is asked for: signature, dates,
 * status, and that its issuer is an accreditor. A recognition that is undecided leaves the issuer undecided.
 *
 * @throws CredentialError `OPTION_INVALID`.
 */
export function recognisedIssuers(options: RecognisedIssuersOptions): TrustRegistry {
  const names = settingNames.filter((name) => name !== 'trust' && name !== 'signal')
  assertOptions('recognisedIssuers', options, ['name', 'recognitions', 'accreditors', 'types', ...names])
  const { name, recognitions, accreditors, types = ['EndorsementCredential'], ...settings } = options
  assertName('recognisedIssuers', name)
  if (!Array.isArray(recognitions)) throw invalid('recognisedIssuers: recognitions must be a list of credentials')
  if (typeof accreditors !== 'function') throw invalid('recognisedIssuers: accreditors must be a registry')
  if (!Array.isArray(types)) throw invalid('recognisedIssuers: types must be a list')
  return async (issuer, lookup) => {
    let isOpen: string | undefined
    for (const credential of recognitions) {
      const report = await verify({ ...settings, ...(lookup?.signal && { signal: lookup.signal }), credential })
      const document = report.verified ? (report.credential as unknown as JsonObject) : (report.unverified ?? {})
      const isMeant = asArray(document['type']).some((type) => types.includes(type as string))
      if (!isMeant || !isAbout(document, issuer)) continue
      if (report.verified) {
        const by = await accreditors(report.issuer, lookup)
        if (by) return entryOf(name, document, report.issuer, issuer, by)
      } else if (report.verdict === 'indeterminate') {
        isOpen ??= report.checks.find(isProblem)?.message
      }
    }
    if (isOpen !== undefined) throw new Error(`a credential that recognises it is undecided: ${isOpen}`)
    return undefined
  }
}

/** About this issuer and nobody else. */
function isAbout(document: JsonObject, issuer: string): boolean {
  const subjects = asArray(document['credentialSubject'])
  return subjects.length === 1 && idOf(subjects[0]) === issuer
}

function entryOf(registry: string, document: JsonObject, by: string, issuer: string, above: TrustEntry): TrustEntry {
  const [subject] = asArray(document['credentialSubject']).filter(isObject)
  const issuerName = subject?.['name']
  const id = idOf(document)
  return {
    registry,
    ...(typeof issuerName === 'string' && { name: issuerName }),
    chain: [
      ...(above.chain ?? [{ by: above.registry, about: by }]),
      { by, about: issuer, ...(id !== undefined && { in: id }) },
    ],
  }
}
