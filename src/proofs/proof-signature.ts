/** The signature of one proof: the options that every proof has, and bytes in the one length and spelling of the algorithm. */

import { fromMultibase, toBase58Multibase } from '../encoding/bytes.ts'
import { formatDateTimeStamp } from '../encoding/date-time.ts'
import type { Digest } from '../encoding/suite-hash.ts'
import { CredentialError } from '../errors.ts'
import { algorithmFacts, type PublicKey, signatureLengthOf } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import type { Proof } from '../types.ts'
import type { SecureInput } from './cryptosuite.ts'

/** How a proof names its suite. */
export interface SuiteName {
  readonly type: string
  readonly cryptosuite?: string
}

/** The proof without its value. */
export function proofOptions(suite: SuiteName, input: SecureInput, signer: Signer): Omit<Proof, 'proofValue'> {
  const { purpose, created, challenge, domain, proofId, previousProof } = input
  return {
    ...(proofId !== undefined && { id: proofId }),
    type: suite.type,
    ...(suite.cryptosuite !== undefined && { cryptosuite: suite.cryptosuite }),
    created: formatDateTimeStamp(created),
    verificationMethod: signer.id,
    proofPurpose: purpose,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
    ...(previousProof !== undefined && { previousProof }),
  }
}

/** The signer's signature over the data, of the algorithm's length. `messages` are for BBS. */
export async function signBytes(
  signer: Signer,
  data: Uint8Array,
  messages?: readonly Uint8Array[],
): Promise<Uint8Array> {
  const signature = await (messages ? signer.sign(data, messages) : signer.sign(data))
  if (!(signature instanceof Uint8Array)) {
    throw new CredentialError('OPTION_INVALID', 'the signer must answer with the bytes of its signature, as Uint8Array')
  }
  const length = signatureLengthOf(signer.algorithm)
  if (signature.length !== length) {
    const isDer = signature[0] === 0x30 && signer.algorithm !== 'Ed25519'
    const hint = isDer ? '; these are in DER form, and r and s one after the other are needed (IEEE P1363)' : ''
    throw new CredentialError(
      'SIGNATURE_WRONG',
      `a ${signer.algorithm} signature has ${length} bytes, but the signer answered with ${signature.length}${hint}`,
    )
  }
  return signature
}

/** `proofValue` of a signature. */
export function writeSignature(signature: Uint8Array): string {
  return toBase58Multibase(signature)
}

/** Exactly the bytes that the algorithm makes, in base58btc and in no other spelling. */
export function readSignature(proofValue: string, { algorithm }: PublicKey): Uint8Array | undefined {
  if (!proofValue.startsWith('z') || proofValue.length > 200) return undefined
  const bytes = fromMultibase(proofValue)
  return bytes?.length === algorithmFacts(algorithm)?.signatureLength ? bytes : undefined
}

/** The hash that goes with an algorithm. */
export function digestFor(algorithm: string): Digest {
  return algorithm === 'P-384' ? 'SHA-384' : 'SHA-256'
}
