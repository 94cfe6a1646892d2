import { defineConfig, type Options } from 'tsup'

/** What the package exports. */
const exported = {
  index: 'src/index.ts',
  records: 'src/records.ts',
  http: 'src/http/index.ts',
  'stores/file': 'src/adapters/file-store.ts',
  'stores/postgres': 'src/adapters/postgres-store.ts',
  'stores/sqlite': 'src/adapters/sqlite-store.ts',
  testing: 'src/adapters/testing.ts',
  workers: 'src/adapters/workers.ts',
}

const config: Options = {
  entry: { ...exported, cli: 'src/cli/main.ts', 'verify-worker': 'src/adapters/verify-worker.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  dts: { entry: exported },
  external: [/^node:/],
  clean: true,
  sourcemap: false,
  splitting: true,
  treeshake: true,
}

export default defineConfig(config) as Options
