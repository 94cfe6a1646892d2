/**
 * What is measured is the package as its users get it: built by the project's own settings into a folder of this run's own,
 * with its dependencies left outside. The small programs that run in processes of their own lie beside it.
 */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build as bundle, type Plugin } from 'esbuild'
import { build as buildPackage } from 'tsup'

/** The package's own shape. */
export type Testamur = typeof import('../src/index.ts')

/** The built package. */
export interface Built {
  /** Where everything of this run lies; a place for its files too. */
  readonly folder: string
  readonly testamur: Testamur
  /** Path of one of `bench/children`, ready for `node`. */
  child(name: string): string
  remove(): void
}

export const root: string = fileURLToPath(new URL('..', import.meta.url))
const children = join(root, 'bench/children')

/** Builds the package and the programs, and loads the package. */
export async function build(): Promise<Built> {
  // Under node_modules, so that the dependencies are found from there and nothing is seen by git.
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'testamur-bench-'))
  const { type, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type, imports, sideEffects: false }))
  await buildPackage({ outDir: folder, dts: false, clean: false, silent: true })
  await bundle({
    entryPoints: readdirSync(children).map((name) => join(children, name)),
    outdir: join(folder, 'children'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    plugins: [packageAt('../index.js', true)],
  })
  return {
    folder,
    testamur: (await import(pathToFileURL(join(folder, 'index.js')).href)) as Testamur,
    child: (name) => join(folder, 'children', `${name}.mjs`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Lets esbuild find `testamur` at a path. */
export function packageAt(path: string, external: boolean): Plugin {
  return {
    name: 'built-package',
    setup: ({ onResolve }) => onResolve({ filter: /^testamur$/ }, () => ({ path, external })),
  }
}
