/** What each code means, why it exists, and what to do. A code without a row does not compile. */

import type { ErrorCode, ProblemCode } from '../index.ts'

/** One code in words. */
export type Explanation = readonly [means: string, why: string, act: string]

const reissue = 'Ask whoever issued it for a new one.'
const asIssued = 'Ask for the credential as it was issued, as a file, and not copied out of another program.'
const issuerMends = 'Its issuer must mend the program that writes it and issue it again.'

/** Codes of checks, in reports. */
export const problemTexts: Readonly<Record<ProblemCode, Explanation>> = {
  INPUT_MALFORMED: [
    'What was given is no JSON object, JWT or picture that can be read.',
    'Nothing can be said about what cannot be read.',
    `See that the whole file arrived. ${asIssued}`,
  ],
  CREDENTIAL_MISSING: [
    'The picture has no credential in it.',
    'Programs that send or save pictures often strip it.',
    'Ask for the picture as it was issued, or for the credential as a file.',
  ],
  LIMIT_EXCEEDED: [
    'The input is larger, deeper or more work than one call takes; detail says which limit.',
    'Without limits a stranger could make a verifier work for ever.',
    'If it is honest, raise that limit by name (option limits).',
  ],
  MEMBER_DUPLICATE: [
    'A member of one object is named twice.',
    'Programs differ in which of the two they read, so that each would see another credential.',
    issuerMends,
  ],
  MEMBER_FORBIDDEN: [
    'A member is named __proto__.',
    'Many programs do not take that for a member, and so read something else.',
    issuerMends,
  ],
  SURROGATE_UNPAIRED: [
    'A text holds half of a character.',
    'It is hashed as another character than the one that is shown.',
    issuerMends,
  ],
  INTEGER_UNSAFE: [
    'A whole number is beyond 2^53.',
    'Programs differ in which number they read.',
    'Its issuer should write such numbers as text.',
  ],
  NUMBER_INEXACT: [
    'A number is read as another one than was written.',
    'What was signed and what programs read would differ.',
    'Its issuer should write it with fewer digits, or as text.',
  ],
  CREDENTIAL_MALFORMED: [
    'A member that the data model asks for is missing or of the wrong shape.',
    'Programs would read different things from it, or nothing.',
    `The path says where. ${issuerMends}`,
  ],
  PRESENTATION_MALFORMED: [
    'The presentation lacks a member that the data model asks for, or has one of the wrong shape.',
    'What is not well-formed can be read in several ways.',
    'The wallet that made it must be mended; present again with another one.',
  ],
  TERM_UNDEFINED: [
    'A property or type has no meaning in the contexts of the document.',
    'The signature does not cover it: anybody could have put it there.',
    'If the context that defines it is yours or you trust it, give it (verify --context URL=FILE). Else its issuer must name one.',
  ],
  NOT_COMPACTED: [
    'The document is spelled in another way than the plain one.',
    'Programs that read the JSON would miss what was signed, such as an end date under another name.',
    asIssued,
  ],
  CONTEXT_UNKNOWN: [
    'A JSON-LD context of the document is not at hand.',
    'Who writes a context decides what was signed under it means; so none is fetched unasked.',
    'If you trust it, give it: verify --context URL=FILE, or contexts.',
  ],
  PROOF_MISSING: ['There is no proof.', 'Anybody can have written the document.', asIssued],
  PROOF_MALFORMED: [
    'A proof lacks a member or has one of the wrong shape.',
    'A proof that cannot be read proves nothing.',
    issuerMends,
  ],
  PROOF_INVALID: [
    'The signature does not fit the document and the key.',
    'Something was changed after it was signed, or another key signed.',
    `Do not rely on it. ${asIssued}`,
  ],
  PROOF_UNAVAILABLE: [
    'A format could not find out whether its proof is good.',
    'What could not be found out is not taken for good.',
    'The message says what was missing; try again.',
  ],
  PROOF_FEATURE_UNKNOWN: [
    'The proof uses a feature that is not verified here.',
    'A part that is not looked at could be the one that matters.',
    'Verify it with a program that knows the feature that the message names.',
  ],
  PROOF_DISPUTED: [
    'Two implementations do not agree on the proof.',
    'One of them is wrong, and it is not known which.',
    'Do not rely on it, and report the document to the makers of both.',
  ],
  CLAIM_MISMATCH: [
    'A claim of the JWT says something else than the credential in it.',
    'Programs that read the one and those that read the other would differ.',
    issuerMends,
  ],
  PROOF_IS_BASE: [
    'A base proof was shown, from which parts are to be derived.',
    'It is for its holder alone: whoever has it can show any part.',
    'The holder makes a part of it: testamur present --reveal, or disclose.',
  ],
  PROOF_FORMAT_UNKNOWN: [
    'No proof is of a format that is verified here.',
    'It may be good, and could not be looked at.',
    'Ask for the credential in another format, such as eddsa-rdfc-2022.',
  ],
  PROOF_PURPOSE_MISMATCH: [
    'The proof was made for another purpose.',
    'A signature under a login would otherwise count as one under a diploma.',
    reissue,
  ],
  PROOF_EXPIRED: [
    'The proof itself has an end, which has passed.',
    'Its signer says that it holds no longer.',
    reissue,
  ],
  KEY_NOT_FOUND: [
    'The key that the proof names is not in the document of its DID.',
    'A key that the issuer does not publish is not known to be theirs.',
    'The issuer must publish the key again (as retired, if it signs no more).',
  ],
  KEY_UNAVAILABLE: [
    'The DID could not be looked up.',
    'Without the key nothing can be said about the signature.',
    'For did:web add --online; else try again, or give a resolver for the method (resolveDid).',
  ],
  KEY_UNSUPPORTED: [
    'The key is of an algorithm that the format of the proof does not use.',
    'Key and signature cannot belong together.',
    issuerMends,
  ],
  KEY_PURPOSE_MISMATCH: [
    'The DID document does not list the key for this purpose.',
    'A key for logging in may not sign diplomas.',
    'The issuer must list it under assertionMethod.',
  ],
  KEY_REVOKED: [
    'The key was revoked, or its end has passed.',
    'Somebody else may have it, and date what they sign as they like.',
    reissue,
  ],
  CONTROLLER_MISMATCH: [
    'The DID document or its key belongs to another DID.',
    'One DID must not speak for another.',
    issuerMends,
  ],
  ISSUER_MISMATCH: [
    'Somebody else than the named issuer signed.',
    'Anybody could otherwise issue in the name of any school.',
    'Do not rely on it, unless you know that the signer may act for the issuer (acceptController).',
  ],
  HOLDER_MISMATCH: [
    'Somebody else than the named holder signed the presentation.',
    'It may have been made of stolen credentials.',
    'Ask the holder to present again.',
  ],
  SUBJECT_MISMATCH: [
    'The credential is about somebody else than who presents it.',
    'A found or bought credential could otherwise be shown as one’s own.',
    'Ask for the presenter’s own, or accept this pair by name (acceptHolder), as for a parent.',
  ],
  SUBJECT_UNKNOWN: [
    'The credential names no DID of its subject.',
    'It cannot be known whether it is the presenter’s.',
    'Compare name or e-mail address yourself (matchesIdentity), and accept it by name (acceptHolder).',
  ],
  CHALLENGE_MISMATCH: [
    'The presentation answers another challenge, or none.',
    'It may be an old one that somebody shows again.',
    'Send a new challenge, and verify what is presented for that.',
  ],
  DOMAIN_MISMATCH: [
    'The presentation was made for another verifier.',
    'That one could show it here in the holder’s place.',
    'Ask the holder to present to you.',
  ],
  NOT_YET_VALID: [
    'The credential is good from a later time on.',
    'Its issuer says so.',
    'Wait until then; see that the clock here is right.',
  ],
  EXPIRED: ['The credential was good until an earlier time.', 'Its issuer says so.', reissue],
  REVOKED: [
    'The issuer revoked the credential.',
    'It may have been issued in error, or what it says no longer holds.',
    'Do not rely on it. Its issuer knows why.',
  ],
  SUSPENDED: [
    'The issuer suspended the credential; it may become good again.',
    'Something about it is being looked into.',
    'Do not rely on it now; verify again later, or ask its issuer.',
  ],
  STATUS_UNAVAILABLE: [
    'Whether it was revoked could not be found out.',
    '"Not found out" is not "not revoked".',
    'Add --online, or give the list (--status-list FILE).',
  ],
  STATUS_ENTRY_INVALID: [
    'The entry in the credential does not say where its status is.',
    'A status that cannot be read could hide a revocation.',
    issuerMends,
  ],
  STATUS_INDEX_OUT_OF_RANGE: [
    'The status list has no such place.',
    'The list may be another one than was meant.',
    issuerMends,
  ],
  STATUS_LIST_INVALID: [
    'What lies at the URL of the list is none that may be believed.',
    'A forged list could hide that something was revoked.',
    'The issuer must publish a signed list (testamur status publish).',
  ],
  STATUS_LIST_MISMATCH: [
    'The list calls itself otherwise than its URL.',
    'It may be another list of the same issuer, put in its place.',
    'The issuer must publish it under its own id; or accept this one by name (acceptStatusListId).',
  ],
  STATUS_LIST_SHORT: [
    'The list has so few entries that it tells whom it is about.',
    'Whoever serves it could see whose credential is verified.',
    'The issuer should use 131,072 entries; or accept this one by name (acceptShortStatusList).',
  ],
  STATUS_ISSUER_MISMATCH: [
    'Somebody else than the issuer of the credential issued the list.',
    'Anybody could otherwise undo a revocation.',
    'If you know that they may, accept them by name (acceptStatusIssuer).',
  ],
  STATUS_STALE: [
    'The list is too old.',
    'What was revoked since is not in it.',
    'Get a newer one (--online), or allow more age (--max-status-age).',
  ],
  STATUS_ROLLBACK: [
    'The list is older than one that was seen before.',
    'Somebody may show an old one to hide a revocation.',
    'Ask the issuer’s server again; tell the issuer if it stays so.',
  ],
  SCHEMA_MISMATCH: [
    'The credential does not have the shape that its type asks for.',
    'Programs that rely on the shape would read it wrongly.',
    `The message says where. ${issuerMends}`,
  ],
  SCHEMA_UNAVAILABLE: [
    'The schema that the credential names is not at hand.',
    'Its issuer says that it should be held to it.',
    'Give the schema by its URL (schemas), or leave the check out (--skip schema).',
  ],
  ISSUER_UNTRUSTED: [
    'Your trust registry does not have the issuer.',
    'A good signature says who issued, not that they may.',
    'Look into who they are before you add them.',
  ],
  TRUST_UNAVAILABLE: ['Your trust registry could not be asked.', 'Who is not known is not trusted.', 'Try again.'],
  CONTENT_INVALID: [
    'A credential inside this one is invalid.',
    'A record is as good as its parts.',
    'Its own report, further below, says why.',
  ],
  CONTENT_INDETERMINATE: [
    'A credential inside this one could not be decided.',
    'A record is as good as its parts.',
    'Its own report, further below, says why.',
  ],
  ASSOCIATION_DANGLING: [
    'An association names an achievement that is not in the record.',
    'Where it leads cannot be seen.',
    issuerMends,
  ],
  ASSOCIATION_CYCLIC: [
    'The associations of the record lead in a circle.',
    'Nothing can be a part of itself.',
    issuerMends,
  ],
  RESULT_MISMATCH: [
    'A result is out of its bounds, or not as its description says.',
    'A grade that its scale does not have means nothing.',
    issuerMends,
  ],
  RESULT_DANGLING: [
    'A result names a description that is not there.',
    'What the grade means cannot be seen.',
    issuerMends,
  ],
  ENDORSEMENT_MISMATCH: [
    'An endorsement inside speaks of something else.',
    'Praise for one thing must not count for another.',
    `Do not rely on the endorsement. ${issuerMends}`,
  ],
  ENDORSEMENT_INVALID: [
    'An endorsement is invalid.',
    'Nobody is known to have said it. The record that it stands in, or was given for, is judged without it.',
    'Do not count it. Its own report, further below, says why.',
  ],
  ENDORSEMENT_INDETERMINATE: [
    'An endorsement could not be decided.',
    'Whether somebody said it is not known. The record that it stands in, or was given for, is judged without it.',
    'Do not count it. Its own report, further below, says why.',
  ],
  DIGEST_MISMATCH: [
    'A digest in the credential does not fit what is here.',
    'The thing may have been exchanged since.',
    'Compare with the file that the digest is of.',
  ],
  CHECK_UNAVAILABLE: [
    'A check of your own threw.',
    'It could not find out.',
    'See the message; mend the check, or try again.',
  ],
}

