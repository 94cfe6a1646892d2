/**
 * The closed word lists of Open Badges 3.0 and CLR 2.0 (their appendices on data models, "Enumerations").
 * Where a standard lets issuers add words of their own, these begin with `ext:`.
 */

/** A word of one's own: `ext:` and then letters, digits, dots, hyphens and underscores. */
export type Extension = `ext:${string}`

/** `Achievement.achievementType` (Open Badges 3.0, AchievementType). */
export const achievementTypes = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const

/** `ResultDescription.resultType` (Open Badges 3.0, ResultType). */
export const resultTypes = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'RubricCriterion',
  'RubricCriterionLevel',
  'RubricScore',
  'ScaledScore',
  'Status',
] as const

/** `Result.status` (Open Badges 3.0, ResultStatusType). Closed: no words of one's own. */
export const resultStatuses = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const

/** `IdentityObject.identityType` and `IdentifierEntry.identifierType` (Open Badges 3.0, IdentifierTypeEnum). */
export const identifierTypes = [
  'name',
  'sourcedId',
  'systemId',
  'productId',
  'userName',
  'accountId',
  'emailAddress',
  'nationalIdentityNumber',
  'isbn',
  'issn',
  'lisSourcedId',
  'oneRosterSourcedId',
  'sisSourcedId',
  'ltiContextId',
  'ltiDeploymentId',
  'ltiToolId',
  'ltiPlatformId',
  'ltiUserId',
  'identifier',
] as const

/** `Alignment.targetType` (Open Badges 3.0, AlignmentTargetType). */
export const alignmentTargetTypes = [
  'ceasn:Competency',
  'ceterms:Credential',
  'CFItem',
  'CFRubric',
  'CFRubricCriterion',
  'CFRubricCriterionLevel',
  'CTDL',
] as const

/** `Association.associationType` (CLR 2.0, AssociationType). Closed: no words of one's own. */
export const associationTypes = [
  'exactMatchOf',
  'isChildOf',
  'isParentOf',
  'isPartOf',
  'isPeerOf',
  'isRelatedTo',
  'precedes',
  'replacedBy',
] as const

/** What kind of achievement it is, such as `Course`, `Certificate`, `MicroCredential`, or a word of one's own. */
export type AchievementType = (typeof achievementTypes)[number] | Extension
/** What kind of result is described, such as `LetterGrade` or `Percent`, or a word of one's own. */
export type ResultType = (typeof resultTypes)[number] | Extension
/** How far the learner got, where the result is a status. */
export type ResultStatus = (typeof resultStatuses)[number]
/** By what kind of name a person or thing is known, such as `emailAddress`, or a word of one's own. */
export type IdentifierType = (typeof identifierTypes)[number] | Extension
/** What kind of node an alignment points at, such as `CFItem` (CASE) or `ceasn:Competency` (CTDL-ASN). */
export type AlignmentTargetType = (typeof alignmentTargetTypes)[number] | Extension
/** How two achievements relate: read it as "source *isChildOf* target". */
export type AssociationType = (typeof associationTypes)[number]
