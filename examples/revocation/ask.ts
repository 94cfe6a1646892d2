// Starts process B, hands it a document, and returns what it printed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export async function askVerifier(how: 'online' | 'offline', document: object): Promise<string> {
  const program = fileURLToPath(new URL('./verifier.ts', import.meta.url))
  const verifier = spawn(process.execPath, [...process.execArgv, program, how], { stdio: ['pipe', 'pipe', 'inherit'] })
  verifier.stdin.end(JSON.stringify(document))
  const [printed] = await Promise.all([text(verifier.stdout), once(verifier, 'exit')])
  process.stdout.write(printed)
  return printed
}
