/** What the package finds where there is no Node. Modules are to be imported anew after it. */

import { vi } from 'vitest'

export function leaveNode(): void {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  // On Node `#sha2` and `#md5` are one module.
  vi.doMock('#sha2', async () => ({
    ...(await import('@noble/hashes/sha2')),
    ...(await import('@noble/hashes/legacy')),
  }))
  vi.resetModules()
}

export function returnToNode(): void {
  vi.doUnmock('#sha2')
  vi.unstubAllGlobals()
  vi.resetModules()
}
