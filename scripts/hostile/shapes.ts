/**
 * Documents built to keep a verifier busy, each of about 1 MiB where nothing else is said. Where a signature gets its sender further
 * it is signed: an attacker has a did:key like anyone.
 */

import { deflateSync } from 'node:zlib'
import { edit, learner, recordOf, signedBadge, thief, withProof } from '../../test/helpers/fixtures.ts'
import { forge } from '../../test/helpers/jwt.ts'
import { badgeWithStatus, token, uri } from '../../test/helpers/token-status.ts'
import {
  about,
  around,
  bogus,
  bogusChain,
  chain,
  credential,
  example,
  fill,
  groups,
  large,
  MANY,
  MIB,
  objects,
  signed,
  words,
} from './parts.ts'

/** One document. */
export interface Shape {
  readonly name: string
  /** JSON text, or what is not quite. */
  readonly make: () => string | Promise<string>
  readonly kind?: 'presentation'
  /** Handed in as an object that the caller parsed. */
  readonly asObject?: true
  /** It is over a limit of what is looked at before any work. */
  readonly isOver?: true
  /** Its signatures fit, so that it may pass. */
  readonly isSigned?: true
}

type Make = Shape['make']
const over = (name: string, make: Make, more: Partial<Shape> = {}): Shape => ({ name, make, isOver: true, ...more })
const bad = (name: string, make: Make, more: Partial<Shape> = {}): Shape => ({ name, make, ...more })
const good = (name: string, make: Make, more: Partial<Shape> = {}): Shape => ({ name, make, isSigned: true, ...more })

const badge = await signedBadge()
const zeros = `[${'0,'.repeat(MANY)}0]`
const base36 = (index: number): string => `"${index.toString(36)}"`

/** One record in another, so many levels, around these credentials. */
async function nested(levels: number, inside: readonly object[]): Promise<string> {
  let inner = inside
  for (let level = 0; level < levels; level += 1) {
    const { proof: _, ...record } = await recordOf(inner)
    inner = [await withProof({ ...record, id: `urn:example:level:${level}` }, learner)]
  }
  return JSON.stringify(inner[0])
}

/** A JWT, which may say much in few statements: so many results of one description. */
function results(description: object, result: object): Promise<string> {
  const described = { id: 'urn:x:d', type: ['ResultDescription'], name: 'Grade', resultType: 'Result', ...description }
  const reached = Array.from({ length: MANY }, () => ({ type: ['Result'], resultDescription: 'urn:x:d', ...result }))
  const { proof: _, ...rest } = edit(
    edit(badge, '/credentialSubject/achievement/resultDescription', [described]),
    '/credentialSubject/result',
    reached,
  )
  return forge({ ...rest, issuer: thief.controller }, { typ: 'vc+jwt' }, thief)
}

function presentation(credentials: readonly object[]): Promise<object> {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: learner.controller,
    verifiableCredential: credentials,
  }
  return withProof(document, learner, { purpose: 'authentication' })
}

/** Zeros, compressed. */
const zeroList = (size: number) => deflateSync(new Uint8Array(size)).toString('base64url')

function enveloped(type: string, text: string): object {
  return {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: `data:application/${type},${text}`,
    type: 'EnvelopedVerifiableCredential',
  }
}

/** So many badges of the thief's, each with its status in a list of theirs that is stapled. */
async function withLists(count: number, lst: string, badges = count): Promise<string> {
  const parts: object[] = []
  for (let index = 0; index < count; index += 1) {
    const url = `${uri}/${index}`
    const claims = { sub: url, status_list: { bits: 1, lst } }
    if (index < badges)
      parts.push(enveloped('vc+jwt', await badgeWithStatus({ status_list: { idx: 0, uri: url } }, thief)))
    parts.push(enveloped('statuslist+jwt', await token([], { key: thief, claims })))
  }
  return JSON.stringify(await presentation(parts))
}

const terms = (prefix: string) => `{${fill((index) => `"${prefix}${index}":"${example}${index}"`, 4900, 200_000)}}`

