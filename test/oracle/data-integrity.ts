/**
 * The signed documents of the cryptosuite specifications. Their issuer is not the key's controller, so that the proof alone
 * is verified, and issuer binding must refuse them.
 */

import { type CredentialReport, verify } from 'testamur'
import { readOracleJson } from '../helpers/oracle.ts'
import { otherContexts } from './contexts.ts'
import { runSet, type SetResult } from './result.ts'

const folders = {
  'vc-di-eddsa': [
    'eddsa-rdfc-2022/signedDataInt.json',
    'eddsa-rdfc-2022/employ/signedDataInt.json',
    'Ed25519Signature2020/signedEdSig.json',
    'proof-set-chain/signedProofSet1.json',
    'proof-set-chain/signedProofSet2.json',
    'proof-set-chain/signedProofChain1.json',
    'proof-set-chain/signedProofChain2.json',
    'eddsa-jcs-2022/signedJCS.json',
  ],
  'vc-di-ecdsa': [
    'ecdsa-rdfc-2019-p256/signedECDSAP256.json',
    'ecdsa-rdfc-2019-p256/employ/signedECDSAP256.json',
    'ecdsa-rdfc-2019-p384/signedECDSAP384.json',
    'ecdsa-rdfc-2019-p384/employ/signedECDSAP384.json',
    'ecdsa-jcs-2019-p256/signedJCSECDSAP256.json',
    'ecdsa-jcs-2019-p384/signedJCSECDSAP384.json',
  ],
} as const

/** One set for each specification. */
export function runDataIntegrity(): Promise<SetResult[]> {
  const contexts = otherContexts()
  return Promise.all(
    Object.entries(folders).map(([folder, files]) =>
      runSet(
        folder,
        files.map((file) => [file, readOracleJson<object>(`vectors/${folder}/${file}`)] as const),
        async (credential) => {
          const strict = await verify({ credential, now, contexts })
          const relaxed = await verify({ credential, now, contexts, acceptController: () => true })
          if (codes(strict).includes('PROOF_FORMAT_UNKNOWN')) return { unsupported: 'cryptosuite' }
          if (!relaxed.checks.some(({ name, outcome }) => name === 'proof' && outcome === 'passed')) {
            return { differs: codes(relaxed).join(' ') }
          }
          return codes(relaxed).length === 0 && !strict.verified ? undefined : { differs: codes(relaxed).join(' ') }
        },
      ),
    ),
  )
}

const now = new Date('2026-11-22T00:00:00Z')

function codes(report: CredentialReport): readonly string[] {
  return report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
}
