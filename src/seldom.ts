/** What `verify` and `issue` need for few documents, in one piece that is loaded on first need. */

export { checkAssociations } from './checks/associations.ts'
export { checkContents } from './checks/contents.ts'
export { addDetached, checkEndorsements } from './checks/endorsements.ts'
export { checkEnvelope, contentsOf, isListToken, openEnvelope, openList } from './checks/envelope.ts'
export { checkStapled, checkStatus, checkStatusForm, withStapled } from './checks/status.ts'
export { acceptUndefined, areOverJson } from './checks/undefined-terms.ts'
export { readBaked } from './images/bake.ts'
