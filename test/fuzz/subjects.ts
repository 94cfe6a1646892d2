/** Genuine documents to be changed: every kind of record, under every suite, alone and in presentations. */

import {
  assembleClr,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  endorsement,
  generateKey,
  hashedIdentity,
  issue,
  type JsonObject,
  openBadge,
  present,
  verify,
} from 'testamur'
import { badge, challenge, copyOf, issued11, learner, now, plainCredential, school } from '../helpers/fixtures.ts'

/** A document that verifies. */
export interface Subject {
  readonly name: string
  readonly kind: 'credential' | 'presentation'
  readonly document: JsonObject
}

/** All of them. */
export async function makeSubjects(): Promise<readonly Subject[]> {
  const p256 = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
  const formats = [eddsaRdfc2022(), ed25519Signature2020(), eddsaJcs2022()]
  const byFormat: Subject[] = []
  for (const format of formats) {
    byFormat.push(credential(format.name, await issue({ credential: richBadge(), key: school, format, now })))
  }
  for (const format of [ecdsaRdfc2019(), ecdsaJcs2019()]) {
    byFormat.push(credential(format.name, await issue({ credential: badge(), key: p256, format, now })))
  }
  const good = await issue({ credential: badge(), key: school, now })
  const plain = await issue({ credential: plainCredential({ id: 'urn:x:2' }), key: school, now })
  const record = await makeRecord(good)
  const presented = await present({ credentials: [good, plain], key: learner, challenge, domain: 'hr.example', now })
  return [
    ...byFormat,
    credential('proof set', await issue({ credential: badge(), key: school, format: formats, now })),
    credential('plain', plain),
    credential('data model 1.1', await issued11()),
    credential('endorsement', await makeEndorsement(good)),
    credential('record', record),
    presentation('presentation', presented),
    presentation('presented record', await present({ credentials: [record], key: learner, challenge, now })),
  ]
}

function richBadge() {
  return openBadge({
    id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10',
    name: 'Statistics',
    issuer: { id: school.controller, name: 'Northfield School', url: 'https://northfield.example/' },
    recipient: {
      id: learner.controller,
      identifier: hashedIdentity('emailAddress', 'ada@example.edu', { salt: 'pepper' }),
    },
    validFrom: '2026-09-01T00:00:00Z',
    validUntil: '2027-09-01T00:00:00Z',
    creditsEarned: 6,
    achievement: {
      id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c11',
      name: 'Statistics',
      description: 'Plots data.',
      criteria: 'Passed the exam.',
      tag: ['data', 'plots', 'models'],
      creditsAvailable: 6,
      inLanguage: 'en',
    },
  })
}

async function makeRecord(good: object): Promise<object> {
  const report = await verify({ credential: good, now })
  if (!report.verified) throw new Error('the badge of the record is not valid')
  const unsigned = assembleClr({
    name: 'Record',
    learner: { id: learner.controller },
    credentials: [report.credential],
  })
  return issue({ credential: unsigned, key: learner, now })
}

async function makeEndorsement(good: { readonly id?: string }): Promise<object> {
  const unsigned = endorsement({ name: 'Endorsed', endorsed: good.id ?? '', endorsementComment: 'We saw it.' })
  return issue({ credential: unsigned, key: learner, now })
}

function credential(name: string, document: object): Subject {
  return { name, kind: 'credential', document: copyOf(document) as JsonObject }
}

function presentation(name: string, document: object): Subject {
  return { name, kind: 'presentation', document: copyOf(document) as JsonObject }
}
