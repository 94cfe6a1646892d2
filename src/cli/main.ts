#!/usr/bin/env node
/** The program `testamur`. */

import process from 'node:process'
import { serveAsThread } from './csv/signers.ts'
import { run } from './run.ts'

// Whoever reads our output may stop early (`testamur … | head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  throw error
})

if (!serveAsThread()) {
  process.exitCode = await run(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
    env: process.env,
    program: new URL(import.meta.url),
  })
}
