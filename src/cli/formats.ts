/** Formats of proofs and envelopes by the names that people type. */

import {
  type Cryptosuite,
  type Envelope,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  vcJose,
  vcJwt,
} from '../index.ts'
import { usageError } from './command.ts'
import { suggest } from './suggestion.ts'

const suites: ReadonlyMap<string, () => Cryptosuite> = new Map<string, () => Cryptosuite>([
  ['eddsa-rdfc-2022', eddsaRdfc2022],
  ['eddsa-jcs-2022', eddsaJcs2022],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019],
  ['ecdsa-jcs-2019', ecdsaJcs2019],
  ['ecdsa-sd-2023', ecdsaSd2023],
  ['Ed25519Signature2020', ed25519Signature2020],
])
const envelopes: ReadonlyMap<string, () => Envelope> = new Map([
  ['vc-jwt', vcJwt],
  ['vc-jose', vcJose],
])

/** The names there are, for help. */
export const formatNames: string = [...suites.keys(), ...envelopes.keys()].join(', ')

/** The format of that name, or `undefined` for the default of the key. */
export function formatOf(name: string | undefined): Cryptosuite | Envelope | undefined {
  if (name === undefined) return undefined
  const make = suites.get(name) ?? envelopes.get(name)
  if (make) return make()
  const right = suggest(name, [...suites.keys(), ...envelopes.keys()], `there are ${formatNames}`)
  throw usageError(`there is no format "${name}"; ${right}`)
}
