/** The browser: what a bundle of `verify` weighs, and how long a badge takes in Chromium where there is one. */

import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build as bundle, type Metafile } from 'esbuild'
import { chromium } from 'playwright-core'
import { type Built, packageAt, root } from './built.ts'
import type { InPage, Page } from './page.ts'
import type { Effort } from './paired.ts'
import type { Contexts } from './reference.ts'

/** Where Debian puts it. */
const executablePath = '/usr/bin/chromium'

/** Bundles the page's program into one file and answers its path. */
export async function bundlePage({ folder }: Built): Promise<string> {
  const outfile = join(folder, 'page.mjs')
  await bundle({ ...forBrowsers(folder), entryPoints: [join(root, 'bench/page.ts')], outfile })
  return outfile
}

/** Milliseconds in a page; `undefined` where there is no Chromium. */
export async function measureChromium(
  page: string,
  text: string,
  contexts: Contexts,
  effort: Effort,
): Promise<InPage | undefined> {
  if (!existsSync(executablePath)) return undefined
  const server = await serve(page)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] })
  try {
    const tab = await browser.newPage()
    // Pages from the loopback address may use the platform's cryptography; those from a file may not.
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await tab.waitForFunction(() => 'measureInPage' in globalThis)
    return await tab.evaluate(
      (input) => (globalThis as unknown as Page).measureInPage(input.text, input.contexts, input.effort),
      { text, contexts, effort },
    )
  } finally {
    await browser.close()
    server.close()
  }
}

/** The page's program and a document that runs it, on the loopback address only. */
async function serve(page: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.mjs'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? readFileSync(page) : '<!doctype html><script type="module" src="/page.mjs"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** Bytes after gzip, and what they come from. */
export interface Weight {
  /** The entry and what it imports at once. */
  readonly entry: number
  /** With what is loaded on need. */
  readonly all: number
  /** The biggest inputs of the entry, in bytes before gzip. */
  readonly inputs: readonly (readonly [path: string, bytes: number])[]
}

/** Weighs `verify` with all bundled contexts, and the reference without any. */
export async function weigh({ folder }: Built): Promise<{ readonly ours: Weight; readonly reference: Weight }> {
  // The built package's own pieces say little: what is in them is read off the same bundle of the source.
  const { inputs } = await weighEntry(folder, `export { verify } from '${join(root, 'src/index.ts')}'`)
  return {
    ours: { ...(await weighEntry(folder, `export { verify } from 'testamur'`)), inputs },
    reference: await weighEntry(folder, `export { createReference } from '${join(root, 'bench/reference.ts')}'`),
  }
}

async function weighEntry(folder: string, contents: string): Promise<Weight> {
  const options = {
    outdir: join(folder, 'weight'),
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
  } as const
  const stdin = { contents, resolveDir: root, sourcefile: 'entry.ts' }
  const { metafile, outputFiles } = await bundle({ ...forBrowsers(folder), ...options, stdin })
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]))
  const sizeOf = (paths: Iterable<string>) =>
    [...paths].reduce((sum, path) => sum + (sizes.get(join(process.cwd(), path)) ?? 0), 0)
  const atOnce = staticallyImported(metafile)
  return { entry: sizeOf(atOnce), all: sizeOf(Object.keys(metafile.outputs)), inputs: biggest(metafile, atOnce) }
}

function staticallyImported({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === 'entry.ts'))
  for (const path of found) {
    for (const { kind, path: next } of outputs[path]?.imports ?? []) if (kind === 'import-statement') found.add(next)
  }
  return found
}

function biggest({ outputs }: Metafile, paths: ReadonlySet<string>): Weight['inputs'] {
  const inputs = [...paths].flatMap((path) => Object.entries(outputs[path]?.inputs ?? {}))
  return inputs
    .map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const)
    .sort(([, one], [, two]) => two - one)
    .slice(0, 12)
}

function forBrowsers(folder: string): BuildOptions {
  return {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    plugins: [packageAt(join(folder, 'index.js'), false)],
  }
}
