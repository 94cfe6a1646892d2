/** Bundles a program for processes that are started often, or by the dozen: plain JavaScript starts in a fraction of the time. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/** The bundled program, and how to remove it. */
export interface Bundle {
  readonly file: string
  readonly remove: () => void
}

/**
 * Bundles one program of the project; the packages stay outside. Run from the project's folder.
 *
 * @param replaced Modules that the stores get in place of those that they import.
 */
export async function bundle(program: string, replaced: Readonly<Record<string, string>> = {}): Promise<Bundle> {
  // Under node_modules, so that the packages are found from there and nothing is seen by git.
  const cache = join(process.cwd(), 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'testamur-'))
  const file = join(folder, `${basename(program, '.ts')}.mjs`)
  await build({
    entryPoints: [program],
    outfile: file,
    bundle: true,
    packages: 'external',
    alias: sources,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    plugins: [replaceInStores(replaced)],
  })
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const sources = Object.fromEntries([
  ['testamur', join(process.cwd(), 'src/index.ts')],
  ['testamur/http', join(process.cwd(), 'src/http/index.ts')],
  ...['file', 'postgres', 'sqlite'].map((name) => [
    `testamur/stores/${name}`,
    join(process.cwd(), `src/adapters/${name}-store.ts`),
  ]),
]) as Record<string, string>

function replaceInStores(replaced: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'replaced-modules',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^node:/ }, ({ path, importer }) => {
        const other = importer.endsWith('-store.ts') ? replaced[path] : undefined
        return other === undefined ? undefined : { path: other }
      }),
  }
}
