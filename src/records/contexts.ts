/**
 * The JSON-LD contexts of learner records, in the order the standards ask for.
 * CLR needs the numbered context: the one without a number drops the learner's identifier.
 */

/** VC Data Model 2.0: always first. */
export const CREDENTIALS_CONTEXT = 'https://www.w3.org/ns/credentials/v2'
/** Comprehensive Learner Record 2.0. */
export const CLR_CONTEXT = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'
/** Open Badges 3.0. */
export const OPEN_BADGES_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
/** What every version of the Open Badges 3.0 context begins with. */
export const OPEN_BADGES_CONTEXTS = 'https://purl.imsglobal.org/spec/ob/v3p0/context'
