import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^testamur$/, replacement: fileOf('./src/index.ts') },
      { find: /^testamur\/records$/, replacement: fileOf('./src/records.ts') },
      { find: /^testamur\/html$/, replacement: fileOf('./src/html/index.ts') },
      { find: /^testamur\/http$/, replacement: fileOf('./src/http/index.ts') },
      { find: /^testamur\/testing$/, replacement: fileOf('./src/adapters/testing.ts') },
      { find: /^testamur\/stores\/(.*)$/, replacement: fileOf('./src/adapters/$1-store.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Else one core less than there are, which leaves half of a small machine idle.
    maxWorkers: '100%',
    // Only to end what hangs: no test is judged by its time, and whole processes are slow on a busy machine.
    testTimeout: 120_000,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  },
})

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

export default config
