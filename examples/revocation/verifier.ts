// Process B: verifies what comes in, and says what it thinks of it.

import { text } from 'node:stream/consumers'
import { type CredentialReport, verify } from 'testamur'

const document = await text(process.stdin)
if (process.argv[2] === 'online') {
  print(await verify({ credential: document, loadStatusList: async (url) => (await fetch(url)).json() }))
} else {
  const DAY = 86_400
  const now = new Date(Date.now() + 3 * DAY * 1_000)
  for (const [name, maxStatusAge] of Object.entries({ 'a week': 7 * DAY, 'a day': DAY })) {
    const report = await verify({ presentation: document, challenge: 'c0ffee', now, maxStatusAge })
    console.log(`A list may be as old as ${name}:`)
    for (const each of report.credentials.slice(0, 1)) print(each)
  }
}

function print({ verdict, checks }: CredentialReport): void {
  for (const check of checks.filter(({ name }) => name === 'status')) {
    const code = 'code' in check ? `${check.code}: ` : ''
    const age = check.status?.source?.age
    console.log(`${verdict}: ${code}${check.message}${age === undefined ? '' : ` The list was ${age} s old.`}`)
  }
}
