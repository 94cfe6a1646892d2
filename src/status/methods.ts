/** The types of status that are read, each an imported value. What they do is loaded on first need, as few documents need it. */

import type { StatusMethod } from './method.ts'

/** Reads entries of type `BitstringStatusListEntry`. */
export function bitstringStatusList(): StatusMethod {
  return onNeed('BitstringStatusListEntry', 'bitstringMethod')
}

/** Reads entries of type `StatusList2021Entry`. */
export function statusList2021(): StatusMethod {
  return onNeed('StatusList2021Entry', 'statusList2021Method')
}

/** Reads entries of type `RevocationList2020Status`. */
export function revocationList2020(): StatusMethod {
  return onNeed('RevocationList2020Status', 'revocationList2020Method')
}

/** Reads entries of type `1EdTechRevocationList`. */
export function revocationList1EdTech(): StatusMethod {
  return onNeed('1EdTechRevocationList', 'revocationList1EdTechMethod')
}

/**
 * Reads the member `status_list` of the claim `status`, with `idx` and `uri`. 0 is valid, 1 (INVALID) revoked, 2 suspended; what another
 * value means is the issuer's own affair, so that the status is unknown.
 */
export function tokenStatusList(): StatusMethod {
  return onNeed('status_list', 'tokenStatusListMethod')
}

/** A method is made once, since it remembers the lists that it read. */
function onNeed(type: string, name: keyof typeof import('./on-need.ts')): StatusMethod {
  let made: StatusMethod | undefined
  const method = async (): Promise<StatusMethod> => {
    const { [name]: create } = await import('./on-need.ts')
    made ??= create()
    return made
  }
  return {
    type,
    findProblems: async (entry) => (await method()).findProblems(entry),
    purposeOf: async (entry) => (await method()).purposeOf(entry),
    check: async (entry, context) => (await method()).check(entry, context),
  }
}
