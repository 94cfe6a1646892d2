/** `inspect`: draws what a credential says, without verifying anything: who says what of whom, from when to when, by which proof. */

import { textOf } from '../../encoding/clip.ts'
import { asArray, idOf, isObject } from '../../encoding/json.ts'
import { documentIn, glance } from '../../glance.ts'
import { toHtml } from '../../html/index.ts'
import type { JsonObject, JsonValue, Proof } from '../../index.ts'
import { type Args, type Command, CommandError, exit, usageError } from '../command.ts'
import { claimedOccasion, disclosureText, occasion } from '../disclosure-text.ts'
import { disclosureSuites } from '../formats.ts'
import { type Held, inputHelp, lookAt, otherJson, readInput } from '../input.ts'
import { languageOption, messagesFor } from '../languages.ts'
import { type Colour, painter, printable, type Terminal } from '../terminal.ts'

/** Longest text that is shown of a member. */
const LONGEST = 200
/** How deep, and how many, of what is inside is shown. */
const DEPTH = 4
const MANY = 50

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'shows what a credential says, and what a verifier would check; it verifies nothing',
  usage: ['inspect INPUT [--online] [--html]', 'inspect badge.json --html --lang ar > badge.html'],
  options: {
    online: { help: 'Allows INPUT to be a URL. Nothing else is fetched.' },
    html: { help: 'Prints a page to be read in a browser, which says that nothing was verified.' },
    ...languageOption,
  },
  details: inputHelp,
  words: [1, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  if (args.text('lang') !== undefined && !args.has('html')) throw usageError('--lang is for --html: add it')
  const messages = messagesFor(args, terminal)
  const input = await readInput(args.words[0] as string, terminal, args.has('online'))
  const { kind, document: given, text } = glance(input)
  if (kind === 'assertion' && !given) {
    terminal.output.write(`It names a hosted assertion of Open Badges 2.0 by its URL: ${show(text)}\n`)
    return exit.ok
  }
  const seen = lookAt(input)
  const other = otherJson(input, seen)
  if (other !== undefined) throw new CommandError(exit.data, other)
  if (args.has('html')) {
    terminal.output.write(toHtml({ credential: input.content, messages }))
    return exit.ok
  }
  const paint = painter(terminal.output, terminal.env)
  const lines = [
    paint('yellow', 'Nothing here was verified: anybody can have written it.'),
    ...(seen.header ? [`As ${seen.isSdJwt ? 'SD-JWT' : 'JWT'}, header ${show(JSON.stringify(seen.header))}`] : []),
    ...howShown(seen),
    '',
    ...(seen.kind === 'assertion'
      ? drawAssertion(seen.document, paint, seen.header)
      : draw(documentIn(seen), paint, '', 0, seen.header)),
  ]
  terminal.output.write(`${lines.join('\n')}\n`)
  return exit.ok
}

/** What signed text says besides the credential or presentation in it. */
function howShown({ isSdJwt, header, kind, text, document }: Held): readonly string[] {
  if (isSdJwt) return disclosureText(text)
  return header && kind === 'presentation' ? [`A presentation for ${claimedOccasion(document)}`] : []
}

/** An assertion of Open Badges 2.0, whose parts may lie elsewhere. */
function drawAssertion(
  assertion: JsonObject,
  paint: (colour: Colour, text: string) => string,
  header: JsonObject | undefined,
): readonly string[] {
  const { badge, recipient, verification, issuedOn, expires, evidence, id } = assertion
  const [of, by] = [recipient, verification].map((each) => (isObject(each) ? each : {})) as [JsonObject, JsonObject]
  const rows = [
    ['says', badge === undefined ? 'it does not say' : label(badge)],
    ['issuer', isObject(badge) && badge['issuer'] !== undefined ? who(badge['issuer']) : 'named by the badge'],
    ['of', of['hashed'] === true ? `${show(of['type'])} (hashed)` : show(of['identity'] ?? 'nobody')],
    ['since', show(issuedOn ?? 'it does not say')],
    ['until', show(expires ?? 'without an end')],
    ['evidence', asArray(evidence).slice(0, MANY).map(label).join('; ')],
    [
      'proof',
      header ? proofText(assertion, { ...header, kid: by['creator'] ?? header['kid'] }) : 'what its server has',
    ],
    ['id', show(id ?? '')],
  ] as const
  return [
    paint('bold', 'Assertion of Open Badges 2.0'),
    ...rows.filter(([, value]) => value !== '').map(([key, value]) => `├─ ${paint('grey', key.padEnd(9))} ${value}`),
    `└─ ${paint('grey', 'a verifier would check')} form, ${header ? 'signature, key of the issuer' : 'server, where the issuer lets it lie'}, dates, revocation, whom it is about, whether you trust the issuer`,
  ]
}

function draw(
  document: JsonObject,
  paint: (colour: Colour, text: string) => string,
  indent: string,
  depth: number,
  header?: JsonObject,
): readonly string[] {
  const types = asArray(document['type']).map((type) => show(type))
  const isPresentation = types.includes('VerifiablePresentation')
  const own = types.filter((type) => !['VerifiableCredential', 'VerifiablePresentation'].includes(type))
  const title = own.join(', ') || (isPresentation ? 'Presentation' : 'Credential')
  const name = document['name'] === undefined ? '' : ` “${label(document['name'])}”`
  const rows: (readonly [string, string])[] = isPresentation
    ? [
        ['holder', who(document['holder'])],
        ['for', occasion(document)],
      ]
    : [
        ['issuer', who(document['issuer'])],
        ...asArray(document['credentialSubject']).slice(0, MANY).flatMap(subjectRows),
        ['since', show(document['validFrom'] ?? document['issuanceDate'] ?? 'it does not say')],
        ['until', show(document['validUntil'] ?? document['expirationDate'] ?? 'without an end')],
        ['evidence', asArray(document['evidence']).slice(0, MANY).map(label).join('; ')],
        [
          'status',
          asArray(document['credentialStatus']).filter(isObject).map(statusText).join('; ') || 'cannot be revoked',
        ],
      ]
  rows.push(['proof', proofText(document, header)], ['id', document['id'] === undefined ? '' : show(document['id'])])
  const lines = [`${indent}${paint('bold', `${title}${name}`)}`]
  for (const [key, value] of rows) if (value !== '') lines.push(`${indent}├─ ${paint('grey', key.padEnd(9))} ${value}`)
  lines.push(`${indent}└─ ${paint('grey', 'a verifier would check')} ${toCheck(document, isPresentation)}`)
  return [...lines, ...drawInner(document, paint, indent, depth)]
}

