/**
 * Schema: whether a learner record has the shape that its type asks for, and the schemas it names in `credentialSchema`
 * (VC Data Model 2.0 section 4.11). A document in the published lenient form passes, with a note.
 */

import { asArray, idOf, locate, pointer } from '../encoding/json.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import { type SchemaVerdict, validateDocument } from '../schema/validator.ts'
import type { JsonObject } from '../types.ts'
import type { Conformance, Settings } from './settings.ts'

/** One check for each schema that applies by type, and for each that the credential names. */
export async function checkSchema(credential: JsonObject, settings: Settings): Promise<readonly Check[]> {
  if (settings.skip.has('schema')) return [skipped('schema', 'The schema was not looked at: left out on request.')]
  const { schemas } = validateDocument(credential)
  return [
    ...schemas.flatMap((verdict) => judge(verdict, isNamed(credential, verdict) ? 'lenient' : settings.conformance)),
    ...(await checkNamed(credential, schemas, settings)),
  ]
}

/** The same for a credential that is to be signed: only what its type asks for. */
export function checkConformance(credential: JsonObject, conformance: Conformance): readonly Check[] {
  return validateDocument(credential).schemas.flatMap((verdict) => judge(verdict, conformance))
}

/** Whether the credential says itself that it follows this schema: then it must. */
function isNamed(credential: JsonObject, { standsFor }: SchemaVerdict): boolean {
  return asArray(credential['credentialSchema']).some((entry) => standsFor.includes(idOf(entry) ?? ''))
}

function judge({ name, level, findings }: SchemaVerdict, conformance: Conformance): readonly Check[] {
  const notes = findings.map(({ path, message }) => locate(path, message))
  if (level === 'strict') return [passed('schema', `It has the shape of ${name}.`)]
  if (level === 'lenient' && conformance !== 'strict') {
    return [
      passed('schema', `It has the shape of ${name}; the notes say what its strict form wants besides.`, { notes }),
    ]
  }
  if (conformance === 'noted') {
    return [
      skipped(
        'schema',
        `It departs from the published shape of ${name}, which it need not follow; the notes say where.`,
        { notes },
      ),
    ]
  }
  return findings.map(({ path, message }) => failed('schema', 'SCHEMA_MISMATCH', locate(path, message), { path }))
}

async function checkNamed(
  credential: JsonObject,
  known: readonly SchemaVerdict[],
  settings: Settings,
): Promise<readonly Check[]> {
  const member = credential['credentialSchema']
  const named = asArray(member)
    .map((entry, index) => ({
      id: idOf(entry) ?? '',
      path: Array.isArray(member) ? pointer('/credentialSchema', index) : '/credentialSchema',
    }))
    .filter(({ id }) => !known.some(({ standsFor }) => standsFor.includes(id)))
  const checks = await Promise.all(named.map(({ id, path }) => applyNamed(credential, id, path, settings)))
  return checks.flat()
}

async function applyNamed(
  credential: JsonObject,
  id: string,
  path: string,
  settings: Settings,
): Promise<readonly Check[]> {
  const schema = settings.schemas?.get(id)
  if (!schema) {
    const message = `The schema ${id} that the credential names was not applied: it is not at hand.`
    return [
      settings.schemas
        ? inconclusive('schema', 'SCHEMA_UNAVAILABLE', message, { path })
        : skipped('schema', message, { path }),
    ]
  }
  const { validateAgainst } = await import('../schema/json-schema.ts')
  const findings = validateAgainst(schema, credential)
  if (findings.length === 0) return [passed('schema', `It has the shape of ${id}.`, { path })]
  return findings.map((finding) =>
    failed('schema', 'SCHEMA_MISMATCH', locate(finding.path, finding.message), { path: finding.path }),
  )
}
