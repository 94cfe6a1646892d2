// What programs carry that use the package, bundled and minified: the default import tree against its budget (size-budget.json; more than
// that fails), and what each format and the like adds to it. "later" is what is loaded on first need. With --check only the budget.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { bytes: budget } = JSON.parse(readFileSync(new URL('size-budget.json', import.meta.url), 'utf8'))
const verbs = ['generateKey', 'issue', 'present', 'verify']
const isCheck = process.argv.includes('--check')

const start = await measure(verbs, externalIfLater)
const over = start.raw - budget
const later = isCheck ? '' : `, and ${show(less(await measure(verbs), start))} later`
console.log(`size: ${verbs.join(', ')} weigh ${show(start)} at the start${later}; the budget is ${budget} bytes`)
if (!isCheck) await printFactories()
if (over > 0) {
  console.error(`size: the default import tree is ${over} bytes over its budget (scripts/size-budget.json)`)
  process.exitCode = 1
}

async function printFactories() {
  const whole = await measure(verbs)
  const row = (name, ...cells) => console.log([name.padEnd(23), ...cells.map((cell) => cell.padStart(23))].join(''))
  row('minified (gzip)', 'added at the start', 'added later', 'alone, at the start')
  for (const name of factoryNames()) {
    const [alone, first, all] = [
      await measure([name], externalIfLater),
      await measure([...verbs, name], externalIfLater),
      await measure([...verbs, name]),
    ]
    const added = less(first, start)
    row(name, show(added), show(less(less(all, whole), added)), show(alone))
  }
}

/** Every exported function of formats and the like: it drops out of a bundle that does not name it. */
function factoryNames() {
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8')
  const exported = source.matchAll(/export \{([^}]*)\} from '\.\/(?:proofs|envelopes|status|dids)?\/?[\w/-]+\.ts'/g)
  const names = [...exported]
    .filter(([line]) => /\.\/(proofs|envelopes|status|dids|online|disclose|add-proof)/.test(line))
    .flatMap(([, list]) => list.split(',').map((name) => name.trim()))
  return names.filter((name) => /^[a-z]\w+$/.test(name))
}

/** Bytes of a program that uses these names, in one file. */
async function measure(names, ...plugins) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names.join(', ')} } from './src/index.ts'`, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
    plugins: plugins.map((setup) => ({ name: 'later', setup })),
  })
  const [{ contents }] = outputFiles
  return { raw: contents.length, gzip: gzipSync(contents, { level: 9 }).length }
}

function externalIfLater({ onResolve }) {
  onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined))
}

function less(one, two) {
  return { raw: one.raw - two.raw, gzip: one.gzip - two.gzip }
}

function show({ raw, gzip }) {
  return Math.abs(raw) < 50 ? '-' : `${(raw / 1000).toFixed(1)} kB (${(gzip / 1000).toFixed(1)} kB)`
}
