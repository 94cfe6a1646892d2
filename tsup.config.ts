import { defineConfig, type Options } from 'tsup'

const config: Options = {
  entry: {
    index: 'src/index.ts',
    workers: 'src/adapters/workers.ts',
    'verify-worker': 'src/adapters/verify-worker.ts',
  },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  dts: { entry: { index: 'src/index.ts', workers: 'src/adapters/workers.ts' } },
  external: [/^node:/],
  clean: true,
  sourcemap: false,
  splitting: true,
  treeshake: true,
}

export default defineConfig(config) as Options
