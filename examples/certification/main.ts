// The three artefacts that a certification of Open Badges 3.0 asks an issuer for: a badge with an embedded proof, a badge as RS256 JWT,
// and a badge that can be revoked, with its list; then a learner's record, badges in pictures, and the older forms that a displayer meets.
// Every rule that validators and wallets hold them to is a named assertion.
// `npx tsx examples/certification/main.ts <folder>` keeps the files.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  assembleClr,
  type CredentialReport,
  caseAlignment,
  createIssuer,
  createStatusRegistry,
  generateKey,
  issue,
  type JsonObject,
  memoryStatusStore,
  openBadge,
  vcJwt,
  verify,
} from 'testamur'
import { bake, unbake } from 'testamur/records'
import { heading, printReport } from '../print-report.ts'

const kept = process.argv[2]
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'certification-')))

const [key, rsa, learner] = [await generateKey(), await generateKey({ algorithm: 'RSA' }), await generateKey()]
const listUrl = 'https://school.example/status'
const status = createStatusRegistry({ store: memoryStatusStore(), url: listUrl })
const year = new Date().getUTCFullYear()

const profile = { name: 'Northfield School' }
const conformance = 'strict'
const school = createIssuer({ key, profile, conformance })
const schoolByJwt = createIssuer({ key: rsa, profile, conformance, format: vcJwt() })
const schoolWithList = createIssuer({ key, profile, conformance, status })

function badgeFor(name: string) {
  return openBadge({
    name,
    recipient: { id: learner.controller, email: 'ada@example.edu' },
    validFrom: `${year - 1}-09-01T00:00:00Z`,
    validUntil: `${year + 4}-09-01T00:00:00Z`,
    achievement: {
      id: 'urn:uuid:5c0ff1ee-0b3e-4c5e-9a2f-1f0f1c1d2e3f',
      name,
      description: 'Welds steel plates in all positions.',
      criteria: 'Worked on three pieces and passed the exam.',
      alignment: caseAlignment({ uri: 'https://case.example/items/7', fullStatement: 'Joins metals by welding.' }),
      resultDescription: {
        id: 'urn:uuid:5c0ff1ee-0b3e-4c5e-9a2f-1f0f1c1d2e40',
        name: 'Grade',
        resultType: 'LetterGrade',
      },
    },
    result: { resultDescription: 'urn:uuid:5c0ff1ee-0b3e-4c5e-9a2f-1f0f1c1d2e40', value: 'A' },
    evidence: { id: 'https://school.example/photo', name: 'The piece' },
  })
}

/** One rule: told when it holds, thrown when not. */
function rule(name: string, holds: boolean): void {
  assert.ok(holds, name)
  console.log(`  ✓ ${name}`)
}

heading('1. A badge with an embedded proof')
const embedded = await school.issue({ credential: badgeFor('Welding') })
await writeFile(join(folder, 'badge.json'), JSON.stringify(embedded, null, 2))
checkContent(embedded as unknown as JsonObject)
const [proof] = [embedded.proof].flat()
rule('its one proof is a DataIntegrityProof of eddsa-rdfc-2022', proof?.cryptosuite === 'eddsa-rdfc-2022')
rule('the proof is for assertion', proof?.proofPurpose === 'assertionMethod')
rule('its issuer is a did:key', /^did:key:z6Mk/.test(idOf(embedded.issuer)))
rule("the proof's key is the issuer's", proof?.verificationMethod.split('#')[0] === idOf(embedded.issuer))
await verified(embedded)

heading('2. A badge as JWT, signed with RS256')
const jwt = await schoolByJwt.issue({ credential: badgeFor('Welding') })
await writeFile(join(folder, 'badge.jwt'), jwt)
const [header, payload] = jwt.split('.', 2).map(decode) as [JsonObject, JsonObject]
rule('it is a compact JWS of three parts without padding', /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt))
rule('the algorithm is RS256', header['alg'] === 'RS256')
rule('the key has 2048 bits or more', Buffer.from(jwt.split('.')[2] ?? '', 'base64url').length >= 256)
rule('the type is JWT', header['typ'] === 'JWT')
rule('the header has alg, kid and typ, and nothing else', Object.keys(header).sort().join() === 'alg,kid,typ')
rule('kid names a key of the issuer', String(header['kid']).startsWith(`${idOf(payload['issuer'])}#`))
rule('iss is the id of the issuer', payload['iss'] === idOf(payload['issuer']))
rule('jti is the id of the credential', payload['jti'] === payload['id'])
rule('sub is the id of the subject', payload['sub'] === idOf(payload['credentialSubject']))
rule('nbf is validFrom, in seconds', payload['nbf'] === Date.parse(String(payload['validFrom'])) / 1000)
rule('exp is validUntil, in seconds', payload['exp'] === Date.parse(String(payload['validUntil'])) / 1000)
rule('the members of the badge stand in the payload, not in a claim vc', payload['vc'] === undefined)
rule('it has no embedded proof', payload['proof'] === undefined)
checkContent(payload)
await verified(jwt)

