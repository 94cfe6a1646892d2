/** Every set of other people's vectors and documents, in the order in which they are run. */

import { runBaked, runRebaked } from './baked.ts'
import { runBbs } from './bbs.ts'
import { runCanonical } from './canonical.ts'
import { runDataIntegrity } from './data-integrity.ts'
import { runDidKey } from './did-key.ts'
import { runDisclosed } from './disclosed.ts'
import { runJcs } from './jcs.ts'
import { runOpenBadges2 } from './open-badges-2.ts'
import { runContexts } from './pinned-contexts.ts'
import { runRdfCanon } from './rdf-canon.ts'
import { runRealworld } from './realworld.ts'
import type { SetResult } from './result.ts'
import { runSchemas } from './schemas.ts'
import { runUnsigned } from './unsigned.ts'
import { runWycheproof } from './wycheproof.ts'

/** Each runs one set or several. */
export const sets: readonly (() => Promise<SetResult | readonly SetResult[]>)[] = [
  runContexts,
  runSchemas,
  runJcs,
  runRdfCanon,
  runCanonical,
  runWycheproof,
  runDidKey,
  runDataIntegrity,
  runBbs,
  runUnsigned,
  runBaked,
  runRebaked,
  runOpenBadges2,
  runDisclosed,
  runRealworld,
]
