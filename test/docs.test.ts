/** The documents cannot drift: every ```ts block compiles under the project's own strictness and runs to its end. */

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../', import.meta.url))
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')

interface Block {
  readonly name: string
  readonly code: string
}

const documents = ['README.md', ...listOf('docs').filter((name) => name.endsWith('.md'))].filter((name) =>
  existsSync(join(root, name)),
)
const blocks: readonly Block[] = documents.flatMap(blocksOf)
const examples = listOf('examples')
  .map((folder) => `${folder}/main.ts`)
  .filter((file) => existsSync(join(root, file)))

// Outside the project, with its packages: whoever installed it would have no more.
const folder = mkdtempSync(join(tmpdir(), 'docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
for (const { name, code } of blocks) writeFileSync(join(folder, name), `${code}\nexport {}\n`)
const settings = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: { types: ['node'] },
  // The packages that carry no types have them in the project.
  include: ['*.ts', join(root, 'src/**/*.d.ts')],
}
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

describe('README.md', () => {
  it('begins with a whole example of at most 15 lines', () => {
    const [first] = blocks.filter(({ name }) => name.startsWith('README'))
    expect(first).toBeDefined()
    expect(first?.code.trim().split('\n').length).toBeLessThanOrEqual(15)
    expect(first?.code).toContain("from 'testamur'")
  })
})

describe('links to files', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly files: readonly string[]
  }
  // npm packs these of its own accord.
  const packed = [...files, 'README.md', 'LICENSE', 'package.json']
  const linksOf = (name: string) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)].map(([, to = '']) =>
      join(name, '..', to),
    )

  it.each(['README.md', 'CONTRIBUTING.md', 'docs/open-badges-2.md', 'examples/registrar-csv/README.md'])(
    'of %s lead to what is installed',
    (name) => {
      const lost = linksOf(name).filter(
        (to) => !existsSync(join(root, to)) || !packed.some((each) => to === each || to.startsWith(`${each}/`)),
      )
      expect(lost).toEqual([])
    },
  )

  it.each(['ARCHITECTURE.md', 'CHANGELOG.md', 'SECURITY.md'])('of %s lead to something', (name) => {
    expect(linksOf(name).filter((to) => !existsSync(join(root, to)))).toEqual([])
  })
})

describe('every block', () => {
  it('compiles', () => {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(folder, 'tsconfig.json'),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (diagnostic) => expect.unreachable(textOf(diagnostic)),
      },
    )
    const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {})
    const found = ts
      .getPreEmitDiagnostics(program)
      .map((each) => `${basename(each.file?.fileName ?? '')}: ${textOf(each)}`)
    expect(program.getRootFileNames().filter((name) => name.startsWith(folder))).toHaveLength(blocks.length)
    expect(blocks.length).toBeGreaterThan(0)
    expect(found).toEqual([])
  })

  it.concurrent.each(blocks.map(({ name }) => name))('%s runs', async (name) => {
    await expect(execute(join(folder, name), join(folder, 'tsconfig.json'))).resolves.toBeTypeOf('string')
  })
})

describe('examples', () => {
  it('are there', () => {
    expect(examples).toContain('examples/quickstart/main.ts')
  })

  it.concurrent.each(examples)('%s runs', async (file) => {
    const output = await execute(join(root, file), join(root, 'tsconfig.json'))
    expect(output).not.toBe('')
    if (file.includes('quickstart')) {
      for (const code of ['PROOF_INVALID', 'SUBJECT_MISMATCH', 'EXPIRED']) expect(output).toContain(code)
      const sentences = [...output.matchAll(/✗.*? {2}(.*)/g)].map(([, text]) => text)
      expect(sentences).toEqual([...new Set(sentences)])
    }
  })
})

/** What a program prints; a program that fails is an error that shows what it said. */
async function execute(file: string, tsconfig: string): Promise<string> {
  const cwd = mkdtempSync(join(folder, 'run-'))
  const { stdout } = await run(process.execPath, [tsx, '--tsconfig', tsconfig, file], { cwd, timeout: 25_000 })
  return stdout
}

/** The code of each ```ts block, named by its document and place. */
function blocksOf(document: string): readonly Block[] {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match, index) => ({
    name: `${basename(document, '.md')}-${index + 1}.ts`,
    code: match[1] ?? '',
  }))
}

function listOf(name: string): readonly string[] {
  return existsSync(join(root, name)) ? readdirSync(join(root, name)).map((entry) => `${name}/${entry}`) : []
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, '\n')
}