heading('3. A badge that can be revoked, and its list')
const revocable = await schoolWithList.issue({ credential: badgeFor('Brazing') })
const others = await Promise.all([1, 2, 3, 4].map((n) => schoolWithList.issue({ credential: badgeFor(`Course ${n}`) })))
const [listed] = await status.lists()
assert.ok(listed)
const list = await issue({ credential: await status.list(listed.url), key })
await writeFile(join(folder, 'revocable.json'), JSON.stringify(revocable, null, 2))
await writeFile(join(folder, 'list.json'), JSON.stringify(list, null, 2))
checkContent(revocable as unknown as JsonObject)
const places = [revocable, ...others].map((each) => entryOf(each as unknown as JsonObject))
const indices = places.map((entry) => Number(entry['statusListIndex']))
rule(
  'the entry is of the type BitstringStatusListEntry, for revocation',
  places[0]?.['type'] === 'BitstringStatusListEntry',
)
rule(
  'the entry names the list by its URL',
  places.every((entry) => entry['statusListCredential'] === listed.url),
)
rule('the list is served under that URL as its id', list.id === listed.url)
rule('the list is signed by the issuer of the badge', idOf(list.issuer) === idOf(revocable.issuer))
rule('no two badges have one index', new Set(indices).size === indices.length)
rule(
  'the indices are not one after the other',
  indices.some((index, at) => at > 0 && Math.abs(index - (indices[at - 1] ?? 0)) > 1),
)
rule('the list has 131,072 entries or more', (await entriesOf(list as unknown as JsonObject)) >= 131_072)
await verified(revocable, [list])
await status.set({ credentialId: revocable.id, reason: 'Awarded in error' })
const after = await verify({
  credential: revocable,
  statusLists: [await issue({ credential: await status.list(listed.url), key })],
})
printReport(after)
rule('once it is revoked it is no longer valid', codesOf(after).includes('REVOKED'))

heading('4. A learner’s record of the two')
const report = await verify({ credential: jwt })
const first = await verify({ credential: JSON.stringify(embedded) })
assert.ok(report.verified && first.verified)
const record = await issue({
  key: learner,
  conformance,
  credential: assembleClr({
    name: 'Record of Ada',
    learner: { id: learner.controller },
    credentials: [first.credential],
  }),
})
await writeFile(join(folder, 'record.json'), JSON.stringify(record, null, 2))
rule(
  'its contexts are those of data model 2.0, CLR 2.0.1 and Open Badges 3.0.3, in this order',
  String(record['@context']) ===
    [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ].join(),
)
rule('it is a ClrCredential with an id', String(record.type).includes('ClrCredential') && Boolean(record.id))
await verified(record)

heading('5. Badges in pictures')
const svg = Buffer.from(bake({ image: '<svg xmlns="http://www.w3.org/2000/svg"/>', credential: jwt })).toString()
const png = Buffer.from(bake({ image: smallestPng(), credential: embedded }))
await writeFile(join(folder, 'badge.svg'), svg)
await writeFile(join(folder, 'badge.png'), png)
rule('the SVG names the namespace of Open Badges 3.0', svg.includes('"https://purl.imsglobal.org/ob/v3p0"'))
rule('a JWT stands in the attribute verify', svg.includes(`verify="${jwt}"`))
const [chunk, ...more] = png.toString('latin1').split('iTXt').slice(1)
rule('the PNG has one iTXt chunk of the keyword openbadgecredential', /^openbadgecredential\0/.test(chunk ?? ''))
rule('and no other', more.length === 0)
rule('the chunk is not compressed', chunk?.startsWith('openbadgecredential\0\0\0') === true)
for (const picture of [svg, png]) {
  const found = unbake(picture)
  rule(
    'what comes out of the picture is what went in',
    'credential' in found && [jwt, JSON.stringify(embedded)].includes(found.credential),
  )
  rule('the picture itself can be verified', (await verify({ credential: picture })).verified)
}

