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
export {
  type CheckEvidenceOptions,
  checkEvidence,
  type EvidenceContent,
  type EvidenceResult,
} from './records/check-evidence.ts'
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
