import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { defineConfig, type Options } from 'tsup'

/** What the package exports. */
const exported = {
  index: 'src/index.ts',
  records: 'src/records.ts',
  html: 'src/html/index.ts',
  http: 'src/http/index.ts',
  'stores/file': 'src/adapters/file-store.ts',
  'stores/postgres': 'src/adapters/postgres-store.ts',
  'stores/sqlite': 'src/adapters/sqlite-store.ts',
  testing: 'src/adapters/testing.ts',
  workers: 'src/adapters/workers.ts',
}

/**
 * What every piece has in common stays in one file: each piece that is loaded later imports the package as a whole, which is there by
 * then. Without this there is a file for each set of pieces that share something, and many small files weigh more than a large one.
 */
const oneCore: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'one-core',
  setup({ onResolve, onLoad }) {
    const later = findLater()
    onResolve({ filter: /^testamur:core$/ }, () => ({ path: resolve('src/index.ts'), sideEffects: true }))
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!later.has(path)) return undefined
      return {
        contents: `${readFileSync(path, 'utf8')}\nimport 'testamur:core'\n`,
        loader: 'ts',
        resolveDir: dirname(path),
      }
    })
  },
}

/** The files that are imported on need. One of them may be imported by another piece at once. */
function findLater(): ReadonlySet<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const found = files.flatMap((path) => {
    const imports = readFileSync(join('src', path), 'utf8').matchAll(/(?<!typeof )import\('(\.[^']+)'\)/g)
    return [...imports].map(([, to = '']) => resolve('src', dirname(path), to))
  })
  return new Set(found)
}

const config: Options = {
  entry: { ...exported, cli: 'src/cli/main.ts', 'verify-worker': 'src/adapters/verify-worker.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  dts: { entry: exported },
  external: [/^node:/, /^#/],
  // SHA-256 alone: with the library's file of all hashes, every bundle for browsers would have the longer ones too.
  noExternal: ['@noble/hashes/sha256', '@noble/hashes/crypto'],
  clean: true,
  sourcemap: false,
  splitting: true,
  treeshake: true,
  esbuildPlugins: [oneCore],
}

export default defineConfig(config) as Options
