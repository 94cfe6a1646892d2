/** Every command there is, in the order in which help lists them. A new one is a file in `commands/` and a row here. */

import type { Command } from './command.ts'
import { didCommand } from './commands/did.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { inspectCommand } from './commands/inspect.ts'
import { issueCommand } from './commands/issue.ts'
import { keygenCommand } from './commands/keygen.ts'
import { presentCommand } from './commands/present.ts'
import { serveCommand } from './commands/serve.ts'
import { statusAllocateCommand } from './commands/status-allocate.ts'
import { statusInitCommand } from './commands/status-init.ts'
import { statusListCommand } from './commands/status-list.ts'
import { statusPublishCommand } from './commands/status-publish.ts'
import { statusResumeCommand, statusRevokeCommand, statusSuspendCommand } from './commands/status-revoke.ts'
import { verifyCommand } from './commands/verify.ts'

export const commands: readonly Command[] = [
  keygenCommand,
  didCommand,
  issueCommand,
  presentCommand,
  verifyCommand,
  inspectCommand,
  explainCommand,
  doctorCommand,
  statusInitCommand,
  statusListCommand,
  statusAllocateCommand,
  statusRevokeCommand,
  statusSuspendCommand,
  statusResumeCommand,
  statusPublishCommand,
  serveCommand,
]
