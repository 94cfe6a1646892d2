/** People and organisations: issuers, endorsers, creators (Open Badges 3.0, Profile, Address, IdentifierEntry). */

import type { OneOrMany } from '../types.ts'
import { type Image, type ImageInput, toImage } from './image.ts'
import { listEach, requireIri, requireObject, requireText, requireWordOrExtension, typeList } from './input.ts'
import { type IdentifierType, identifierTypes } from './vocabulary.ts'

/** Place on the globe, in degrees (WGS84). */
export interface GeoCoordinatesInput {
  /** Degrees north of the equator, from -90 to 90. */
  readonly latitude: number
  /** Degrees east of Greenwich, from -180 to 180. */
  readonly longitude: number
}

/** A postal address. */
export interface AddressInput {
  /** Name of the country. */
  readonly addressCountry?: string
  /** ISO 3166-1 alpha-2 code, such as `PT`. */
  readonly addressCountryCode?: string
  /** Region, state or province. */
  readonly addressRegion?: string
  /** Town. */
  readonly addressLocality?: string
  /** Street and number. */
  readonly streetAddress?: string
  /** Post office box. */
  readonly postOfficeBoxNumber?: string
  /** Postal code. */
  readonly postalCode?: string
  /** Place on the globe. */
  readonly geo?: GeoCoordinatesInput
}

/** An identifier of an organisation, an achievement or a product, in plain text. */
export interface IdentifierEntryInput {
  /** The identifier itself. */
  readonly identifier: string
  /** What kind of identifier it is. */
  readonly identifierType: IdentifierType
}

/** An identifier as it stands in a record. */
export interface IdentifierEntry extends IdentifierEntryInput {
  /** Fixed by the standard. */
  readonly type: 'IdentifierEntry'
}

interface ProfileMembers {
  /** DID or another IRI. As `issuer` of a record it must be the controller of the key that signs. */
  readonly id: string
  /** Name of the person or organisation. */
  readonly name?: string
  /** Home page. */
  readonly url?: string
  /** Telephone number, with country code. */
  readonly phone?: string
  /** A sentence or two about them. */
  readonly description?: string
  /** Address for mail from the public. */
  readonly email?: string
  /** For an organisation: the name of its authorised official. */
  readonly official?: string
  /** Family name. */
  readonly familyName?: string
  /** Given name. */
  readonly givenName?: string
  /** Middle name. */
  readonly additionalName?: string
  /** Patronymic. */
  readonly patronymicName?: string
  /** Title before the name, such as `Dr`. */
  readonly honorificPrefix?: string
  /** Title after the name, such as `PhD`. */
  readonly honorificSuffix?: string
  /** Leading part of a family name, such as `de`. */
  readonly familyNamePrefix?: string
  /** Date of birth, `YYYY-MM-DD`. Personal data: leave it out unless the record needs it. */
  readonly dateOfBirth?: string
  /** Signed endorsements of this profile, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements of this profile, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

/** A person or organisation. Only `id` is needed; a `name` makes the record readable. */
export interface ProfileInput extends ProfileMembers {
  /** Logo or portrait. */
  readonly image?: ImageInput
  /** Postal address. */
  readonly address?: AddressInput
  /** Further identifiers, such as a national institution code. */
  readonly otherIdentifier?: OneOrMany<IdentifierEntryInput>
  /** The organisation this one is part of. */
  readonly parentOrg?: ProfileInput
}

/** A person or organisation as it stands in a record. */
export interface ProfileRecord extends ProfileMembers {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['Profile', ...string[]]
  /** Picture, always as an object. */
  readonly image?: Image
  /** Postal address. */
  readonly address?: object
  /** Further identifiers, in plain text. */
  readonly otherIdentifier?: readonly IdentifierEntry[]
  /** The organisation this one is part of. */
  readonly parentOrg?: ProfileRecord
}

/** Fills in the types of a profile and of what it holds. */
export function toProfile(profile: ProfileInput, path: string): ProfileRecord {
  requireObject(profile, path, 'a profile such as { id: "did:…", name: "Example University" }')
  requireIri(profile.id, `${path}.id`, 'a DID or another IRI')
  const { image, address, otherIdentifier, parentOrg, ...rest } = profile
  const identifiers = toIdentifierEntries(otherIdentifier, `${path}.otherIdentifier`)
  return {
    ...rest,
    type: typeList('Profile', profile),
    ...(image !== undefined && { image: toImage(image, `${path}.image`) }),
    ...(address !== undefined && { address: toAddress(address, `${path}.address`) }),
    ...(identifiers && { otherIdentifier: identifiers }),
    ...(parentOrg !== undefined && { parentOrg: toProfile(parentOrg, `${path}.parentOrg`) }),
  }
}

/** Fills in the type of each identifier. */
export function toIdentifierEntries(
  entries: OneOrMany<IdentifierEntryInput> | undefined,
  path: string,
): readonly IdentifierEntry[] | undefined {
  return listEach(entries, path, (entry, at) => {
    requireObject(entry, at, '{ identifier, identifierType }')
    requireText(entry.identifier, `${at}.identifier`, 'the identifier as text')
    requireWordOrExtension(entry.identifierType, `${at}.identifierType`, identifierTypes)
    return { ...entry, type: 'IdentifierEntry' as const }
  })
}

function toAddress(address: AddressInput, path: string): object {
  requireObject(address, path, 'an address such as { addressLocality: "Porto", addressCountryCode: "PT" }')
  const { geo, ...rest } = address
  return {
    ...rest,
    type: typeList('Address', address),
    ...(geo !== undefined && { geo: { ...geo, type: 'GeoCoordinates' } }),
  }
}
