/** Parsers of strangers' text, each with its promise: what it may answer for any text, and what must come back where it answers. */

import { isDeepStrictEqual } from 'node:util'
import { importKey, isCredentialError } from 'testamur'
import { fromBase64Url, fromMultibase, toBase58Multibase, toBase64Url } from '../../src/encoding/bytes.ts'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import { formatDateTimeStamp, parseDateTimeStamp } from '../../src/encoding/date-time.ts'
import { pointer, readJson } from '../../src/encoding/json.ts'
import { decodePublicMultikey, encodePublicMultikey } from '../../src/encoding/multikey.ts'
import { bbs2023, createDidResolver, didKey, ecdsaSd2023, type Proof, verify } from '../../src/index.ts'
import { headers, type ProofValueKind } from '../../src/proofs/selective-disclosure/proof-header.ts'
import { readProofValue, writeProofValue } from '../../src/proofs/selective-disclosure/proof-value.ts'
import { verifyAssertion } from '../../src/records.ts'
import { hosted, ids, signed, now as timeOfAssertions, web } from '../../test/helpers/open-badges-2.ts'
import { badgeWith, listOf, listUrl, place } from '../../test/helpers/status.ts'
import { badgeWithStatus, idx, token, uri } from '../../test/helpers/token-status.ts'

/** A parser. `check` says what is wrong with how it took the text, or throws; `undefined` where the promise held. */
export interface Target {
  readonly name: string
  /** Texts that are right: the others are made from them. */
  readonly seeds: readonly string[]
  check(text: string): string | undefined | Promise<string | undefined>
}

const revocable = await badgeWithStatus()
const entered = await badgeWith()

/** Whatever becomes of the text of a list that revokes the credential, it is never a list that does not. */
async function readList(credential: unknown, url: string, list: string): Promise<string | undefined> {
  const report = await verify({ credential, now, statusLists: { [url]: list } })
  const codes = report.checks.flatMap((check) => ('code' in check ? [check.code] : []))
  return codes.some((code) => code === 'REVOKED' || code.startsWith('STATUS_')) ? undefined : `said ${codes.join(', ')}`
}

const assertions = [JSON.stringify(hosted()), await signed()]

/** What is verified is what the school signed or has on its server, whatever became of the text. */
async function readAssertion(assertion: string): Promise<string | undefined> {
  const report = await verifyAssertion({ assertion, fetchJson: web().fetchJson, now: timeOfAssertions })
  if (!report.verified) return undefined
  const { id, narrative } = report.assertion
  const isOurs = report.method === 'hosted' ? id === ids.hosted : report.text === assertions[1]
  return isOurs && narrative === undefined && report.issuer.id === ids.issuer ? undefined : 'accepted another assertion'
}

const did = 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ2XJPt4swbTQ2'
const resolve = createDidResolver({ key: didKey() })
const now = new Date('2026-11-22T12:00:00Z')

/** Reads a key: any refusal is the package's own. */
async function readKey(input: Parameters<typeof importKey>[0]): Promise<string | undefined> {
  try {
    await importKey(input)
    return undefined
  } catch (cause) {
    return isCredentialError(cause) ? undefined : `threw ${String(cause)}`
  }
}

