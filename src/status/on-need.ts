/** What the types of status do, in one piece that is loaded on first need. */

export { bitstringMethod } from './bitstring-status-list.ts'
export { revocationList1EdTechMethod } from './revocation-list-1edtech.ts'
export { revocationList2020Method } from './revocation-list-2020.ts'
export { statusList2021Method } from './status-list-2021.ts'
export { tokenStatusListMethod } from './token-status.ts'