function drawInner(
  document: JsonObject,
  paint: (colour: Colour, text: string) => string,
  indent: string,
  depth: number,
): readonly string[] {
  const subjects = asArray(document['credentialSubject']).filter(isObject)
  const inner = [document, ...subjects].flatMap((each) => asArray(each['verifiableCredential']))
  const endorsements = [document, ...subjects].flatMap((each) => asArray(each['endorsement']))
  const all = [...inner, ...endorsements]
  if (all.length === 0) return []
  if (depth >= DEPTH) return ['', `${indent}   ${all.length} more inside`]
  const lines = all.slice(0, MANY).flatMap((each) => {
    if (typeof each === 'string') return ['', ...drawText(each, paint, indent, depth)]
    if (!isObject(each)) return []
    const [, enveloped] = /^data:[^,]*,(.*)$/s.exec(idOf(each) ?? '') ?? []
    if (enveloped !== undefined) return ['', ...drawText(enveloped, paint, indent, depth)]
    return ['', ...draw(each, paint, `${indent}   `, depth + 1)]
  })
  return all.length > MANY ? [...lines, '', `${indent}   and ${all.length - MANY} more`] : lines
}

function drawText(
  text: string,
  paint: (colour: Colour, text: string) => string,
  indent: string,
  depth: number,
): readonly string[] {
  const seen = glance({ content: text })
  if (!seen.document) return [`${indent}   ${show(text)}`]
  return [
    ...(seen.isSdJwt ? disclosureText(text).map((line) => `${indent}   ${line}`) : []),
    ...draw(documentIn(seen), paint, `${indent}   `, depth + 1, seen.header),
  ]
}

function subjectRows(subject: JsonValue): readonly (readonly [string, string])[] {
  if (!isObject(subject)) return [['of', show(subject)]]
  const identifiers = asArray(subject['identifier'])
    .filter(isObject)
    .map((each) => (each['hashed'] === true ? `${show(each['identityType'])} (hashed)` : show(each['identityHash'])))
  const person = [idOf(subject) === undefined ? '' : show(idOf(subject)), ...identifiers].filter((text) => text !== '')
  const results = asArray(subject['result']).filter(isObject).slice(0, MANY)
  return [
    ['of', person.join(', ') || 'somebody who is not named'],
    ...asArray(subject['achievement'])
      .slice(0, MANY)
      .map((each) => ['says', label(each)] as const),
    ['result', results.map((each) => show(each['value'] ?? each['status'] ?? each['achievedLevel'] ?? '')).join(', ')],
  ]
}

function who(value: JsonValue | undefined): string {
  if (value === undefined) return 'nobody is named'
  const name = isObject(value) && value['name'] !== undefined ? `${label(value['name'])}, ` : ''
  return `${name}${show(idOf(value) ?? 'without an id')}`
}

function statusText(entry: JsonObject): string {
  const list = entry['statusListCredential'] ?? entry['id'] ?? ''
  return show(
    `${textOf(entry['statusPurpose'] ?? 'revocation')} at ${textOf(list)}, index ${textOf(entry['statusListIndex'] ?? '–')}`,
  )
}

function proofText(document: JsonObject, header: JsonObject | undefined): string {
  if (header)
    return show(
      `signature of the JWT, ${textOf(header['alg'])}${header['kid'] === undefined ? '' : `, key ${textOf(header['kid'])}`}`,
    )
  const proofs = asArray(document['proof']).filter(isObject)
  const texts = proofs.map((proof) => {
    const suite = disclosureSuites.find(({ name }) => name === proof['cryptosuite'])
    const part = suite
      ? suite.isBase(proof as unknown as Proof)
        ? ' (of the whole, for its holder alone)'
        : ' (of a part)'
      : ''
    const created = proof['created'] === undefined ? '' : ` at ${textOf(proof['created'])}`
    return show(
      `${textOf(proof['cryptosuite'] ?? proof['type'])}${part} by ${textOf(proof['verificationMethod'])}${created}`,
    )
  })
  return texts.join('; ') || 'none: it is not signed'
}

function toCheck(document: JsonObject, isPresentation: boolean): string {
  const checks = isPresentation
    ? ['form', 'signature', 'signer = holder', 'challenge and domain', 'each credential inside', 'subjects = holder']
    : [
        'form',
        'signature',
        'signer = issuer',
        'dates',
        ...(document['credentialStatus'] === undefined ? [] : ['status list']),
        'shape of its type',
        'whether you trust the issuer',
      ]
  return checks.join(', ')
}

function label(value: JsonValue): string {
  if (!isObject(value)) return show(value)
  const { name, id, narrative } = value as { readonly [key: string]: JsonValue | undefined }
  return show(name ?? narrative ?? id ?? value)
}

function show(value: JsonValue | undefined): string {
  return printable(textOf(value), LONGEST)
}
