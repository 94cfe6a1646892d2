/** The most memory that this process had. */

import { existsSync, readFileSync } from 'node:fs'

const status = '/proc/self/status'

/** Kilobytes. Linux counts the parent's memory into `maxRSS` when a process is started, but not into `VmHWM`. */
export function peakMemory(): number {
  const line = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8')) : null
  return line ? Number(line[1]) : process.resourceUsage().maxRSS
}
