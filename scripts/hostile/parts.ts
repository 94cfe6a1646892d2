/** What hostile documents are put together from: JSON text, so that it may also be what no JSON writer would write. */

import { now, thief, withProof } from '../../test/helpers/fixtures.ts'
import { proofOver } from '../../test/helpers/hand-made.ts'

/** Characters of 1 MiB of text. */
export const MIB = 1_048_576
/** What a document has besides what it is about, generously. */
const REST = 2600
/** A few less than the most items of one array, and members of one object. */
export const MANY = 9900
const SOME = 4900

const v2 = 'https://www.w3.org/ns/credentials/v2'
export const example = 'https://example.org/'

/** Items with commas between, as many as fit into the size, or so many. */
export function fill(
  item: (index: number) => string,
  most: number = Number.POSITIVE_INFINITY,
  size: number = MIB - REST,
): string {
  const items: string[] = []
  for (let length = 0, index = 0; index < most; index += 1) {
    const text = item(index)
    length += text.length + 1
    if (length > size) break
    items.push(text)
  }
  return items.join()
}

/** As many items as fit, in objects that have so many of them each. */
export function groups(
  open: string,
  item: (index: number) => string,
  close: string,
  size: number = MIB - REST,
): string {
  let next = 0
  const group = (): string => {
    const text = `${open}${fill((index) => item(next + index), MANY, size / 4)}${close}`
    next += MANY
    return text
  }
  return fill(group, MANY, size)
}

/** As many members as fit, in objects of their own. */
export function objects(member: (index: number) => string, size: number = MIB - REST): string {
  return fill((part) => `{${fill((index) => member(part * SOME + index), SOME, size / 4)}}`, MANY, size)
}

/** Text around text around text. */
export function around(open: string, inner: string, close: string, count: number): string {
  return open.repeat(count) + inner + close.repeat(count)
}

/** A proof of the right form that does not fit: the document is canonicalised before it is refused. */
export const bogus: { readonly [member: string]: string } = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: now.toISOString(),
  verificationMethod: thief.id,
  proofPurpose: 'assertionMethod',
  proofValue: `z${'3'.repeat(87)}`,
}

interface Parts {
  /** Contexts after the first. */
  readonly contexts?: readonly string[]
  readonly subject?: string
  /** Further members. */
  readonly more?: string
  readonly proof?: string
}

/** A credential in which a stranger wrote everything. */
export function credential({
  contexts = [],
  subject = '{"id":"urn:x:1"}',
  more,
  proof = JSON.stringify(bogus),
}: Parts): string {
  const members = [
    `"@context":[${[`"${v2}"`, ...contexts].join()}]`,
    '"type":["VerifiableCredential"]',
    `"issuer":"${thief.controller}"`,
    `"credentialSubject":${subject}`,
    ...(more === undefined ? [] : [more]),
    `"proof":${proof}`,
  ]
  return `{${members.join()}}`
}

/** The same, signed by the attacker. */
export async function signed(parts: Parts): Promise<string> {
  return JSON.stringify(await withProof(withoutProof(parts), thief))
}

/** Words of the attacker's own, one for each kind of value. */
export const words: string = JSON.stringify({
  p: `${example}p`,
  T: `${example}T`,
  link: { '@id': `${example}link`, '@type': '@id' },
  json: { '@id': `${example}json`, '@type': '@json' },
  list: { '@id': `${example}list`, '@container': '@list' },
  names: { '@id': `${example}names`, '@container': '@language' },
  graph: { '@id': `${example}graph`, '@container': '@graph' },
})

/** A credential about something in those words. */
export function about(subject: string): Parts {
  return { contexts: [words], subject }
}

/** An unsecured document with as many statements as fit. */
export function large(size: number = MIB - 8000): Record<string, unknown> {
  return withoutProof(
    about(`[${fill((index) => `{"id":"urn:x:${index}","p":["${index}a","${index}b"]}`, MANY, size)}]`),
  )
}

function withoutProof(parts: Parts): Record<string, unknown> {
  const { proof: _, ...document } = JSON.parse(credential(parts)) as Record<string, unknown>
  return document
}

/** Proofs of which each builds on the last one, or on all before it. */
export async function chain(document: object, count: number, on: 'last' | 'all'): Promise<string> {
  const proofs: object[] = []
  for (let index = 0; index < count; index += 1) {
    const earlier = on === 'all' ? [...proofs] : proofs.slice(-1)
    const previousProof = earlier.map((proof) => (proof as { readonly id: string }).id)
    const over = index > 0 ? { ...document, proof: earlier } : document
    proofs.push(await proofOver(over, thief, { id: proofId(index), ...(index > 0 && { previousProof }) }))
  }
  return JSON.stringify({ ...document, proof: proofs })
}

/** The same where nothing fits. */
export function bogusChain(document: object, count: number): string {
  const proof = Array.from({ length: count }, (_, index) => ({
    ...bogus,
    id: proofId(index),
    ...(index > 0 && { previousProof: [proofId(index - 1)] }),
  }))
  return JSON.stringify({ ...document, proof })
}

function proofId(index: number): string {
  return `urn:x:proof:${index}`
}
