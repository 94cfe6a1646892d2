/**
 * The signed documents of the cryptosuite specifications. Their issuer is not the key's controller, so that the proof alone
 * is verified, and issuer binding must refuse them.
 */

import { isDeepStrictEqual } from 'node:util'
import { acceptBaseProof, type CredentialReport, disclose, ecdsaSd2023, verify } from 'testamur'
import { readOracleJson } from '../helpers/oracle.ts'
import { otherContexts } from './contexts.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'
import { crossCheck } from './second-opinion.ts'

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
    'ecdsa-sd-2023/prc/addSignedSDBase.json',
    'ecdsa-sd-2023/prc/derivedRevealDocument.json',
    'ecdsa-sd-2023/employ/addSignedSDBase.json',
    'ecdsa-sd-2023/employ/derivedRevealDocument.json',
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
        async (credential, file) => {
          if (file.endsWith('addSignedSDBase.json')) return compareDisclosure(folder, file, credential, contexts)
          const strict = await verify({ credential, now, contexts, crossCheck, skip: ['validity'] })
          const relaxed = await verify({
            credential,
            now,
            contexts,
            crossCheck,
            skip: ['validity'],
            acceptController: () => true,
          })
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

/** A base proof is good for its holder, is refused for all others, and gives the very document that the specification derives. */
async function compareDisclosure(
  folder: string,
  file: string,
  credential: object,
  contexts: ReturnType<typeof otherContexts>,
): Promise<CaseResult> {
  const options = { credential, now, contexts, crossCheck, acceptController: () => true }
  const held = await verify({ ...options, formats: [acceptBaseProof(ecdsaSd2023())] })
  const isGood = held.checks.some(({ name, outcome }) => name === 'proof' && outcome === 'passed')
  if (!isGood) return { differs: `the base proof: ${codes(held).join(' ')}` }
  const shown = codes(await verify(options))
  if (!shown.includes('PROOF_IS_BASE')) return { differs: `the base proof, shown: ${shown.join(' ')}` }
  const example = file.split('/')[1] === 'prc' ? 'prCred' : 'employ'
  const reveal = readOracleJson<readonly string[]>(`vectors/${folder}/${example}Selective.json`)
  const derived = await disclose({ credential, reveal, contexts })
  const wanted = readOracleJson<object>(`vectors/${folder}/${file.replace('addSignedSDBase', 'derivedRevealDocument')}`)
  return isDeepStrictEqual(JSON.parse(JSON.stringify(derived)), wanted) ? undefined : { differs: 'another part' }
}

const now = new Date('2026-11-22T00:00:00Z')

function codes(report: CredentialReport): readonly string[] {
  return report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
}
