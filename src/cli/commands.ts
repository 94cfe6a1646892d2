/** Every command there is, in the order in which help lists them. A new one is a file in `commands/` and a row here. */

import type { Command } from './command.ts'
import { didCommand } from './commands/did.ts'
import { keygenCommand } from './commands/keygen.ts'
import { serveCommand } from './commands/serve.ts'
import { verifyCommand } from './commands/verify.ts'

export const commands: readonly Command[] = [keygenCommand, didCommand, verifyCommand, serveCommand]
