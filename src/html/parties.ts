/** Who issued, who earned, who presents, and what is known of them. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { CredentialReport, TrustLink } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { address, picture, shortId } from './link.ts'
import { fill, type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { list, objects, others, prose, row, rows, scalar, words } from './rows.ts'

const knownOfProfile = ['id', 'type', 'name', 'url', 'email', 'description', 'image', 'endorsement', 'endorsementJwt']

/** A person or organisation by name, or by id in short where there is none. */
export function nameOf(value: JsonValue | undefined, page: Page): Html | undefined {
  const name = isObject(value) ? words(value['name'], page) : undefined
  const id = idOf(value)
  return name ?? (id === undefined ? undefined : shortId(id))
}

/** What a record says of a person or organisation. */
export function profile(value: JsonValue | undefined, page: Page): readonly Part[] {
  const { website, email: emailWord, identifier } = page.messages.words
  const id = idOf(value)
  if (!isObject(value)) return [rows([row(identifier, id === undefined ? undefined : address(id))])]
  const { url, email, description, image } = value
  const name = words(value['name'], page)
  return [
    name && html`<p class="name">${name}</p>`,
    picture(image, page, ''),
    prose(description, page),
    rows([
      row(identifier, id === undefined ? undefined : address(id)),
      row(website, typeof url === 'string' ? address(url) : undefined),
      row(emailWord, scalar(email)),
      ...others(value, knownOfProfile, page),
    ]),
  ]
}

/** Whether anybody but the issuer says who the issuer is. */
export function standing(report: CredentialReport | undefined, page: Page): Html | undefined {
  if (!report?.verified) return undefined
  const { knownTo, issuerUnchecked } = page.messages.words
  const trust = report.checks.find(({ name, outcome }) => name === 'trust' && outcome === 'passed')?.trust
  if (!trust) return html`<p class="caution">${issuerUnchecked}</p>`
  const { registry, name, url, chain = [] } = trust
  const known = fill(knownTo, { registry: html`<bdi>${registry}</bdi>` })
  return html`<p class="known">${known}${name === undefined ? undefined : html` <b><bdi>${name}</bdi></b>`}</p>${url === undefined ? undefined : html`<p class="small">${address(url)}</p>`}${list(
    chain.map((link) => vouch(link, page)),
    page,
    'small',
  )}`
}

function vouch({ by, about }: TrustLink, page: Page): Html {
  return fill(page.messages.words.vouchedBy, { by: address(by), about: address(about) })
}

/** Whom a credential is about: by name, by a plain identifier, by id, or by a fingerprint. */
export function learnerName(subject: JsonObject, page: Page): Html {
  const plain = objects(subject['identifier']).filter(({ hashed }) => hashed === false)
  const named = plain.find(({ identityType }) => identityType === 'name')
  const given = [subject['givenName'], subject['familyName']].filter((each) => typeof each === 'string').join(' ')
  const id = idOf(subject)
  return (
    scalar(named?.['identityHash']) ??
    words(subject['name'], page) ??
    scalar(given) ??
    scalar(plain[0]?.['identityHash']) ??
    (id === undefined ? undefined : shortId(id)) ??
    (asArray(subject['identifier']).length > 0
      ? html`${page.messages.words.hashed}`
      : html`${page.messages.words.nobodyNamed}`)
  )
}

/** By which identifiers. */
export function learnerRows(subject: JsonObject, page: Page): readonly (Html | undefined)[] {
  const { identifier, hashed } = page.messages.words
  const id = idOf(subject)
  return [
    row(identifier, id === undefined ? undefined : address(id)),
    ...objects(subject['identifier']).map(({ hashed: isHashed, identityType, identityHash }) =>
      row(
        html`<bdi dir="ltr">${typeof identityType === 'string' ? identityType.replace(/^ext:/, '') : identifier}</bdi>`,
        isHashed === false ? scalar(identityHash) : hashed,
      ),
    ),
  ]
}
