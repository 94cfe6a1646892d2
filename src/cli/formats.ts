/** Formats of proofs and envelopes by the names that people type, and the options that go with them. */

import { defaultFormats } from '../defaults.ts'
import {
  type Algorithm,
  acceptBaseProof,
  bbs2023,
  type Cryptosuite,
  type DisclosureSuite,
  type Envelope,
  ecdsaJcs2019,
  ecdsaRdfc2019,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  type Signer,
  vcJose,
  vcJwt,
  vcSdJwt,
} from '../index.ts'
import { type Args, type OptionInfo, usageError } from './command.ts'
import { suggest } from './suggestion.ts'

/** A format that signs. */
export type Format = Cryptosuite | Envelope

interface Kind {
  readonly make: (disclosable: readonly string[]) => Format
  /** Which pointers it takes: to what the holder may withhold, or to what must always be shown. */
  readonly takes?: 'disclosable' | 'mandatory'
}

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['eddsa-rdfc-2022', { make: () => eddsaRdfc2022() }],
  ['eddsa-jcs-2022', { make: () => eddsaJcs2022() }],
  ['ecdsa-rdfc-2019', { make: () => ecdsaRdfc2019() }],
  ['ecdsa-jcs-2019', { make: () => ecdsaJcs2019() }],
  ['ecdsa-sd-2023', { make: () => ecdsaSd2023(), takes: 'mandatory' }],
  ['bbs-2023', { make: () => bbs2023(), takes: 'mandatory' }],
  ['Ed25519Signature2020', { make: () => ed25519Signature2020() }],
  ['vc-jwt', { make: () => vcJwt() }],
  ['vc-jose', { make: () => vcJose() }],
  ['vc-sd-jwt', { make: (disclosable) => vcSdJwt({ disclosable }), takes: 'disclosable' }],
])

/** For kinds of keys that sign in one format, or in that one above all. */
const ofKey: Readonly<Partial<Record<Algorithm, string>>> = { Bls12381G2: 'bbs-2023', RSA: 'vc-jwt' }

/** The names there are. */
export const formatNames: readonly string[] = [...kinds.keys()]

const names = formatNames.join(', ')

/** The option that names a format. */
export const formatOption: Readonly<Record<string, OptionInfo>> = {
  format: {
    value: 'NAME',
    help: `${names}. Default: what the key is for: eddsa-rdfc-2022; ecdsa-rdfc-2019 for P-256 and P-384; vc-jwt for RSA; bbs-2023 for Bls12381G2.`,
  },
}

/** The options of formats whose holders may withhold parts. */
export const partOptions: Readonly<Record<string, OptionInfo>> = {
  disclosable: {
    value: 'POINTER',
    many: true,
    help: 'vc-sd-jwt: what the holder may withhold, such as /credentialSubject/result/0. Default: nothing.',
  },
  mandatory: {
    value: 'POINTER',
    many: true,
    help: 'ecdsa-sd-2023, bbs-2023: what is always shown, besides what a credential is nothing without.',
  },
}

/** How to sign, as plain data that goes to threads too. */
export interface FormatChoice {
  readonly format?: string
  readonly disclosable: readonly string[]
  readonly mandatory: readonly string[]
}

/** Reads what was chosen; a usage error for what does not go together. */
export function readFormat(args: Args): FormatChoice {
  const format = args.text('format')
  const [disclosable, mandatory] = [args.texts('disclosable'), args.texts('mandatory')]
  const kind = format === undefined ? undefined : kindOf(format)
  for (const [name, pointers] of Object.entries({ disclosable, mandatory })) {
    const wrong = pointers.find((each) => !each.startsWith('/'))
    if (wrong !== undefined) {
      throw usageError(`--${name} "${wrong}" is no JSON Pointer; write it like --${name} /credentialSubject/result/0`)
    }
    if (pointers.length === 0 || kind?.takes === name) continue
    const right = [...kinds].filter(([, { takes }]) => takes === name).map(([each]) => `--format ${each}`)
    throw usageError(`--${name} goes with ${right.join(' or ')}`)
  }
  return { ...(format !== undefined && { format }), disclosable, mandatory }
}

/** The options of `issue` and `present` for a choice; nothing where the key's default is right. */
export function formatOptions(
  { format, disclosable, mandatory }: FormatChoice,
  key: Signer,
): { readonly format?: Format; readonly mandatoryPointers?: readonly string[] } {
  const name = format ?? ofKey[key.algorithm]
  if (name === undefined) return {}
  return {
    format: kindOf(name).make(disclosable),
    ...(mandatory.length > 0 && { mandatoryPointers: mandatory }),
  }
}

function kindOf(name: string): Kind {
  const kind = kinds.get(name)
  if (kind) return kind
  throw usageError(`there is no format "${name}"; ${suggest(name, formatNames, `there are ${names}`)}`)
}

/** Suites whose credentials holders can show in part. */
export const disclosureSuites: readonly DisclosureSuite[] = [ecdsaSd2023(), bbs2023()]

/** What `verify` takes here: the defaults and bbs-2023. */
export const verifiedFormats: readonly Format[] = [...defaultFormats, bbs2023()]

/** The same for a holder, who looks at what an issuer sent. */
export const heldFormats: readonly Format[] = verifiedFormats.map((format) => {
  const suite = disclosureSuites.find(({ name }) => name === format.name)
  return suite ? acceptBaseProof(suite) : format
})
