/** Runs the built program `testamur` as its users do: a process of its own, in a folder of its own. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
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
  /** The file of the program. */
  program(): string
  run(words: readonly string[], options?: RunOptions): Promise<Ran>
  /** Starts a command that serves until it is interrupted. */
  serve(words: readonly string[], options?: RunOptions): Promise<Serving>
}

/** A command that serves. */
export interface Serving {
  /** The first line that it printed. */
  readonly url: string
  /** What it told of itself until now. */
  readonly err: string
  /** Interrupts it, and answers with what the run came to. */
  stop(signal?: NodeJS.Signals): Promise<Ran>
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
    program: () => built.file,
    run: (words, options = {}) => start(built.file, folder, words, options).ended,
    serve: async (words, options = {}) => {
      const { child, seen, ended } = start(built.file, folder, words, options)
      const line = new Promise<void>((resolve) => child.stdout.on('data', () => seen.out.includes('\n') && resolve()))
      await Promise.race([line, ended])
      if (!seen.out.includes('\n')) throw new Error(`testamur ${words.join(' ')} does not serve: ${seen.err}`)
      return {
        url: seen.out.trim(),
        get err() {
          return seen.err
        },
        stop: (signal = 'SIGTERM') => {
          child.kill(signal)
          return ended
        },
      }
    },
  }
}

interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly seen: { readonly out: string; readonly err: string }
  readonly ended: Promise<Ran>
}

function start(program: string, cwd: string, words: readonly string[], options: RunOptions): Started {
  const child = spawn(process.execPath, [program, ...words], { cwd, env: { PATH: '', ...options.env } })
  const seen = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    seen.err += text
  })
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...seen }))
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  return { child, seen, ended }
}
