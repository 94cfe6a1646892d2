/** Runs the built program `testamur` as its users do: a process of its own, in a folder of its own. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type Bundle, bundle } from './bundle.ts'

/** What a run came to. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** How it is run. */
export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
}

/** The program in a folder that is gone after the tests of a file. */
export interface Program {
  readonly folder: string
  file(name: string): string
  run(words: readonly string[], options?: RunOptions): Promise<Ran>
}

/** Builds the program once for the tests of one file. */
export function useProgram(): Program {
  const folder = mkdtempSync(join(tmpdir(), 'testamur-cli-'))
  let built: Bundle
  beforeAll(async () => {
    built = await bundle('src/cli/main.ts')
  })
  afterAll(() => {
    built.remove()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    file: (name) => join(folder, name),
    run: (words, options = {}) => runProgram(built.file, folder, words, options),
  }
}

function runProgram(program: string, cwd: string, words: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { cwd, env: { PATH: '', ...options.env } })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}