/** Codes of `CredentialError`, thrown for a caller's mistake. */
export const errorTexts: Readonly<Record<ErrorCode, Explanation>> = {
  OPTION_INVALID: [
    'An option is missing or of the wrong shape.',
    'A mistake in a call is told at once and never guessed around.',
    'The message says which option and what would be right.',
  ],
  CREDENTIAL_MALFORMED: [
    'The credential to be signed has findings.',
    'What is wrong before it is signed is wrong for ever after.',
    'Mend every finding that is listed, each with its path.',
  ],
  CREDENTIAL_SECURED: [
    'The credential to be signed has a proof already.',
    'A second signature over the first would mean something else.',
    'Sign the credential without its proof, or add one beside it (addProof).',
  ],
  CREDENTIAL_UNVERIFIED: [
    'A record was to be built from a credential that was not verified.',
    'A record must not vouch for what nobody looked at.',
    'Verify it, and hand on report.credential.',
  ],
  CONTEXT_UNKNOWN: [
    'A context of the credential to be signed is not at hand.',
    'What its terms mean must be known before they are signed.',
    'Give the context by its URL (contexts).',
  ],
  KEY_MALFORMED: [
    'The key cannot be read.',
    'A key must be whole, and its parts belong together.',
    'Give a private JWK, a Multikey secret or PKCS#8 PEM; testamur keygen makes one.',
  ],
  KEY_UNSUPPORTED: [
    'The algorithm of the key cannot do what was asked.',
    'Each format of proof has its algorithms.',
    'Use a key of Ed25519, P-256 or P-384, or an envelope for RSA.',
  ],
  PROOF_MISSING: [
    'The credential lacks the proof that is needed.',
    'Only what has a base proof can be shown in part; only what is signed can be baked.',
    'Issue it with ecdsa-sd-2023, or sign it first.',
  ],
  PROOF_UNSUPPORTED: [
    'The base proof uses a feature that is not done here.',
    'A part derived without it would not verify.',
    'Use a program that knows the feature that the message names.',
  ],
  SIGNATURE_WRONG: [
    'The signature that was just made does not verify.',
    'A broken signer is found before anything is handed out.',
    'See that the signer (KMS, HSM) has the key that it names.',
  ],
  STATUS_UNKNOWN: [
    'The credential has no place in the status lists.',
    'Only what was given a place can be revoked.',
    'Check the id, the folder and the tenant.',
  ],
  STATUS_LIST_FULL: ['Every status list is full, and no more may be opened.', 'maxLists says so.', 'Allow more lists.'],
  STORE_CONFLICT: [
    'Others changed the store at the same time, again and again. Nothing was done.',
    'No change may be lost.',
    'Try again.',
  ],
  STORE_CORRUPT: [
    'The log of the store and what it keeps do not agree. Nothing was published.',
    'A damaged store could take a revocation back.',
    'Put the store back from a copy; verifyEventLog names the first wrong event.',
  ],
  STORE_UNAVAILABLE: [
    'The store failed; whether the change was made is not known.',
    'What is not known is not claimed.',
    'Try again: asking twice is safe.',
  ],
}
