import { defineConfig, type ViteUserConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** For `npm run mutation`: the tests that judge verdicts, without those that take long or start processes. */
const mutation: ViteUserConfig = defineConfig({
  ...config,
  test: {
    include: [
      'test/checks/**/*.test.ts',
      'test/verify.test.ts',
      'test/limits.test.ts',
      'test/present.test.ts',
      'test/many.test.ts',
      'test/attacks/**/*.test.ts',
    ],
    exclude: ['test/docs.test.ts', 'test/attacks/*.property.test.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
})

export default mutation
