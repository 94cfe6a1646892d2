/** Writes down what was measured: one JSON object, or tables. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, type as system, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Weight } from './browser.ts'
import { root } from './built.ts'
import type { Measured } from './credentials.ts'
import type { InPage } from './page.ts'
import type { Comparison, Rates } from './processes.ts'
import type { Share } from './share.ts'

/** What a full run finds besides. */
export interface Further {
  readonly coldStart: Comparison
  readonly badgeMemory: Comparison
  readonly clrMemory: Comparison
  readonly workers: Rates
  readonly share: Share
  readonly pure: InPage
  readonly chromium: InPage | undefined
  readonly weight: { readonly ours: Weight; readonly reference: Weight }
}

/** Milliseconds of ours; how many times faster than the reference; ours divided by `jose` and by the limit. */
export function summarize({ ours, reference, jose, limit }: Measured): Record<string, number> {
  const times = { ms: ours.wall, reference: reference.wall / ours.wall, jose: ours.wall / jose.wall }
  const all = { ...times, limit: ours.wall / limit.wall }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, Number(value.toPrecision(4))]))
}

/** The table of credentials. */
export function credentialTable(rows: readonly Measured[]): string {
  return table(
    [
      '',
      'bytes',
      'proofs',
      'ours',
      'reference',
      '**reference ÷ ours**',
      'jose',
      '**ours ÷ jose**',
      'limit',
      '**ours ÷ limit**',
    ],
    rows.map(({ name, bytes, proofs, ours, reference, jose, limit }) => [
      name,
      bytes.toLocaleString('en'),
      String(proofs),
      ms(ours.wall),
      ms(reference.wall) + (reference.runs === 1 ? ' (one run)' : ''),
      times(reference.wall / ours.wall),
      ms(jose.wall),
      ratio(ours.wall / jose.wall),
      ms(limit.wall),
      ratio(ours.wall / limit.wall),
    ]),
  )
}

/** The whole of RESULTS.md. */
export function report(rows: readonly Measured[], further: Further, loadBefore: readonly number[]): string {
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ')
  return `# Results

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; do not edit. Times of other machines differ, and ratios too, though less.

- Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${system()} ${release()}, Node ${process.version}. Load (1, 5, 15 minutes) before ${load(loadBefore)}, after ${load(loadavg())}; the run itself makes about 1.
- Versions: testamur ${versionOf('.')} (${commit()}); ${libraries.map((name) => `${name} ${versionOf(`node_modules/${name}`)}`).join('; ')}.

## Credentials

Medians of paired runs in one process, from JSON text, with every default check on. *Reference*: \`@digitalbazaar/vc\` with
\`eddsa-rdfc-2022\` unless the row says otherwise, contexts and key documents at hand and marked static. *jose*: an EdDSA JWT
of the same payload. *Limit*: JSON.parse, and for each proof two SHA-256 of the canonical bytes and one Ed25519 check with
the key at hand. A learner record counts with every credential in it, for all four; for jose that is one JWT for each and
one for the whole. Issuing: ours verifies its own signature, the limit too; the reference and jose only sign.

${credentialTable(rows)}

${cpuLine(rows)}

## Besides

${table(['', 'ours', 'reference', 'ratio'], furtherRows(rows, further))}

- Cold start: a process from start to end that reads and verifies the badge, less what an empty one takes (${ms(further.coldStart.node)}).
- Memory: the most that a process had at once; an empty one has ${mb(further.badgeMemory.node)}. The badge 300 times, the record once.
- Pure JavaScript: bundled as for a browser, run in Node with Node's crypto out of reach.
- Bundles: esbuild, splitting and minifying, gzip. Ours holds all bundled contexts, the reference none.

## What the entry of the bundle holds

${table(
  ['input', 'bytes, minified'],
  further.weight.ours.inputs.map(([path, bytes]) => [`\`${path}\``, bytes.toLocaleString('en')]),
)}
`
}

const libraries = [
  '@digitalbazaar/vc',
  '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  '@digitalbazaar/ed25519-signature-2020',
  'jsonld',
  'rdf-canonize',
  'jose',
  'esbuild',
]

function cpuLine(rows: readonly Measured[]): string {
  const badge = rows.find(({ name }) => name === 'verify badge')
  if (!badge) return ''
  const { ours, reference, jose, limit } = badge
  return `Verify badge in CPU time of all threads: ours ${ms(ours.cpu)}, reference ${ms(reference.cpu)} (${times(reference.cpu / ours.cpu)}), jose ${ms(jose.cpu)} (ours ÷ jose ${ratio(ours.cpu / jose.cpu)}), limit ${ms(limit.cpu)} (ours ÷ limit ${ratio(ours.cpu / limit.cpu)}).`
}

function furtherRows(rows: readonly Measured[], further: Further): readonly (readonly string[])[] {
  const { coldStart, badgeMemory, clrMemory, workers, share, pure, chromium, weight } = further
  const perChild = (count: number, who: 'ours' | 'reference') => {
    const row = rows.find(({ name }) => name === `verify CLR of ${count}`)
    return row ? row[who].wall / count : Number.NaN
  }
  const growth = (who: 'ours' | 'reference') => perChild(1000, who) / perChild(10, who)
  const [oursCold, referenceCold] = [coldStart.ours - coldStart.node, coldStart.reference - coldStart.node]
  return [
    ['cold start to the first verified badge', ms(oursCold), ms(referenceCold), ratio(oursCold / referenceCold)],
    memoryRow('peak memory, badge loop', badgeMemory),
    memoryRow('peak memory, CLR of 1000', clrMemory),
    ['time for each child, CLR of 1000 ÷ CLR of 10', ratio(growth('ours')), ratio(growth('reference')), ''],
    ['badges a second, two worker threads ÷ one', rate(workers.two), '', ratio(workers.two / workers.one)],
    ['schema check, share of verifying the badge', percent(share.schema), '', ''],
    ['policy checks, share of verifying the badge', percent(share.policy), '', ''],
    ['pure JavaScript, verify badge', ms(pure.ours), ms(pure.reference), times(pure.reference / pure.ours)],
    chromium
      ? ['Chromium, verify badge', ms(chromium.ours), ms(chromium.reference), times(chromium.reference / chromium.ours)]
      : ['Chromium, verify badge', 'not measured: there is no Chromium here', '', ''],
    ['bundle of verify, entry', kb(weight.ours.entry), kb(weight.reference.entry), ratioOf(weight, 'entry')],
    [
      'bundle of verify, with what is loaded on need',
      kb(weight.ours.all),
      kb(weight.reference.all),
      ratioOf(weight, 'all'),
    ],
  ]
}

function memoryRow(name: string, { ours, reference }: Comparison): readonly string[] {
  return [name, mb(ours), mb(reference), ratio(ours / reference)]
}

function ratioOf({ ours, reference }: Further['weight'], part: 'entry' | 'all'): string {
  return ratio(ours[part] / reference[part])
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

function ms(value: number): string {
  return `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)} ms`
}

function rate(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function mb(value: number): string {
  return `${Math.round(value)} MB`
}

function kb(value: number): string {
  return `${(value / 1000).toFixed(1)} kB`
}

function times(value: number): string {
  return `${value.toPrecision(3)}×`
}

function ratio(value: number): string {
  return value.toFixed(2)
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { version: string }).version
}

/** The commit that was measured, marked when files differ from it; nothing outside a repository. */
function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
    return `commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', 'src') === '' ? '' : ', with changes in src'}`
  } catch {
    return 'not in a repository'
  }
}
