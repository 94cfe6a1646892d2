/** Baked images of others, and their unsigned records baked here. */

import {
  type CredentialInput,
  eddsaRdfc2022,
  isCredentialError,
  issue,
  type JsonObject,
  type VerifySettings,
  vcJwt,
  verify,
} from 'testamur'
import { bake, unbake } from 'testamur/records'
import { idOf } from '../../src/encoding/json.ts'
import { testKey } from '../helpers/keys.ts'
import { readOracleBytes } from '../helpers/oracle.ts'
import { png, svg } from '../helpers/pictures.ts'
import { otherContexts } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { issueInner, latestStart, repaired, unsignedRecords } from './unsigned.ts'

/** What each of the images must come to, of the specification's own validator. */
const images = {
  'simple-json.png': 'valid',
  'simple-json.svg': 'valid',
  'simple-jwt.png': 'valid',
  'simple-jwt.svg': 'valid',
  // An assertion of Open Badges 2.0 is no credential.
  'simple-badge.png': 'CREDENTIAL_MISSING',
} as const

/** The images at hand. */
export function runBaked(): Promise<SetResult> {
  return runSet('baked', Object.entries(images), async (expected, file) => {
    const image = readOracleBytes(`realworld/baked/${file}`)
    const baked = unbake(image)
    const settings = 'credential' in baked ? keysOf(baked.credential) : {}
    const strict = await verify({ credential: image, now })
    const report = await verify({ credential: image, now, ...settings })
    if (strict.verified) return { differs: 'valid, although nobody vouches for its key' }
    const codes = report.checks.flatMap((check) => ('code' in check ? [`${check.code} ${check.message}`] : []))
    return report.verdict === expected || codes.some((code) => code.startsWith(expected))
      ? undefined
      : { differs: `expected ${expected}, got ${report.verdict}: ${codes}` }
  })
}

/** Issued, baked into a PNG and an SVG, taken out again: the same text, and valid. */
export function runRebaked(): Promise<SetResult> {
  return runSet('issued, baked, unbaked', unsignedRecords(), async (record) => {
    const key = await testKey(7)
    const contexts = otherContexts()
    const now = latestStart(record)
    const shared = { key, contexts, now, conformance: 'noted' } as const
    const sign = (credential: JsonObject) =>
      issue({ ...shared, credential: credential as unknown as CredentialInput, format: eddsaRdfc2022() })
    const prepared = await issueInner(repaired(record), key, sign)
    const issued = await sign(prepared).catch((error: unknown) => error)
    if (isCredentialError(issued) && issued.code === 'CONTEXT_UNKNOWN') return { unsupported: 'context not at hand' }
    const jwt = await issue({ ...shared, credential: prepared as unknown as CredentialInput, format: vcJwt() })
    const isNamed = record['credentialSchema'] !== undefined
    const settings: VerifySettings = { now, contexts, ...(isNamed && { skip: ['schema'] }) }
    for (const text of [JSON.stringify(issued), jwt]) {
      for (const image of [png(), svg()]) {
        const differs = await survives(text, bake({ image, credential: text }), settings)
        if (differs) return differs
      }
    }
    return undefined
  })
}

async function survives(text: string, baked: Uint8Array, settings: VerifySettings): Promise<CaseResult> {
  const found = unbake(baked)
  if (!('credential' in found)) return { differs: found.problem }
  if (found.credential !== text) return { differs: 'other text came out than went in' }
  const report = await verify({ ...settings, credential: baked })
  return report.verified ? undefined : { differs: JSON.stringify(report.checks.filter((check) => 'code' in check)) }
}

const now = new Date('2026-11-22T00:00:00Z')

/** Their issuers' keys are nowhere but in what they wrote themselves: one vouches for them here to see the rest. */
function keysOf(credential: string): VerifySettings {
  if (!credential.trimStart().startsWith('{')) {
    const { jwk } = JSON.parse(Buffer.from(credential.split('.')[0] ?? '', 'base64url').toString()) as JsonObject
    return { issuerKeys: async () => ({ keys: [jwk as JsonObject] }) }
  }
  const { proof, issuer } = JSON.parse(credential) as JsonObject
  const { verificationMethod } = [proof].flat()[0] as { verificationMethod: string }
  const [id = '', publicKeyMultibase = ''] = verificationMethod.split('#')
  const method = { id: verificationMethod, type: 'Multikey', controller: id, publicKeyMultibase }
  return {
    resolveController: async () => ({ id, verificationMethod: [method], assertionMethod: [verificationMethod] }),
    acceptController: ({ controller }) => idOf(issuer) !== id && controller === id,
  }
}