export const shapes: readonly Shape[] = [
  over('arrays in arrays', () => around('[', '', ']', MIB / 2)),
  over('objects in objects', () => around('{"a":', '0', '}', MIB / 6)),
  over('brackets that never close', () => '['.repeat(MIB)),
  over('a wide array', () => credential({ subject: `[${fill(() => '0')}]` })),
  over('a wide array, parsed', () => `[${fill(() => '0')}]`, { asObject: true }),
  over('a wide object', () => credential({ subject: `{${fill((index) => `"k${index}":0`)}}` })),
  bad('a wide object, parsed', () => `{${fill((index) => `"k${index}":0`)}}`, { asObject: true }),
  over('one name over and over', () => `{${fill(() => '"a":0')}}`),
  over('2 MiB of values', () => `[${fill(() => zeros, MANY, 2 * MIB)}]`),
  over('17 million characters', () => `"${'x'.repeat(17_000_000)}"`),
  over('17 million digits', () => '1'.repeat(17_000_000)),
  over('thousands of proofs', () => credential({ proof: `[${fill(() => JSON.stringify(bogus))}]` })),
  over('thousands of contexts', () => credential({ contexts: [fill((index) => `"${example}${index}"`, MANY)] })),
  over('thousands of endorsements', () =>
    credential({ more: `"endorsement":[${fill(() => '{"type":["VerifiableCredential"]}', 2100)}]` }),
  ),
  over(
    'thousands of presented credentials',
    () =>
      `{"type":["VerifiablePresentation"],"verifiableCredential":[${fill(() => '{"type":["VerifiableCredential"]}', 2100)}]}`,
    { kind: 'presentation' },
  ),

  bad('a stapled status list that inflates to 500 MiB', () => withLists(1, zeroList(500 * MIB)), {
    kind: 'presentation',
  }),
  bad('many stapled status lists', () => withLists(1000, 'eNrbuRgAAhcBXQ', 1), { kind: 'presentation' }),
  good('forty stapled status lists of 4 MiB', () => withLists(40, zeroList(4 * MIB)), { kind: 'presentation' }),

  bad('one long string', () => credential({ more: `"name":"${'x'.repeat(MIB - 2000)}"` })),
  good('one long string, signed', () => signed({ more: `"name":"${'x'.repeat(MIB - 2000)}"` })),
  bad('escaped quotes', () => credential({ more: `"name":"${'\\"'.repeat(MIB / 2 - 1000)}"` })),
  bad('escaped backslashes', () => credential({ more: `"name":"${'\\\\'.repeat(MIB / 2 - 1000)}"` })),
  good('control characters, signed', () => signed({ more: `"name":"${'\\u0001'.repeat(MIB / 6 - 1000)}"` })),
  bad('surrogate pairs, escaped', () => credential({ more: `"name":"${'\\ud83d\\ude00'.repeat(MIB / 12 - 300)}"` })),
  bad(
    'half a surrogate pair, at the end',
    () => `[${groups('[', (index) => `"\\ud83d\\ude00${index}"`, ']')},"\\ud83d"]`,
  ),
  bad('white space', () => credential({}).replace('}', `${' '.repeat(MIB - 2000)}}`)),
  bad('a name twice, at the end', () => `[${groups('[', (index) => `{"n${index}":1}`, ']')},{"b":1,"b":2}]`),
  bad('names that hash alike', () => `[${objects((index) => `"${index * 1024}":1e0`)}]`),
  bad('texts that hash alike', () => `[${groups('[', (index) => `"${1_000_000 + index * 64}"`, ']')}]`),
  bad('numbers of many digits', () =>
    credential(about(`[${groups('{"p":[', (index) => `0.${String(index).padStart(16, '1')}`, ']}')}]`)),
  ),
  bad('one number of a million digits', () => credential({ more: `"name":0.${'1'.repeat(MIB - 2000)}` })),
  bad('not JSON, at the end', () => `${credential(about(`[${groups('{"p":[', base36, ']}')}]`))}]`),
  bad('almost a JWT', () => `${'a'.repeat(MIB / 3)}.${'b'.repeat(MIB / 3)}.${'c'.repeat(MIB / 3 - 10)}!`),

  bad('short texts', () => credential(about(`[${groups('{"p":[', base36, ']}')}]`))),
  good('short texts, signed', () => signed(about(`[${groups('{"p":[', base36, ']}')}]`))),
  good('short numbers, signed', () => signed(about(`[${groups('{"p":[', (index) => `${index}`, ']}', 400_000)}]`))),
  good('short links, signed', () =>
    signed(about(`[${groups('{"link":[', (index) => `"a:${index.toString(36)}"`, ']}')}]`)),
  ),
  bad('statements made over and over', () => credential(about(`[${groups('{"id":"a:b","p":[', () => '1', ']}')}]`))),
  bad('types over and over', () => credential(about(`[${groups('{"type":[', () => '"T"', ']}')}]`))),
  bad('nodes of one id', () => credential(about(`[${fill((index) => `{"id":"a:b","p":${index}}`, MANY)}]`))),
  bad('empty nodes', () => credential(about(`[${groups('{"link":[', () => '{}', ']}')}]`))),
  bad('nodes that look alike', () => credential(about(`[${groups('{"link":[', () => '{"p":1}', ']}')}]`))),
  bad('chains of nodes that look alike', () =>
    credential(about(`[${fill(() => around('{"link":', '{"p":1}', '}', 60), MANY)}]`)),
  ),
  bad('chains of nodes that differ at the end', () =>
    credential(about(`[${fill((index) => around('{"link":', `{"p":${index}}`, '}', 60), MANY)}]`)),
  ),
  bad('trees of nodes', () =>
    credential(about(`[${fill(() => around('{"link":[{"p":1},', '{"p":1}', ']}', 45), MANY)}]`)),
  ),
  bad('knots of nodes', () =>
    credential(
      about(
        `[${fill((index) => `{"id":"_:b${index % 40}","link":["_:b${(index * 7) % 40}","_:b${(index * 11) % 40}"]}`, MANY)}]`,
      ),
    ),
  ),
  bad('stars of stars of nodes', () =>
    credential(about(`[${fill(() => `{"link":[${fill(() => '{"link":[{},{},{},{},{},{},{}]}', 8)}]}`, MANY)}]`)),
  ),
  bad('long lists', () => credential(about(`[${groups('{"list":[', () => '"a"', ']}')}]`))),
  bad('many lists', () => credential(about(`[${fill((index) => `{"id":"a:${index}","list":["a","b"]}`, MANY)}]`))),
  bad('graphs in graphs', () =>
    credential(about(`[${fill((index) => around('{"graph":', `{"id":"a:${index}","p":1}`, '}', 40), MANY)}]`)),
  ),
  bad('JSON literals', () =>
    credential(about(`{"id":"a:b","json":[${groups('[', (index) => `{"b":${index},"a":0}`, ']')}]}`)),
  ),
  bad('language maps', () =>
    credential(
      about(
        `[${objects((index) => `"x-${index.toString(36)}":"a"`)
          .replaceAll('{', '{"names":{')
          .replaceAll('}', '}}')}]`,
      ),
    ),
  ),
  good('long texts that sort alike, signed', () =>
    signed(about(`[${fill((index) => `{"id":"a:${index}","p":"${'x'.repeat(5000)}${index}"}`)}]`)),
  ),
  bad('short words for long names', () =>
    credential({
      contexts: [`{"p":"${example}${'x'.repeat(100_000)}"}`],
      subject: `[${groups('{"p":[', base36, ']}', 900_000)}]`,
    }),
  ),

  bad('large contexts', () => credential({ contexts: ['a', 'b', 'c', 'd', 'e'].map(terms) })),
  good('large contexts, signed', () =>
    signed({ contexts: ['a', 'b', 'c', 'd', 'e'].map(terms), subject: '{"a1":"x"}' }),
  ),
  bad('thousands of small contexts', () =>
    credential({ contexts: [fill((index) => `{"t${index}":"${example}t"}`, MANY)] }),
  ),
  bad('a context at each node', () =>
    credential({
      contexts: [terms('t')],
      subject: `[${fill((index) => `{"@context":{"s${index}":"${example}s"},"s${index}":1}`, MANY, 800_000)}]`,
    }),
  ),
  bad('scoped contexts', () =>
    credential({
      contexts: [
        `{${fill((index) => `"t${index}":{"@id":"${example}t","@context":{"s${index}":"${example}s"}}`, 4900)}}`,
      ],
      subject: `{${fill((index) => `"t${index}":{"s${index}":1}`, 4900, 300_000)}}`,
    }),
  ),
  bad('contexts in contexts', () =>
    credential({
      contexts: [around(`{"t":{"@id":"${example}t","@context":`, '{}', '}}', 30)],
      subject: around('{"t":', '{}', '}', 40),
    }),
  ),
  bad('terms defined by each other', () =>
    credential({ contexts: [`{${fill((index) => `"t${index}":"t${index + 1}:x"`, 4900)}}`] }),
  ),
  bad('words without a meaning', () => credential({ subject: `[${objects((index) => `"w${index}":1`)}]` })),
  bad('words that are almost right', () =>
    credential({ subject: `[${objects((index) => `"credentialSubjec${index}":1`)}]` }),
  ),
  bad('values of the wrong kind', () =>
    credential({
      subject: `[${fill((index) => `{"id":"${index}","type":"${index}"}`, MANY)}]`,
      more: `"evidence":[${fill(() => '{}', MANY)}]`,
    }),
  ),
  bad('full names for words', () => credential(about(`[${fill((index) => `{"${example}p":${index}}`, MANY)}]`))),
  bad('what only the library does', () =>
    credential({
      contexts: [`{"m":{"@id":"${example}m","@container":"@index"}}`],
      subject: `{"m":{${fill((index) => `"k${index}":"v${index}"`, 1900)}}}`,
    }),
  ),
  bad('much of what only the library does', () =>
    credential({
      contexts: [words, `{"m":{"@id":"${example}m","@container":"@index"}}`],
      subject: `{"m":{"a":"b"},"link":[${fill(() => around('{"link":', '{}', '}', 9), 190)}]}`,
    }),
  ),

  bad('a long signature', () =>
    credential({ proof: JSON.stringify({ ...bogus, proofValue: `z${'3'.repeat(MIB - 2000)}` }) }),
  ),
  bad('a long key', () =>
    credential({ proof: JSON.stringify({ ...bogus, verificationMethod: `did:key:z${'6'.repeat(MIB - 2000)}#x` }) }),
  ),
  bad('a DID of many parts', () =>
    credential({ proof: JSON.stringify({ ...bogus, verificationMethod: `did:key:${':a%20'.repeat(200_000)}` }) }),
  ),
  bad('a proof with large members', () =>
    credential({
      proof: JSON.stringify({
        ...bogus,
        domain: Array.from({ length: MANY }, (_, index) => `${'d'.repeat(90)}${index}`),
      }),
    }),
  ),
  bad('a proof with a context', () =>
    credential({ proof: JSON.stringify({ ...bogus, '@context': Array.from({ length: MANY }, () => example) }) }),
  ),
  bad('sixteen proofs', () => JSON.stringify({ ...large(), proof: Array(16).fill(bogus) })),
  bad('a chain of sixteen proofs', () => bogusChain(large(), 16)),
  good('a chain of sixteen proofs, signed', () => chain(large(MIB / 2), 16, 'last')),
  good('a web of previous proofs, signed', () => chain(large(MIB / 4), 10, 'all')),
  bad('thousands of previous proofs', () =>
    credential({
      proof: JSON.stringify({ ...bogus, previousProof: Array.from({ length: MANY }, (_, index) => `urn:x:${index}`) }),
    }),
  ),

  good('thousands of results and values', () =>
    results({ allowedValue: Array.from({ length: MANY }, (_, index) => `${index}`) }, { value: 'x' }),
  ),
  good('thousands of results and levels', () =>
    results(
      { rubricCriterionLevel: Array.from({ length: MANY }, (_, index) => ({ id: `l${index}` })) },
      { achievedLevel: 'x' },
    ),
  ),
  good('hundreds of signed children', async () => JSON.stringify(await recordOf(Array(700).fill(badge)))),
  bad('thousands of bogus children', () =>
    credential({ more: `"endorsement":[${fill((index) => credential({ more: `"name":"${index}"` }), 1990)}]` }),
  ),
  good('eight levels around many', async () =>
    nested(
      8,
      Array.from({ length: 650 }, (_, index) => edit(badge, '/name', `N${index}`)),
    ),
  ),
  good('eight levels around much', async () => nested(8, [await withProof(large(MIB - 30_000), thief)])),
  good('nine levels', async () => nested(9, [badge])),
  good('hundreds of presented credentials', async () => JSON.stringify(await presentation(Array(700).fill(badge))), {
    kind: 'presentation',
  }),
]
