/** Presentations: made as the tenant's holder, and verified (VC API section "Presenting" and "Verifying"). */

import { dataModelContexts, dataModelOf } from '../checks/structure.ts'
import { asArray, idOf } from '../encoding/json.ts'
import type { withoutChallenge } from '../options.ts'
import { present } from '../present.ts'
import type { JsonObject } from '../types.ts'
import { verify } from '../verify.ts'
import { assertMembers, readBody, readOptions, readText, requireObject } from './body.ts'
import { requireDocument, verifyLimits } from './credentials.ts'
import { badRequest, HttpProblem, json, withTheirOptions } from './problem.ts'
import { readExpectation, verificationResponse, verifyOptionNames } from './verification.ts'
import type { Work } from './work.ts'

/** `POST /presentations`: 201 and the presentation, signed by the tenant's holder. */
export async function createPresentation({ request, tenant, settings }: Work): Promise<Response> {
  const { holder } = tenant
  if (!holder) throw new HttpProblem(404, 'There is no holder here who would present.')
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['presentation', 'options'])
  const options = readOptions(body, ['challenge', 'domain'])
  const challenge = readText(options, 'challenge')
  const domain = readText(options, 'domain')
  if (challenge === undefined) throw badRequest('"options.challenge" is missing: the text that the verifier sent.')
  const presentation = requireObject(body, 'presentation')
  const dataModel = dataModelOf(presentation)
  assertPlain(presentation, holder.key.controller)
  const made = await withTheirOptions(() =>
    present({
      ...holder,
      credentials: asArray(presentation['verifiableCredential']) as readonly (object | string)[],
      challenge,
      ...(domain !== undefined && { domain }),
      dataModel: dataModel ?? '2.0',
      now: settings.now(),
    }),
  )
  return json(201, { verifiablePresentation: made })
}

/** What would be lost is refused. */
function assertPlain(presentation: JsonObject, controller: string): void {
  assertMembers(presentation, '"presentation"', ['@context', 'type', 'holder', 'verifiableCredential'])
  const { '@context': context, type, holder } = presentation
  const contexts = asArray(context)
  if (contexts.length !== 1 || dataModelOf(presentation) === undefined) {
    throw badRequest(`"presentation" must have the context "${dataModelContexts['2.0']}" and no other.`)
  }
  if (asArray(type).length !== 1 || asArray(type)[0] !== 'VerifiablePresentation') {
    throw badRequest('"presentation" must have the type "VerifiablePresentation" and no other.')
  }
  if (holder !== undefined && idOf(holder) !== controller) {
    throw badRequest(`"presentation.holder" must be ${controller}, who presents here, or be left out.`)
  }
}

/** `POST /presentations/verify`: 200 with `verified: true`, or 400. */
export async function verifyPresentation({ request, tenant, settings }: Work): Promise<Response> {
  const body = await readBody(request, settings.maxBytes)
  assertMembers(body, 'The body', ['verifiablePresentation', 'options'])
  const { challenge: standard, deciding, ...how } = tenant.verify ?? {}
  const expected = readExpectation(readOptions(body, verifyOptionNames), deciding)
  const { domain, purpose } = expected
  const challenge = expected.challenge ?? standard
  if (challenge === undefined) {
    throw badRequest('"options.challenge" is missing: the text that was sent out for this presentation.')
  }
  if (purpose !== undefined && purpose !== 'authentication') {
    throw badRequest('"options.expectedProofPurpose" of a presentation can only be "authentication".')
  }
  const report = await verify({
    ...how,
    ...expected.beside,
    limits: { ...verifyLimits, ...how.limits },
    presentation: requireDocument(body, 'verifiablePresentation'),
    challenge: challenge as string | typeof withoutChallenge,
    ...(domain !== undefined && { domain }),
    now: settings.now(),
    signal: request.signal,
  })
  return verificationResponse(report, expected)
}
