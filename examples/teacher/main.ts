// A teacher issues a micro-credential under a DID of her own: one key file, no server, no network.

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AchievementSubject,
  caseAlignment,
  createIssuer,
  ctdlAlignment,
  digestOf,
  exportKey,
  generateKey,
  importKey,
  isCredentialError,
  matchesIdentity,
  openBadge,
  verify,
} from 'testamur'
import { heading, printReport } from '../print-report.ts'

const folder = await mkdtemp(join(tmpdir(), 'teacher-'))
const keyFile = join(folder, 'teacher.key.json')
const chartFile = join(folder, 'rainfall.csv')

heading('1. The teacher makes a key and keeps it in one file that only she can read')
const made = await generateKey()
await writeFile(keyFile, JSON.stringify(await exportKey(made)), { mode: 0o600 })
const key = await importKey(JSON.parse(await readFile(keyFile, 'utf8')))
assert.equal(key.controller, made.controller)
if (process.platform !== 'win32') assert.equal((await stat(keyFile)).mode & 0o777, 0o600)
console.log(`Her DID: ${key.controller}`)

heading('2. She issues a micro-credential, with evidence and two alignments')
await writeFile(chartFile, 'month,millimetres\nJanuary,81\nFebruary,64\n')
const chart = await readFile(chartFile)
const teacher = createIssuer({ key, profile: { name: 'Maria Duarte, mathematics' } })
const credential = await teacher.issue({
  credential: openBadge({
    name: 'Charts that tell the truth',
    recipient: { email: 'ada@example.edu' },
    achievement: {
      id: 'https://example.edu/maria/achievements/charts',
      achievementType: 'MicroCredential',
      name: 'Charts that tell the truth',
      description: 'Chooses a chart that fits the data and names its axes.',
      criteria: 'Drew three charts of her own measurements and defended them in class.',
      alignment: [
        caseAlignment({
          uri: 'https://case.example.org/ims/case/v1p0/CFItems/hss-id-a-1',
          fullStatement: 'Represent data with plots on the real number line.',
          humanCodingScheme: 'HSS.ID.A.1',
          CFDocumentURI: { title: 'State Mathematics Standards' },
        }),
        ctdlAlignment({
          url: 'https://registry.example.org/resources/ce-4b6e2f0a-8a53-4f0e-9d57-0c6f2b9a1d11',
          competencyText: 'Judges whether a chart misleads its reader.',
          frameworkName: 'Data Literacy Framework',
        }),
      ],
    },
    evidence: { id: 'https://example.edu/ada/rainfall.csv', name: 'Rainfall', mediaType: 'text/csv', content: chart },
  }),
})
assert.equal(credential.evidence?.[0]?.digestSRI, digestOf(chart))
assert.ok(!JSON.stringify(credential).includes('ada@example.edu'), 'the address is only there as a hash')

heading('3. Anyone can verify it, and ask whether it is about Ada')
const report = await verify({ credential: JSON.stringify(credential) })
printReport(report)
assert.ok(report.verified)
const { identifier } = report.credential.credentialSubject as AchievementSubject
assert.equal(matchesIdentity(identifier, { email: 'ada@example.edu' }), true)
assert.equal(matchesIdentity(identifier, { email: 'eve@example.edu' }), false)
console.log('It is about ada@example.edu: yes. About eve@example.edu: no.')

heading('4. A typo is found before anything is signed')
const row = JSON.parse(
  '{ "name": "Fractions", "description": "Adds fractions.", "criteria": "Exam.", "humanCod": "M5" }',
)
const typo = teacher.issue({
  credential: openBadge({ name: 'Fractions', recipient: { email: 'ada@example.edu' }, achievement: row }),
})
await assert.rejects(typo, (error) => {
  assert.ok(isCredentialError(error))
  assert.equal(error.code, 'CREDENTIAL_MALFORMED')
  assert.deepEqual(
    error.findings.map(({ path }) => path),
    ['/credentialSubject/achievement/humanCod'],
  )
  assert.match(error.message, /did you mean "humanCode"/)
  console.log(error.message)
  return true
})

await rm(folder, { recursive: true })
