/**
 * Securing with JOSE (Securing Verifiable Credentials using JOSE and COSE 1.0 section 3.1): the payload is the credential or
 * presentation itself, of data model 2.0, and the header's type is `vc+jwt` or `vp+jwt`.
 */

import { asArray } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import { CredentialError } from '../errors.ts'
import type { Signer } from '../keys/key.ts'
import { answerOf, findMismatch, keyHint, readClaims, withoutClaims } from './claims.ts'
import type { EnvelopeProblem, Opened, OpenResult, WrapInput } from './envelope.ts'
import { notesOn, openJws, signJws, typOf, verifyJws } from './jws.ts'

const vc1 = 'https://www.w3.org/2018/credentials/v1'
const vc2 = 'https://www.w3.org/ns/credentials/v2'

/** Media type without `application/`, its content type, and the type the document must have. */
const forms = [
  { kind: 'credential', typ: 'vc+jwt', cty: 'vc', type: 'VerifiableCredential' },
  { kind: 'presentation', typ: 'vp+jwt', cty: 'vp', type: 'VerifiablePresentation' },
] as const

/** Wraps a document. */
export async function wrap({ document, purpose, challenge, domain }: WrapInput, signer: Signer): Promise<string> {
  if (asArray(document['@context'])[0] !== vc2) {
    throw new CredentialError('OPTION_INVALID', 'vcJose() is for data model 2.0; vcJwt() carries 1.1 as well')
  }
  const { typ, cty } = forms[purpose === 'assertionMethod' ? 0 : 1]
  const answer = {
    ...(challenge !== undefined && { nonce: challenge }),
    ...(domain !== undefined && { aud: domain }),
  }
  return signJws({ kid: signer.id, typ, cty }, { ...document, ...answer }, signer)
}

/** Reads a text; nothing where it is of another kind. */
export function open(text: string, limits: Limits | undefined): OpenResult {
  const typ = typOf(text)
  const form = forms.find((each) => each.typ === typ)
  return form && openAs(text, form, limits)
}

function openAs(text: string, form: (typeof forms)[number], limits: Limits | undefined): Opened | EnvelopeProblem {
  const jws = openJws(text, limits)
  if ('problem' in jws) return jws
  const { header, payload, alg, algorithm } = jws
  const { cty = form.cty } = header
  if (typeof cty !== 'string') return refuse('"cty" of its header is not text')
  // It may tell more closely what is held (section 3.1.1), as "vc+ld+json" does, but not the word of the other form.
  const [content] = cty
    .toLowerCase()
    .replace(/^application\//, '')
    .split('+')
  if (forms.some((other) => other !== form && other.cty === content)) {
    return refuse(`its header says that it holds "${cty}", but its type is for "${form.cty}"`)
  }
  if (asArray(payload['@context'])[0] === vc1) {
    return refuse(`its type "${form.typ}" is for data model 2.0, but what it holds is of 1.1`)
  }
  if (payload['vc'] !== undefined || payload['vp'] !== undefined) {
    return refuse('it has a claim "vc" or "vp", which does not belong into data model 2.0')
  }
  const claims = readClaims(payload)
  if ('problem' in claims) return claims
  const document = withoutClaims(payload)
  const types = asArray(document['type'])
  if (!types.includes(form.type)) return refuse(`its type is "${form.typ}", but it holds no ${form.type}`)
  const found = form.kind === 'credential' ? findMismatch(document, claims) : undefined
  if (found) return found
  return {
    kind: form.kind,
    document,
    name: `${form.typ}, ${alg}`,
    mediaType: `application/${form.typ}`,
    key: keyHint(header, claims),
    algorithm,
    ...answerOf(claims),
    notes: notesOn(header),
    verify: (key) => verifyJws(jws, key),
  }
}

function refuse(problem: string): EnvelopeProblem {
  return { problem, code: 'PROOF_MALFORMED' }
}
