/** What nobody uses is in no bundle. */

import { build } from 'esbuild'
import { expect, it } from 'vitest'

/** A word that stands in the arithmetic of BBS alone. */
const word = 'MAP_MSG_TO_SCALAR_AS_HASH_'

async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    alias: { testamur: './src/index.ts' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

it.each(['verify', 'ecdsaSd2023', 'disclose', 'present'])('%s brings no BBS with it', async (name) => {
  expect(await bundled(`export { ${name} } from 'testamur'`)).not.toContain(word)
})

it.each(['bbs2023', 'generateKey'])('%s does', async (name) => {
  expect(await bundled(`export { ${name} } from 'testamur'`)).toContain(word)
})
