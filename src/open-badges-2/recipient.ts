/** Whom an assertion is about, in the words of Open Badges 3.0 (Open Badges 2.0, IdentityObject and "Profile Identifier Properties"). */

import type { IdentityObject } from '../records/identity.ts'
import type { IdentifierType } from '../records/vocabulary.ts'
import type { AssertionRecipient } from './assertion.ts'

/** What each property is called there; words without an equal become words of one's own. */
const types: ReadonlyMap<string, IdentifierType> = new Map([
  ['email', 'emailAddress'],
  ['url', 'ext:url'],
  ['telephone', 'ext:telephone'],
  ['id', 'identifier'],
])

/** The same identity as an IdentityObject: hashes and salts are made in the same way in both versions. */
export function toIdentityObject({ type, identity, hashed, salt }: AssertionRecipient): IdentityObject {
  const word = type.replace(/^(schema:|https?:\/\/schema\.org\/)/, '')
  const isHash = hashed ?? /^(sha256\$[\da-f]{64}|md5\$[\da-f]{32})$/i.test(identity)
  return {
    type: 'IdentityObject',
    hashed: isHash,
    identityHash: identity,
    identityType: types.get(word) ?? ownWord(word),
    ...(isHash && salt !== undefined && { salt }),
  }
}

/** The end of its IRI, as far as a word of one's own may be written so. */
function ownWord(word: string): IdentifierType {
  const name = (word.split(/[/#:]/).at(-1) ?? '').replace(/[^A-Za-z\d._|]/g, '')
  return `ext:${name || 'identifier'}`
}
