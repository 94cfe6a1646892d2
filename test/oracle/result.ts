/** What one set of other people's documents says of us, counted. */

/** Outcome of one set. `unsupported` counts by reason. */
export interface SetResult {
  readonly name: string
  readonly agree: number
  readonly differ: readonly string[]
  readonly unsupported: ReadonlyMap<string, number>
}

/** What came of one case: nothing when it agrees, else how it differs or why it is not supported yet. */
export type CaseResult = undefined | { readonly differs: string } | { readonly unsupported: string }

/** Runs every case of a set, one after the other. A case that throws differs. */
export async function runSet<T>(
  name: string,
  cases: readonly (readonly [label: string, value: T])[],
  runCase: (value: T, label: string) => CaseResult | Promise<CaseResult>,
): Promise<SetResult> {
  let agree = 0
  const differ: string[] = []
  const unsupported = new Map<string, number>()
  for (const [label, value] of cases) {
    let result: CaseResult
    try {
      result = await runCase(value, label)
    } catch (cause) {
      result = { differs: `threw ${String(cause)}` }
    }
    if (result === undefined) agree += 1
    else if ('differs' in result) differ.push(`${label}: ${result.differs}`)
    else unsupported.set(result.unsupported, (unsupported.get(result.unsupported) ?? 0) + 1)
  }
  return { name, agree, differ, unsupported }
}

/** Number of cases that are not supported yet. */
export function countUnsupported(result: SetResult): number {
  return [...result.unsupported.values()].reduce((sum, count) => sum + count, 0)
}
