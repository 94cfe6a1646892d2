/** Other people's vectors and documents lie beside the project, where they lie at all; tests that need them skip without. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/oracle/', import.meta.url))

/** Whether the folder is there. Use as `describe.skipIf(!hasOracle)`. */
export const hasOracle: boolean = existsSync(root)

/** Text of one file of it. */
export function readOracle(path: string): string {
  return readFileSync(root + path, 'utf8')
}

/** Bytes of one file of it. */
export function readOracleBytes(path: string): Uint8Array {
  return readFileSync(root + path)
}

/** JSON of one file of it. */
export function readOracleJson<T>(path: string): T {
  return JSON.parse(readOracle(path)) as T
}

/** Paths of the files in one folder of it and below, seen from there. */
export function listOracle(folder: string): readonly string[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
}
