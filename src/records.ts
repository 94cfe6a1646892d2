/** Tools for learner records beyond signing and verifying: the public names of `testamur/records`, written out; there is no logic. */

export { type Decision, decide, type Reason } from './decisions/decide.ts'
export {
  admissions,
  employer,
  type Policy,
  type PolicyChanges,
  recognition,
  type TolerableCode,
} from './decisions/policy.ts'
export { type BakeOptions, bake, unbake, unbakeAssertion } from './images/bake.ts'
export type { Unbaked, UnbakedAssertion, UnbakingProblem } from './images/unbaked.ts'
export { onlineJson } from './online.ts'
export type {
  Assertion,
  AssertionRecipient,
  BadgeClass,
  IssuerProfile,
  VerificationMethodName,
} from './open-badges-2/assertion.ts'
export { type QuoteAssertionOptions, quoteAssertion } from './open-badges-2/quote-assertion.ts'
export type { AssertionReport } from './open-badges-2/report.ts'
export { type UpgradeAssertionOptions, upgradeAssertion } from './open-badges-2/upgrade-assertion.ts'
export { type VerifyAssertionOptions, verifyAssertion } from './open-badges-2/verify-assertion.ts'
export {
  type CheckEvidenceOptions,
  checkEvidence,
  type EvidenceContent,
  type EvidenceResult,
} from './records/check-evidence.ts'
export type { AcceptLearner, NamedLearner } from './records/learner.ts'
export {
  type ExtractedRecords,
  extractRecords,
  type MergedRecords,
  mergeRecords,
  type OtherVersion,
} from './records/merge.ts'
export type { Report } from './records/report-tree.ts'
export { type PathwayAchievement, type PathwayOptions, type PathwayStep, pathway } from './skills/pathway.ts'
export { type Skill, type SkillSource, skills } from './skills/skills.ts'
