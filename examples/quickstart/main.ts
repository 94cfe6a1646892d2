// The whole life of a learner record in one run, without a network: two schools issue, a learner assembles and presents,
// an employer verifies; then three forgeries, each refused with its reason.

import {
  assembleClr,
  type CredentialReport,
  createIssuer,
  generateKey,
  issue,
  openBadge,
  present,
  verify,
} from 'testamur'
import { heading, printReport } from '../print-report.ts'

const [school, college, learner, thief] = await Promise.all([
  generateKey(),
  generateKey(),
  generateKey(),
  generateKey(),
])
const northfield = createIssuer({ key: school, profile: { name: 'Northfield School' } })
const harbour = createIssuer({ key: college, profile: { name: 'Harbour College' } })
const me = { id: learner.controller }

heading('1. Northfield School issues an Open Badge to a learner')
const welding = await northfield.issue({ credential: badge('Welding, level 2') })
const report = await verify({ credential: welding })
printReport(report)

heading('2. The learner assembles three badges of two issuers into one record (CLR)')
const others = [
  await northfield.issue({ credential: badge('Workshop safety') }),
  await harbour.issue({ credential: badge('Technical drawing') }),
]
const badges = [report, ...(await Promise.all(others.map((credential) => verify({ credential }))))].map(verified)
const clr = await issue({
  key: learner,
  credential: assembleClr({ name: 'My learning record', learner: me, credentials: badges }),
})
printReport(await verify({ credential: clr }))

heading('3. The learner presents the record to an employer, who verifies it')
const challenge = crypto.randomUUID()
const presentation = await present({ credentials: [clr], key: learner, challenge, domain: 'hr.example' })
printReport(await verify({ presentation, challenge, domain: 'hr.example' }))

heading('4. Refused: one letter of the badge was changed')
const changed = JSON.stringify(welding).replace('Welding, level 2', 'Welding, level 3')
printReport(await verify({ credential: changed }))

heading('5. Refused: a thief presents a stolen badge as theirs')
const stolen = await present({ credentials: [welding], key: thief, challenge, domain: 'hr.example' })
printReport(await verify({ presentation: stolen, challenge, domain: 'hr.example' }))

heading('6. Refused: the first-aid badge ran out')
const firstAid = await northfield.issue({
  credential: openBadge({
    name: 'First aid',
    recipient: me,
    achievement: { name: 'First aid', description: 'Gives first aid.', criteria: 'Passed the practical exam.' },
    validFrom: '2023-09-01T00:00:00Z',
    validUntil: '2025-09-01T00:00:00Z',
  }),
})
printReport(await verify({ credential: firstAid }))

function badge(name: string) {
  return openBadge({
    name,
    recipient: me,
    achievement: {
      name,
      description: `Has learned: ${name}.`,
      criteria: 'Worked on three pieces and passed the exam.',
    },
  })
}

function verified(each: CredentialReport) {
  if (!each.verified) throw new Error('a badge of this example should be valid')
  return each.credential
}
