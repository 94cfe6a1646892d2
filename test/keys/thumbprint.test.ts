import { calculateJwkThumbprint, calculateJwkThumbprintUri, type JWK } from 'jose'
import { type Algorithm, generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { publicJwkOf } from '../../src/keys/public-jwk.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { readThumbprint, thumbprintOf } from '../../src/keys/thumbprint.ts'

describe('thumbprintOf', () => {
  it.each([
    [
      'RFC 7638 section 3.1',
      {
        kty: 'RSA',
        n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
        e: 'AQAB',
        alg: 'RS256',
        kid: '2011-04-29',
      },
      'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    ],
    [
      'RFC 8037 appendix A.3',
      { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    ],
  ])('is that of %s', async (_, publicKeyJwk, expected) => {
    const key = await readPublicKey({ publicKeyJwk })
    expect(key && (await thumbprintOf(key))).toBe(expected)
  })

  it.each(['Ed25519', 'P-256', 'P-384', 'RSA'] as const)('of %s is that of another library', async (algorithm) => {
    const { publicKey } = await generateKey({ algorithm })
    const key = { algorithm, bytes: publicKey } as { algorithm: Exclude<Algorithm, 'Bls12381G2'>; bytes: Uint8Array }
    const jwk = (await publicJwkOf(key)) as JWK
    expect(await thumbprintOf(key)).toBe(await calculateJwkThumbprint(jwk))
    expect(readThumbprint(await calculateJwkThumbprintUri(jwk))).toBe(await calculateJwkThumbprint(jwk))
  })

  it('is none of a key without a JWK', async () => {
    const { publicKey } = await generateKey({ algorithm: 'Bls12381G2' })
    expect(await thumbprintOf({ algorithm: 'Bls12381G2', bytes: publicKey })).toBeUndefined()
  })
})

describe('readThumbprint', () => {
  const print = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'

  it('takes it alone, or in the URN of RFC 9278', () => {
    expect(readThumbprint(print)).toBe(print)
    expect(readThumbprint(`urn:ietf:params:oauth:jwk-thumbprint:sha-256:${print}`)).toBe(print)
  })

  it.each([
    `${print}=`,
    `#${print}`,
    ` ${print}`,
    `${print}\n`,
    print.slice(1),
    print.replace('-', '+'),
    `urn:ietf:params:oauth:jwk-thumbprint:sha-512:${print}`,
    `URN:ietf:params:oauth:jwk-thumbprint:sha-256:${print}`,
    `urn:ietf:params:oauth:jwk-thumbprint:${print}`,
    `did:web:school.example#${print}`,
    '',
  ])('takes nothing else: %j', (text) => {
    expect(readThumbprint(text)).toBeUndefined()
  })
})
