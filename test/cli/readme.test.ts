/** The walk-through of the command line in the README, run as it stands. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { useProgram } from '../helpers/cli.ts'

const { folder, program, file } = useProgram()
const readme = readFileSync('README.md', 'utf8')
const [, chapter = ''] = readme.split('\n## Command line\n')
const [commands = ''] = chapter.split('\n### ')
const lines = [...commands.matchAll(/```sh\n(.*?)```/gs)].map(([, each]) => each).join('')

it('does what it says, from the first key to the last line', () => {
  expect(lines.match(/npx testamur /g)?.length).toBeGreaterThan(6)
  const script = `npx() { shift; "${process.execPath}" "${program()}" "$@"; }\nset -e\n${lines}`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, expect.stringContaining('key.json')])
  expect(stdout).toContain('This credential is valid, issued by did:key:')
  expect(stdout).toContain('This presentation is valid, shown by did:key:')
  expect(stdout).toMatch(
    /valid, issued by.*✓ status.*INVALID\..*✗ status REVOKED.*exit code 1\nIt is revoked\.\n.*issued twice/s,
  )
  expect(JSON.parse(readFileSync(file('shown.json'), 'utf8'))).toMatchObject({ proof: { challenge: 'c0ffee' } })
})
