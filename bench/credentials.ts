/**
 * Verifying and issuing credentials: ours, the reference, `jose` and the raw limit in turns, every workload for itself.
 */

import type { CurvePrivateJwk } from 'testamur'
import type { Built } from './built.ts'
import { credentialsIn, proofsOf } from './credentials-in.ts'
import { createJwt } from './jwt.ts'
import { prepareIssueLimit, prepareLimit } from './limit.ts'
import { type Contender, type Effort, measurePaired, type Timing } from './paired.ts'
import { createReference } from './reference.ts'
import { contextsOf } from './reference-contexts.ts'
import type { Workload, Workloads } from './workloads.ts'

/** What one workload took. */
export interface Measured {
  readonly name: string
  readonly bytes: number
  readonly proofs: number
  readonly ours: Timing
  readonly reference: Timing
  readonly jose: Timing
  readonly limit: Timing
}

/** Measures one workload. */
export interface Course {
  verify(workload: Workload): Promise<Measured>
  issueBadge(): Promise<Measured>
}

/** Sets all contenders up. */
export async function prepareCourse(built: Built, workloads: Workloads, effort: Effort): Promise<Course> {
  const { testamur } = built
  const { key, unsignedBadge, badge } = workloads
  const { kty, crv, x, d } = (await testamur.exportKey(key)) as CurvePrivateJwk
  const jwk = { kty, crv, x, d }
  const jwt = await createJwt(jwk)
  const { small, badge2020, clr10, transcript } = workloads
  const texts = [small, badge, badge2020, clr10, ...(transcript ? [transcript] : [])].map(({ text }) => text)
  const reference = await createReference(contextsOf(texts), {
    id: key.id,
    controller: key.controller,
    publicKeyMultibase: key.id.slice(key.id.indexOf('#') + 1),
    secretKeyMultibase: await testamur.exportKeyMultibase(key),
  })
  const issued = JSON.parse(badge.text)
  const { proof: _, ...unsecured } = issued
  return {
    verify: async (workload) =>
      race(`verify ${workload.name}`, workload.text, effort, {
        ours: () => verifyOurs(built, workload),
        reference: () => reference.verify(workload.text, workload.foreignIssuer),
        jose: await jwt.prepare(workload.text),
        limit: await prepareLimit(workload.text),
      }),
    issueBadge: async () =>
      race('issue badge', badge.text, effort, {
        ours: () => testamur.issue({ credential: unsignedBadge, key }),
        reference: () => reference.issue(unsecured),
        jose: () => jwt.issue(unsecured),
        limit: await prepareIssueLimit(badge.text, jwk),
      }),
  }
}

async function verifyOurs({ testamur }: Built, { text, foreignIssuer }: Workload): Promise<void> {
  const report = await testamur.verify({
    credential: text,
    ...(foreignIssuer && { acceptController: () => true }),
  })
  if (!report.verified) throw new Error('ours refuses the credential')
}

type Runs = Readonly<Record<'ours' | 'reference' | 'jose' | 'limit', Contender['run']>>

async function race(name: string, text: string, effort: Effort, runs: Runs): Promise<Measured> {
  process.stderr.write(`${name} …\n`)
  const contenders = (['ours', 'reference', 'jose', 'limit'] as const).map((each) => ({ name: each, run: runs[each] }))
  const [ours, reference, jose, limit] = await measurePaired(contenders, effort)
  if (!ours || !reference || !jose || !limit) throw new Error('nothing was measured')
  const bytes = Buffer.byteLength(text)
  return { name, bytes, proofs: credentialsIn(JSON.parse(text)).flatMap(proofsOf).length, ours, reference, jose, limit }
}
