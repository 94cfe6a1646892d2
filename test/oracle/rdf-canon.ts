/** The RDFC-1.0 test suite: canonical N-Quads, the names given to blank nodes, and a graph made to be too hard. */

import type { Hash } from '../../src/encoding/hash.ts'
import { hashes } from '../../src/encoding/hashes.ts'
import {
  CanonicalizationLimitError,
  canonicalLines,
  canonicalLinesByMany,
  canonicalNames,
} from '../../src/jsonld/rdfc.ts'
import { type Parsed, parseNQuads } from '../helpers/n-quads.ts'
import { readOracle, readOracleJson } from '../helpers/oracle.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'

const folder = 'vectors/rdf-canon'

interface Entry {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly action: string
  readonly result?: string
  readonly hashAlgorithm?: string
}

/** Every entry of the manifest. */
export function runRdfCanon(): Promise<SetResult> {
  const { entries } = readOracleJson<{ readonly entries: readonly Entry[] }>(`${folder}/manifest.jsonld`)
  return runSet(
    'rdf-canon',
    entries.map((entry) => [`${entry.id} ${entry.name}`, entry] as const),
    runEntry,
  )
}

async function runEntry({ type, action, result = '', hashAlgorithm }: Entry): Promise<CaseResult> {
  const dataset = parseNQuads(readOracle(`${folder}/${action}`))
  const hash = hashAlgorithm === 'SHA384' ? hashes.sha384 : hashes.sha256
  switch (type) {
    case 'rdfc:RDFC10EvalTest':
      return (
        compare(canonicalLines(dataset, hash).join(''), readOracle(`${folder}/${result}`)) ??
        compare((await byMany(dataset, hash)).join(''), readOracle(`${folder}/${result}`))
      )
    case 'rdfc:RDFC10MapTest': {
      const expected = readOracleJson<Record<string, string>>(`${folder}/${result}`)
      return compare(JSON.stringify(namesOf(dataset, hash)), JSON.stringify(sorted(expected)))
    }
    case 'rdfc:RDFC10NegativeEvalTest':
      return refuses(dataset, hash)
    default:
      return { differs: `an unknown kind of test: ${type}` }
  }
}

/** As browsers do it. */
function byMany(dataset: Parsed, hash: Hash): Promise<readonly string[]> {
  return canonicalLinesByMany(dataset, hash, async (texts) => texts.map((text) => hash.hex(text)))
}

function compare(found: string, expected: string): CaseResult {
  return found === expected ? undefined : { differs: `found ${found} instead of ${expected}` }
}

function refuses(dataset: Parsed, hash: Hash): CaseResult {
  const start = performance.now()
  try {
    canonicalLines(dataset, hash)
    return { differs: 'it was canonicalised' }
  } catch (cause) {
    const time = performance.now() - start
    if (!(cause instanceof CanonicalizationLimitError)) return { differs: `threw ${String(cause)}` }
    return time < 2000 ? undefined : { differs: `it took ${time} ms to refuse it` }
  }
}

function namesOf(dataset: Parsed, hash: Hash): Record<string, string> {
  const names = canonicalNames(dataset, hash)
  return sorted(Object.fromEntries([...dataset.labels].map(([label, blank]) => [label, names.get(blank) ?? 'none'])))
}

function sorted(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).sort(([one], [two]) => (one < two ? -1 : 1)))
}
