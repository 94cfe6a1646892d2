import { expect, it } from 'vitest'
import { inCommandWords } from '../../src/cli/wording.ts'

it.each([
  ['issue: RSA is for JWTs: give format, such as vcJwt()', 'RSA is for JWTs: give --format vc-jwt'],
  [
    'mandatoryPointers belong to suites, such as format: ecdsaSd2023()',
    '--mandatory belong to suites, such as --format ecdsa-sd-2023',
  ],
  ['the list counts only with maxStatusAge', 'the list counts only with --max-status-age'],
  [
    'Of did:web:school.example:maxStatusAge and urn:x:mandatoryPointers',
    'Of did:web:school.example:maxStatusAge and urn:x:mandatoryPointers',
  ],
  ['The credential is revoked.', 'The credential is revoked.'],
])('%s', (message, words) => {
  expect(inCommandWords(message)).toBe(words)
})
