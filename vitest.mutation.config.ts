import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import config from './vitest.config.ts'

/** Where a broken check mostly shows, and soon, comes first; what takes long comes last. */
const order = [
  /\/(several|share|until-aborted|native)\.test/,
  /\/verify\.test/,
  /\/checks\/(?!codes|status)/,
  /\/attacks\//,
]

class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => [...order, /./].findIndex((pattern) => pattern.test(moduleId))
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

/** For `npm run mutation`: the tests that judge verdicts, without those that take long or start processes. */
const mutation: ViteUserConfig = defineConfig({
  ...config,
  test: {
    include: [
      'test/checks/**/*.test.ts',
      'test/verify.test.ts',
      'test/limits.test.ts',
      'test/issue.test.ts',
      'test/present.test.ts',
      'test/many.test.ts',
      'test/envelopes/vc-sd-jwt.test.ts',
      'test/attacks/**/*.test.ts',
      'test/status/{token-status,jwt-list}.test.ts',
      'test/encoding/{several,share,until-aborted}.test.ts',
      'test/keys/native.test.ts',
    ],
    exclude: [
      'test/attacks/*.property.test.ts',
      // They load every published library, or take seconds for what is not in the checks.
      'test/checks/cross-check.test.ts',
      'test/attacks/{endless-contexts,endless-answer,jose-signature,status-bomb}.test.ts',
    ],
    setupFiles: [fileURLToPath(new URL('./test/helpers/mutation-setup.ts', import.meta.url))],
    testTimeout: 30_000,
    isolate: false,
    maxWorkers: 1,
    sequence: { sequencer: NearestFirst },
  },
})

export default mutation
