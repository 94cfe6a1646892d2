/** The published implementations that are asked beside ours about every document of a set, where they know its form. */

import * as bbs2023 from '@digitalbazaar/bbs-2023-cryptosuite'
import * as ecdsaJcs2019 from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import * as jose from 'jose'
import { type CredentialReport, digitalBazaar, type Format, publishedJose } from 'testamur'

/** For the option of this name. */
export const crossCheck: readonly Format[] = [
  ...digitalBazaar({ eddsaJcs2022, ecdsaJcs2019, ecdsaSd2023, bbs2023 }),
  ...publishedJose(jose),
]

/** Why a report was not cross-checked, although it should have been. */
export function uncheckedIn({ checks }: CredentialReport): string | undefined {
  return checks.flatMap(({ notes = [] }) => notes).find((note) => note.startsWith('No second implementation'))
}