heading('6. What a displayer meets besides')
const older = await issue({
  key,
  credential: {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Welding',
    issuer: { id: key.controller, type: ['Profile'], name: profile.name },
    issuanceDate: `${year - 1}-09-01T00:00:00Z`,
    credentialSubject: badgeFor('Welding').credentialSubject,
  },
})
rule('a badge of data model 1.1 is read', (await verify({ credential: JSON.stringify(older) })).verified)
const oldList = 'https://school.example/revoked.json'
// Deprecated, and not signed: it is read, and a bitstring list is what is issued.
const oldStatus = await issue({
  key,
  credential: {
    ...badgeFor('Welding'),
    '@context': [...badgeFor('Welding')['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
    credentialStatus: { id: oldList, type: '1EdTechRevocationList' },
  },
})
const askOld = (revokedCredential: readonly object[]) =>
  verify({
    credential: oldStatus,
    statusLists: { [oldList]: { id: oldList, issuer: key.controller, revokedCredential } },
  })
rule('a 1EdTechRevocationList is read', (await askOld([])).verified)
rule(
  'and who stands in it is revoked',
  codesOf(await askOld([{ id: oldStatus.id, revoked: true }])).includes('REVOKED'),
)
rule('without the list nothing is decided', (await verify({ credential: oldStatus })).verdict === 'indeterminate')
rule(
  'verification goes from form to proof, issuer, dates, status',
  first.checks
    .map(({ name }) => name)
    .slice(0, 5)
    .join() === 'structure,proof,issuer,validity,status',
)
rule('a JWT and its text come out as they came in', report.envelope?.text === jwt)

if (kept === undefined) await rm(folder, { recursive: true })
else console.log(`\nThe files are in ${folder}`)

/** What every badge must have, whatever it is secured with. */
function checkContent(badge: JsonObject): void {
  const [first, second] = badge['@context'] as readonly string[]
  const subject = badge['credentialSubject'] as JsonObject
  const achievement = subject['achievement'] as JsonObject
  const criteria = achievement['criteria'] as JsonObject
  rule('the first context is that of data model 2.0', first === 'https://www.w3.org/ns/credentials/v2')
  rule(
    'the second is that of Open Badges, with its version',
    /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context-3\.0\.\d\.json$/.test(second ?? ''),
  )
  rule('the credential has an id', typeof badge['id'] === 'string')
  rule(
    'its types are VerifiableCredential and OpenBadgeCredential',
    String(badge['type']) === 'VerifiableCredential,OpenBadgeCredential',
  )
  rule('it has validFrom, with a time zone', /Z$/.test(String(badge['validFrom'])))
  rule('it has a name', typeof badge['name'] === 'string')
  rule('the subject has an id or an identifier', Boolean(subject['id'] ?? subject['identifier']))
  rule('the subject is an AchievementSubject', String(subject['type']) === 'AchievementSubject')
  rule('the criteria have an id or a narrative', Boolean(criteria['id'] ?? criteria['narrative']))
  for (const [name, object] of [
    ['the issuer', badge['issuer']],
    ['the achievement', achievement],
    ['each alignment', achievement['alignment']],
    ['each result description', achievement['resultDescription']],
    ['each result', subject['result']],
    ['each identifier', subject['identifier']],
    ['each evidence', badge['evidence']],
  ] as const) {
    const objects = [object].flat() as readonly JsonObject[]
    rule(`${name} has a type`, objects.length > 0 && objects.every((each) => each?.['type'] !== undefined))
  }
}

/** Verification as a displayer does it: the badge as it would come in, nothing but the lists beside it. */
async function verified(credential: unknown, statusLists: readonly unknown[] = []): Promise<void> {
  const text = typeof credential === 'string' ? credential : JSON.stringify(credential)
  const report = await verify({
    credential: text,
    conformance: 'strict',
    ...(statusLists.length > 0 && { statusLists }),
  })
  printReport(report)
  rule('it is valid, and of the strict shape of its type', report.verified)
}

function entryOf(badge: JsonObject): JsonObject {
  return [badge['credentialStatus']].flat()[0] as JsonObject
}

/** The bits of the list, uncompressed. */
async function entriesOf(document: JsonObject): Promise<number> {
  const encoded = String((document['credentialSubject'] as JsonObject)['encodedList'])
  const stream = new Blob([Buffer.from(encoded.slice(1), 'base64url')]).stream()
  const bytes = await new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
  return bytes.byteLength * 8
}

function idOf(value: unknown): string {
  return String(typeof value === 'object' && value !== null && 'id' in value ? value.id : value)
}

function decode(part: string): JsonObject {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as JsonObject
}

function codesOf({ checks }: CredentialReport): readonly string[] {
  return checks.flatMap((check) => ('code' in check ? [check.code] : []))
}

/** One transparent pixel. */
function smallestPng(): Uint8Array {
  const text = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  return Buffer.from(text, 'base64')
}
