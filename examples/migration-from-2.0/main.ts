// A school moves from Open Badges 2.0 to 3.0. It issues its own old badges anew, each with the old one as evidence. Its learners also
// hold badges of others, such as a makers' club that stays with 2.0: those the school quotes, as what it found out, and not as its own.

import assert from 'node:assert/strict'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { createIssuer, generateKey, isCredentialError, matchesIdentity, verify } from 'testamur'
import { bake, checkEvidence, quoteAssertion, upgradeAssertion, verifyAssertion } from 'testamur/records'
import { heading, printReport } from '../print-report.ts'

// What there was until now: documents on the web servers of the school and the club. `onlineJson()` would fetch them.
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const context = 'https://w3id.org/openbadges/v2'
const recipient = { type: 'email', hashed: false, identity: 'ada@example.edu' }
const revoked: string[] = []
const documents: Record<string, unknown> = {
  'https://school.example/issuer': {
    '@context': context,
    type: 'Issuer',
    id: 'https://school.example/issuer',
    name: 'Northfield School',
    url: 'https://school.example',
    email: 'badges@school.example',
    publicKey: 'https://school.example/key',
    revocationList: 'https://school.example/revoked',
  },
  'https://school.example/key': {
    '@context': context,
    type: 'CryptographicKey',
    id: 'https://school.example/key',
    owner: 'https://school.example/issuer',
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }),
  },
  'https://school.example/robotics': {
    '@context': context,
    type: 'BadgeClass',
    id: 'https://school.example/robotics',
    name: 'Robotics',
    description: 'Builds robots that find their way.',
    image: 'https://school.example/robotics.png',
    criteria: { narrative: 'Build one and let it run.' },
    tags: ['robots'],
    issuer: 'https://school.example/issuer',
  },
  'https://school.example/revoked': {
    '@context': context,
    type: 'RevocationList',
    id: 'https://school.example/revoked',
    revokedAssertions: revoked,
  },
  'https://club.example/issuer': {
    '@context': context,
    type: 'Issuer',
    id: 'https://club.example/issuer',
    name: 'Harbour Makers',
    url: 'https://club.example',
    email: 'hello@club.example',
  },
  'https://club.example/badges/1': {
    '@context': context,
    type: 'Assertion',
    id: 'https://club.example/badges/1',
    recipient,
    badge: {
      type: 'BadgeClass',
      id: 'https://club.example/soldering',
      name: 'Soldering',
      description: 'Solders without burning anything.',
      image: 'https://club.example/soldering.png',
      criteria: 'https://club.example/soldering/criteria',
      issuer: 'https://club.example/issuer',
    },
    issuedOn: '2021-03-01T12:00:00Z',
    verification: { type: 'HostedBadge' },
  },
}
const fetchJson = async (url: string) => documents[url]

/** A badge as the school's old program signed it. */
function oldBadge(id: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const assertion = {
    '@context': context,
    type: 'Assertion',
    id,
    recipient,
    badge: 'https://school.example/robotics',
    issuedOn: '2019-05-04T10:00:00Z',
    evidence: 'https://school.example/robots/17',
    verification: { type: 'SignedBadge', creator: 'https://school.example/key' },
  }
  const text = `${part({ alg: 'RS256' })}.${part(assertion)}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
}

const key = await generateKey()
const school = createIssuer({ key, profile: { name: 'Northfield School' } })
const formerIssuer = 'https://school.example/issuer'

heading('1. An old badge of the school, out of its picture: signed by a key that the school names, and not revoked')
const image = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">
<openbadges:assertion verify="${oldBadge('urn:uuid:6a2b')}"/><circle r="9"/></svg>`
const robotics = await verifyAssertion({ assertion: image, fetchJson, recipient: { email: 'ada@example.edu' } })
printReport(robotics)
assert.ok(robotics.verified)

heading('2. The school issues it anew: same learner, same achievement, the old badge as evidence')
const upgraded = upgradeAssertion({ report: robotics, formerIssuer, issuer: key.controller, id: 'urn:uuid:6a2b-3' })
const credential = await school.issue({ credential: upgraded })
const report = await verify({ credential: bake({ image, credential }) }) // in the same picture
printReport(report)
assert.ok(report.verified)
assert.equal(report.issuer, key.controller)
assert.equal(credential.credentialSubject.achievement.id, 'https://school.example/robotics')
assert.ok(matchesIdentity(credential.credentialSubject.identifier, { email: 'ada@example.edu' }))

heading('3. The old badge in it is as good as ever: here it is, byte for byte')
const inside = (id: string) => Buffer.from(id.slice(id.indexOf(',') + 1), 'base64')
const original = credential.evidence?.find(({ mediaType }) => mediaType === 'application/jose')?.id ?? ''
const again = await verifyAssertion({ assertion: inside(original), fetchJson })
assert.ok(again.verified && again.assertion.id === 'urn:uuid:6a2b')
const files = await checkEvidence({ report, open: () => undefined }) // what is in the badge itself needs no other file
console.log(files.map(({ outcome, name = 'a page' }) => `${name}: ${outcome}`).join('\n'))
assert.deepEqual(
  files.map(({ outcome }) => outcome),
  ['undigested', 'unchanged'],
)

heading('4. Not issued anew: a badge that the school revoked')
revoked.push('urn:uuid:7c3d')
const taken = await verifyAssertion({ assertion: oldBadge('urn:uuid:7c3d'), fetchJson })
printReport(taken)
assert.equal(taken.verdict, 'invalid')
assert.throws(
  () => upgradeAssertion({ report: taken, formerIssuer, issuer: key.controller }),
  refusedAs('CREDENTIAL_UNVERIFIED'),
)

heading('5. Not issued anew: a badge of the club, however good it is')
const soldering = await verifyAssertion({ assertion: 'https://club.example/badges/1', fetchJson })
printReport(soldering)
assert.ok(soldering.verified)
assert.throws(
  () => upgradeAssertion({ report: soldering, formerIssuer, issuer: key.controller }),
  refusedAs('OPTION_INVALID'),
)

heading('6. The school quotes it: in its own name, with what it found out')
const quotation = await school.issue({
  credential: quoteAssertion({ report: soldering, issuer: { id: key.controller, name: 'Northfield School' } }),
})
const quoted = await verify({ credential: quotation })
printReport(quoted)
console.log(quotation.description)
assert.ok(quoted.verified)
assert.equal(quoted.issuer, key.controller)
assert.equal(quotation.name, 'Quotation: Soldering')
assert.equal(quotation.credentialSubject.source?.id, 'https://club.example/issuer')
const account = quotation.evidence?.find(({ mediaType }) => mediaType === 'application/json')
console.log(account?.narrative)
assert.match(account?.narrative ?? '', /holder, skipped/) // the school did not compare whom it is about, and says so

function refusedAs(code: string): (error: unknown) => boolean {
  return (error) => {
    console.log(isCredentialError(error) ? `${error.code}: ${error.message}` : error)
    return isCredentialError(error) && error.code === code
  }
}
