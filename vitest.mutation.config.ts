import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import config from './vitest.config.ts'

/** The tests of one check each come first: they are quick, and what breaks that check mostly fails there. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.includes('/test/checks/') ? 0 : 1)
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
      'test/present.test.ts',
      'test/many.test.ts',
      'test/envelopes/vc-sd-jwt.test.ts',
      'test/attacks/**/*.test.ts',
    ],
    exclude: [
      'test/attacks/*.property.test.ts',
      // Seconds each, and what they break is not in the checks.
      'test/attacks/{endless-contexts,endless-answer,jose-signature,status-bomb}.test.ts',
    ],
    testTimeout: 30_000,
    isolate: false,
    maxWorkers: 1,
    sequence: { sequencer: NearestFirst },
  },
})

export default mutation
