/** The one file that names what is used where the caller names nothing. Each is made once, so that its cache is shared. */

import { didJwk } from './dids/jwk.ts'
import { didKey } from './dids/key.ts'
import { createDidResolver } from './dids/resolver.ts'
import type { Envelope } from './envelopes/envelope.ts'
import { vcJose, vcJwt, vcSdJwt } from './envelopes/kinds.ts'
import { createDocumentLoader } from './jsonld/loader.ts'
import type { Algorithm } from './keys/algorithms.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import { ecdsaSd2023 } from './proofs/selective-disclosure/suites.ts'
import {
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsa2022,
  eddsaJcs2022,
  eddsaRdfc2022,
} from './proofs/suites.ts'
import { byStatusType, type StatusMethod } from './status/method.ts'
import {
  bitstringStatusList,
  revocationList1EdTech,
  revocationList2020,
  statusList2021,
  tokenStatusList,
} from './status/methods.ts'
import type { DidResolver, DocumentLoader } from './types.ts'

/** Envelopes that `verify` opens. */
export const defaultEnvelopes: readonly Envelope[] = [vcJose(), vcJwt(), vcSdJwt()]

/** Formats that `verify` takes. */
export const defaultFormats: readonly (Cryptosuite | Envelope)[] = [
  eddsaRdfc2022(),
  ed25519Signature2020(),
  ecdsaRdfc2019(),
  eddsaJcs2022(),
  ecdsaJcs2019(),
  eddsa2022(),
  ecdsaSd2023(),
  ...defaultEnvelopes,
]

/** The format that `issue` and `present` use for a key. */
export function defaultFormatFor(algorithm: Algorithm): Cryptosuite {
  return algorithm === 'Ed25519' ? eddsaRdfc2022() : ecdsaRdfc2019()
}

/** did:key and did:jwk: nothing that needs a network. */
export const defaultResolver: DidResolver = createDidResolver({ key: didKey(), jwk: didJwk() })

/** The bundled contexts only. */
export const defaultLoader: DocumentLoader = createDocumentLoader()

/** Types of status that `verify` reads. */
export const defaultStatusMethods: ReadonlyMap<string, StatusMethod> = byStatusType([
  bitstringStatusList(),
  statusList2021(),
  revocationList2020(),
  revocationList1EdTech(),
  tokenStatusList(),
])

/** Seconds by which two clocks may differ. */
export const defaultClockTolerance = 60
