import { defineConfig, type Options } from 'tsup'

const config: Options = {
  entry: { index: 'src/index.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  clean: true,
  sourcemap: false,
  splitting: true,
  treeshake: true,
}

export default defineConfig(config) as Options