export const targets: readonly Target[] = [
  {
    name: 'readJson',
    seeds: ['{"a":[1,2.5e3,"\\ud83d\\ude00"],"b":{"c":null}}', '[true,false,-0.1]'],
    check(text) {
      const read = readJson(text)
      if (!('value' in read)) return undefined
      const again = readJson(JSON.stringify(read.value))
      return 'value' in again && canonicalJson(again.value) === canonicalJson(read.value) ? undefined : 'read otherwise'
    },
  },
  {
    name: 'readJson as bytes',
    seeds: ['{"ä":"日本"}', '\uFEFF{}'],
    check(text) {
      // No bytes say half of a surrogate pair.
      if (/\p{Surrogate}/u.test(text)) return undefined
      const [one, two] = [readJson(text), readJson(new TextEncoder().encode(text))]
      return 'value' in one === 'value' in two ? undefined : 'text and bytes are read differently'
    },
  },
  {
    name: 'Status List Token',
    seeds: [await token([[idx, 1]])],
    check: (text) => readList(revocable, uri, text),
  },
  {
    name: 'Bitstring Status List',
    seeds: [JSON.stringify(await listOf({ set: [[place, 1]] }))],
    check: (text) => readList(entered, listUrl, text),
  },
  {
    name: 'assertions of Open Badges 2.0',
    seeds: assertions,
    check: readAssertion,
  },
  {
    name: 'canonical JSON',
    seeds: ['{"b":1,"a":[1e21,0.1]}'],
    check(text) {
      const read = readJson(text)
      if (!('value' in read)) return undefined
      const written = canonicalJson(read.value)
      return canonicalJson(JSON.parse(written)) === written ? undefined : 'not stable'
    },
  },
  {
    name: 'JSON Pointer',
    seeds: ['a/b', '~1', ''],
    check(text) {
      const written = pointer('', text).slice(1)
      const back = written.replaceAll('~1', '/').replaceAll('~0', '~')
      return back === text && !written.includes('/') ? undefined : 'another name came back'
    },
  },
  {
    name: 'Multibase',
    seeds: ['z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ2XJPt4swbTQ2', 'uAQID'],
    check(text) {
      const bytes = fromMultibase(text)
      if (!bytes) return undefined
      const written = text.startsWith('z') ? toBase58Multibase(bytes) : `u${toBase64Url(bytes)}`
      return written === text ? undefined : 'two spellings of the same bytes'
    },
  },
  {
    name: 'base64url',
    seeds: ['AQID', '_-8'],
    check(text) {
      const bytes = fromBase64Url(text)
      return !bytes || toBase64Url(bytes) === text ? undefined : 'two spellings of the same bytes'
    },
  },
  {
    name: 'Multikey',
    seeds: ['z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ2XJPt4swbTQ2'],
    check(text) {
      const key = decodePublicMultikey(text)
      return !key || encodePublicMultikey(key) === text ? undefined : 'two spellings of one key'
    },
  },
  {
    name: 'dateTimeStamp',
    seeds: ['2026-12-01T00:00:00Z', '2024-02-29T23:59:59.5+14:00'],
    check(text) {
      const time = parseDateTimeStamp(text)
      if (time === undefined) return undefined
      const written = parseDateTimeStamp(formatDateTimeStamp(new Date(time)))
      return written === undefined || written === Math.floor(time / 1000) * 1000 ? undefined : 'another time came back'
    },
  },
  {
    name: 'DID',
    seeds: [did, 'did:key:z', 'did:web:example.org'],
    async check(text) {
      try {
        const document = await resolve(text)
        return document === undefined || document.id === text.split(/[/?#;]/, 1)[0]
          ? undefined
          : 'the document of another DID'
      } catch (cause) {
        return cause instanceof Error ? undefined : 'threw what is no error'
      }
    },
  },
  {
    name: 'PEM',
    seeds: [
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\n',
    ],
    check: (text) => readKey(text),
  },
  {
    name: 'JWK',
    seeds: ['{"kty":"OKP","crv":"Ed25519","d":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"}'],
    check(text) {
      const read = readJson(text)
      return 'value' in read ? readKey(read.value as never) : undefined
    },
  },
  {
    name: 'proof values of selective disclosure',
    seeds: [
      'u2V0AhUEBQQJBA4FBBIFiL2E',
      'u2V0BhUEBQQKBQQOhAEEEggAB',
      'u2V0ChUEBQQJBA0EEgWIvYQ',
      'u2V0DhUEBoQABggABgQBBBQ',
      'u2V0EgA',
    ],
    check(text) {
      for (const kind of Object.keys(headers) as ProofValueKind[]) {
        const components = readProofValue(kind, text, 5)
        const again = components && readProofValue(kind, writeProofValue(kind, components), 5)
        if (components && !isDeepStrictEqual(again, components)) return 'read otherwise'
      }
      const suites = [ecdsaSd2023(), bbs2023()]
      const proof = { proofValue: text } as Proof
      return suites.filter((suite) => suite.isBase(proof)).length > 1 ? 'a base proof of two suites' : undefined
    },
  },
  {
    name: 'verify',
    seeds: [
      '{"@context":["https://www.w3.org/ns/credentials/v2",{"p":"https://example.org/p"}],"type":["VerifiableCredential"],"issuer":"did:example:1","credentialSubject":{"p":[{"p":1}]}}',
    ],
    async check(text) {
      const { verified } = await verify({ credential: text, now })
      return verified ? 'accepted what nobody signed' : undefined
    },
  },
]
