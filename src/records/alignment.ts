/**
 * Ties an achievement or a result to a node of somebody's framework (Open Badges 3.0, Alignment): a CASE item, a CTDL
 * competency or credential, or anything else that has an address.
 */

import { invalid, requireIri, requireObject, requireText, requireWordOrExtension, typeList } from './input.ts'
import { type AlignmentTargetType, alignmentTargetTypes } from './vocabulary.ts'

/** A node of a framework. */
export interface AlignmentInput {
  /** Name of the node. */
  readonly targetName: string
  /** Address of the official description of the node. */
  readonly targetUrl: string
  /** What kind of node it is, such as `CFItem` or `ceasn:Competency`. */
  readonly targetType?: AlignmentTargetType
  /** The node's code within its framework, such as `CCSS.MATH.HSS.ID.A.1`. */
  readonly targetCode?: string
  /** Short description of the node. */
  readonly targetDescription?: string
  /** Name of the framework. */
  readonly targetFramework?: string
}

/** A node of a framework as it stands in a record. */
export interface Alignment extends AlignmentInput {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['Alignment', ...string[]]
}

/** A CFItem as a CASE server returns it; what is not named here is not read (CASE 1.0, CFItem). */
export interface CaseItem {
  /** Address of the item. Becomes `targetUrl`. */
  readonly uri: string
  /** The statement in full. Becomes `targetName`, or `targetDescription` where there is a short one. */
  readonly fullStatement: string
  /** The statement in short. Becomes `targetName`. */
  readonly abbreviatedStatement?: string
  /** The code people use. Becomes `targetCode`. */
  readonly humanCodingScheme?: string
  /** The framework document. Its title becomes `targetFramework`. */
  readonly CFDocumentURI?: { readonly title: string }
}

interface CtdlMembers {
  /** Address of the resource. Becomes `targetUrl`. */
  readonly url: string
  /** Credential Transparency Identifier, `ce-` and a UUID. Becomes `targetCode` where there is no `codedNotation`. */
  readonly ctid?: string
  /** Name of the framework or of the publisher. Becomes `targetFramework`. */
  readonly frameworkName?: string
}

/** A competency described in CTDL-ASN. */
export interface CtdlCompetency extends CtdlMembers {
  /** The statement in full. Becomes `targetName`, or `targetDescription` where there is a label. */
  readonly competencyText: string
  /** The statement in short. Becomes `targetName`. */
  readonly competencyLabel?: string
  /** The code within the framework. Becomes `targetCode`. */
  readonly codedNotation?: string
  /** Not beside a statement. */
  readonly name?: never
}

/** A credential (a degree, a certificate, a licence) described in CTDL. */
export interface CtdlCredential extends CtdlMembers {
  /** Name of the credential. Becomes `targetName`. */
  readonly name: string
  /** Short description. Becomes `targetDescription`. */
  readonly description?: string
  /** Not beside a name. */
  readonly competencyText?: never
}

/** Fills in the type of an alignment. */
export function toAlignment(alignment: AlignmentInput, path: string): Alignment {
  requireObject(alignment, path, 'an alignment such as { targetName, targetUrl }')
  requireText(alignment.targetName, `${path}.targetName`, 'the name of the node in its framework')
  requireIri(alignment.targetUrl, `${path}.targetUrl`, 'the address of the node, such as https://example.org/items/7')
  if (alignment.targetType !== undefined) {
    requireWordOrExtension(alignment.targetType, `${path}.targetType`, alignmentTargetTypes)
  }
  return { ...alignment, type: typeList('Alignment', alignment) }
}

/** An alignment with a CASE item, target type `CFItem`. Hand in the item as the server returned it. */
export function caseAlignment(item: CaseItem): Alignment {
  requireObject(item, 'item', 'a CFItem with uri and fullStatement')
  const fullStatement = requireText(item.fullStatement, 'item.fullStatement', 'the statement of the item')
  const { uri, abbreviatedStatement, humanCodingScheme, CFDocumentURI } = item
  requireIri(uri, 'item.uri', 'the address of the item, as the CASE server has it')
  return compact({
    targetType: 'CFItem',
    targetUrl: uri,
    targetName: abbreviatedStatement ?? fullStatement,
    targetDescription: abbreviatedStatement === undefined ? undefined : fullStatement,
    targetCode: humanCodingScheme,
    targetFramework: CFDocumentURI?.title,
  })
}

/**
 * An alignment with something described in CTDL: a competency (`competencyText`) gets target type `ceasn:Competency`,
 * a credential (`name`) gets `ceterms:Credential`.
 */
export function ctdlAlignment(target: CtdlCompetency | CtdlCredential): Alignment {
  requireObject(target, 'target', 'a competency { url, competencyText } or a credential { url, name }')
  requireIri(target.url, 'target.url', 'the address of the resource')
  const shared = { targetUrl: target.url, targetFramework: target.frameworkName }
  if (target.competencyText !== undefined) {
    const { competencyText, competencyLabel, codedNotation, ctid } = target
    return compact({
      ...shared,
      targetType: 'ceasn:Competency',
      targetName: competencyLabel ?? requireText(competencyText, 'target.competencyText', 'the statement'),
      targetDescription: competencyLabel === undefined ? undefined : competencyText,
      targetCode: codedNotation ?? ctid,
    })
  }
  if (target.name !== undefined) {
    return compact({
      ...shared,
      targetType: 'ceterms:Credential',
      targetName: requireText(target.name, 'target.name', 'the name of the credential'),
      targetDescription: target.description,
      targetCode: target.ctid,
    })
  }
  throw invalid('target has no statement and no name; give competencyText for a competency, name for a credential')
}

/** Leaves out what is not known. */
function compact(
  members: {
    readonly [Name in keyof AlignmentInput]: AlignmentInput[Name] | undefined
  },
): Alignment {
  const known = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
  return { type: ['Alignment'], ...(known as unknown as AlignmentInput) }
}
