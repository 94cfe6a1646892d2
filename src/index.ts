/** Testamur: issue, present and verify learner records. Every public name is written out here; there is no logic. */

export { type AddProofOptions, addProof } from './add-proof.ts'
export type {
  AcceptController,
  AcceptCosigner,
  AcceptHolder,
  AcceptProofPurpose,
  CheckFunction,
  Conformance,
  CustomCheck,
  Format,
  IssuerKeys,
  TrustRegistry,
} from './checks/settings.ts'
export type { DataModel } from './checks/structure.ts'
export { didJwk } from './dids/jwk.ts'
export { didKey } from './dids/key.ts'
export { createDidResolver, type ResolverLike } from './dids/resolver.ts'
export { didWeb, didWebUrl, type FetchJson } from './dids/web.ts'
export { type DidWebKey, type DidWebKeyState, didWebDocument } from './dids/web-document.ts'
export { type DiscloseOptions, disclose } from './disclose.ts'
export { defaultLimits, type Limits } from './encoding/limits.ts'
export type { Envelope, EnvelopeProblem, KeyHint, Opened, OpenResult, WrapInput } from './envelopes/envelope.ts'
export { vcJose, vcJwt, vcSdJwt } from './envelopes/kinds.ts'
export { type JoseLibrary, publishedJose } from './envelopes/published.ts'
export { CredentialError, type ErrorCode, isCredentialError } from './errors.ts'
export { createIssuer, type Issued, type IssueOptions, type Issuer, issue } from './issue.ts'
export { createDocumentLoader, type DocumentLoaderOptions } from './jsonld/loader.ts'
export type { Algorithm, CurveAlgorithm, PublicKey } from './keys/algorithms.ts'
export { didKeyOf } from './keys/did-key-of.ts'
export type { CurvePrivateJwk, PrivateJwk, PublishedJwk, RsaPrivateJwk } from './keys/jwk.ts'
export {
  exportKey,
  exportKeyMultibase,
  exportKeyPem,
  generateKey,
  importKey,
  type Key,
  type KeyOptions,
  type Signer,
} from './keys/key.ts'
export {
  type IssuedItem,
  type IssueManyOptions,
  issueMany,
  type VerifiedItem,
  type VerifyManyOptions,
  verifyMany,
} from './many.ts'
export type { AcceptAddress } from './network/node.ts'
export { type Online, type OnlineOptions, online } from './online.ts'
export { type ContextOptions, type PresentationSettings, type VerifySettings, withoutChallenge } from './options.ts'
export { type PresentOptions, present } from './present.ts'
export { type PresentSdJwtOptions, presentSdJwt } from './present-sd-jwt.ts'
export type {
  Cryptosuite,
  DeriveInput,
  DisclosureSuite,
  ProofInput,
  ProofVerdict,
  SecureInput,
} from './proofs/cryptosuite.ts'
export { digitalBazaar, type PublishedLibraries } from './proofs/published.ts'
export type { DisclosureLibrary, DisclosureLibrarySuite } from './proofs/published-disclosure.ts'
export type { JcsLibrary } from './proofs/published-jcs.ts'
export { acceptBaseProof, type BbsOptions, bbs2023, ecdsaSd2023 } from './proofs/selective-disclosure/suites.ts'
export {
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsa2022,
  eddsaJcs2022,
  eddsaRdfc2022,
} from './proofs/suites.ts'
export { type PublishedItem, type PublishOptions, publish } from './publish.ts'
export type { Achievement, AchievementInput, Criteria, CriteriaInput, RelatedInput } from './records/achievement.ts'
export {
  type Alignment,
  type AlignmentInput,
  type CaseItem,
  type CtdlCompetency,
  type CtdlCredential,
  caseAlignment,
  ctdlAlignment,
} from './records/alignment.ts'
export {
  type Association,
  type AssociationInput,
  assembleClr,
  type Clr,
  type ClrInput,
  type ClrSubject,
} from './records/clr.ts'
export type { RecordInput } from './records/credential.ts'
export { type DigestSri, digestOf, digestOfJson } from './records/digest.ts'
export {
  type Endorsement,
  type EndorsementInput,
  type EndorsementSubject,
  endorsement,
  type RelatedResource,
} from './records/endorsement.ts'
export { type Evidence, type EvidenceInput, evidence } from './records/evidence.ts'
export {
  hashedIdentity,
  type IdentityObject,
  matchesIdentity,
  type Person,
  plainIdentity,
} from './records/identity.ts'
export type { Image, ImageInput } from './records/image.ts'
export { type AchievementSubject, type OpenBadge, type OpenBadgeInput, openBadge } from './records/open-badge.ts'
export type {
  AddressInput,
  GeoCoordinatesInput,
  IdentifierEntry,
  IdentifierEntryInput,
  ProfileInput,
  ProfileRecord,
} from './records/profile.ts'
export type { Recipient } from './records/recipient.ts'
export type {
  Result,
  ResultDescription,
  ResultDescriptionInput,
  ResultInput,
  RubricCriterionLevel,
  RubricCriterionLevelInput,
} from './records/result.ts'
export {
  type AchievementType,
  type AlignmentTargetType,
  type AssociationType,
  achievementTypes,
  alignmentTargetTypes,
  associationTypes,
  type Extension,
  type IdentifierType,
  identifierTypes,
  type ResultStatus,
  type ResultType,
  resultStatuses,
  resultTypes,
} from './records/vocabulary.ts'
export {
  type Check,
  type CheckName,
  type CredentialReport,
  type EndorsedKind,
  type EndorsedThing,
  type EndorsementResult,
  isProblem,
  isWarning,
  type NestedReport,
  type Outcome,
  type PresentationReport,
  type ProblemCode,
  problemCodes,
  problemType,
  type SkippableCheck,
  type StatusResult,
  type StatusSource,
  type TrustEntry,
  type TrustLink,
  type Verdict,
} from './report.ts'
export type { StatusListCredential, StatusListDraft } from './status/draft.ts'
export type { BitstringStatusListEntry, StatusAllocator, StatusMessage } from './status/entry.ts'
export { type LogReport, type StatusEvent, type StatusEventBody, verifyEventLog } from './status/event-log.ts'
export { type StatusListHandlerOptions, statusListHandler } from './status/handler.ts'
export type { StatusLists } from './status/list-index.ts'
export { logStatusStore, type RecordLog } from './status/log-store.ts'
export { createStatusMemory, type StatusMemory } from './status/memory.ts'
export { memoryStatusStore } from './status/memory-store.ts'
export type {
  AcceptShortStatusList,
  AcceptStatusIssuer,
  AcceptStatusListId,
  LoadedStatusList,
  StatusContext,
  StatusFound,
  StatusList,
  StatusListLoader,
  StatusMethod,
  StatusUnknown,
} from './status/method.ts'
export {
  bitstringStatusList,
  revocationList1EdTech,
  revocationList2020,
  statusList2021,
  tokenStatusList,
} from './status/methods.ts'
export {
  createStatusRegistry,
  type StatusHistoryItem,
  type StatusListInfo,
  type StatusReason,
  type StatusRegistry,
  type StatusSetItem,
  type StatusSetManyOptions,
  type StatusTarget,
} from './status/registry.ts'
export type {
  StatusListName,
  StatusMessages,
  StatusRegistryOptions,
  StatusRegistrySettings,
} from './status/settings.ts'
export type {
  PublishedStatusList,
  StatusChange,
  StatusKeys,
  StatusListRecord,
  StatusListState,
  StatusPlace,
  StatusPurpose,
  StatusStore,
} from './status/store.ts'
export {
  getTokenStatus,
  meaningOfTokenStatus,
  readTokenStatusList,
  setTokenStatus,
  type TokenStatusList,
  type TokenStatusListClaim,
  type TokenStatusMeaning,
  type TokenStatusSize,
  writeTokenStatusList,
} from './status/token-status-list.ts'
export { type FederationRegistryOptions, federationRegistry } from './trust/federation.ts'
export { anyRegistry, dccRegistry, type ListedIssuer, trustList } from './trust/list.ts'
export { type RecognisedIssuersOptions, recognisedIssuers } from './trust/recognised.ts'
export type {
  Credential,
  CredentialInput,
  Did,
  DidDocument,
  DidResolver,
  DocumentLoader,
  EnvelopedCredential,
  EnvelopeText,
  Finding,
  JsonObject,
  JsonValue,
  LookupOptions,
  OneOrMany,
  Presentation,
  Profile,
  Proof,
  Secured,
  StatusEntry,
  VerificationMethod,
  Verified,
} from './types.ts'
export { type VerifyCredentialOptions, type VerifyPresentationOptions, verify } from './verify.ts'
