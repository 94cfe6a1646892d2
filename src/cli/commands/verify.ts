/** `verify`: the report on a credential or presentation, for people or as JSON. The exit code is the verdict. */

import { glance } from '../../glance.ts'
import { toHtml } from '../../html/index.ts'
import {
  type CredentialReport,
  online,
  type PresentationReport,
  type SkippableCheck,
  type VerifySettings,
  verify,
  withoutChallenge,
} from '../../index.ts'
import { type AssertionReport, onlineJson, verifyAssertion } from '../../records.ts'
import { type Args, type Command, exit, usageError } from '../command.ts'
import { contextOption, readContexts } from '../contexts.ts'
import { readTexts } from '../files.ts'
import { heldFormats, verifiedFormats } from '../formats.ts'
import { type Input, inputHelp, otherJson, readInput } from '../input.ts'
import { languageOption, messagesFor } from '../languages.ts'
import { reportText } from '../report-text.ts'
import { readStatusLists } from '../status-lists.ts'
import { jsonText, painter, printable, type Terminal } from '../terminal.ts'

const needsNetwork =
  'An assertion of Open Badges 2.0 is verified by what its issuer has on the web, and nothing is fetched unasked'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'says whether a credential or presentation is valid, and why',
  usage: [
    'verify INPUT [--online] [--json | --html]',
    'verify badge.json --status-list list.json',
    'verify badge.json --endorsement praise.json',
    'verify badge.json --html --lang es > report.html',
    'verify presentation.json --challenge c0ffee --domain hr.example',
    'verify https://school.example/badges/17 --online',
    'verify badge-of-2019.png --online --recipient ada@example.edu',
  ],
  options: {
    online: {
      help: 'Allows the network: did:web, status lists, Open Badges 2.0, and INPUT as a URL. Default: nothing is fetched.',
    },
    json: { help: 'Prints the report as JSON.' },
    html: { help: 'Prints the report as a page to be read in a browser, kept or printed.' },
    ...languageOption,
    challenge: { value: 'TEXT', help: 'Presentations: the challenge that you sent to the presenter.' },
    domain: { value: 'NAME', help: 'Presentations: who you are to the presenter, such as hr.example.' },
    recipient: { value: 'EMAIL', help: 'Open Badges 2.0: whom it should be about.' },
    'without-challenge': { help: 'Presentations: accepts one that anybody who saw it may show again.' },
    'accept-assertion': {
      help: 'Presentations: accepts a proof for the purpose assertionMethod, as some wallets make it.',
    },
    'status-list': {
      value: 'FILE',
      many: true,
      help: 'A status list at hand, or a folder of them. May be given several times.',
    },
    'max-status-age': {
      value: 'SECONDS',
      help: 'Older status lists leave the question open. Default: as the list says.',
    },
    conformance: {
      value: 'LEVEL',
      help: 'What the published schema decides: strict, lenient or noted. Default: noted.',
    },
    endorsement: {
      value: 'FILE',
      many: true,
      help: 'An endorsement of it that came beside it, or a folder of them. May be given several times.',
    },
    'base-proof': {
      help: 'For holders: accepts a credential as its issuer gave it, to be shown in parts (ecdsa-sd-2023, bbs-2023).',
    },
    ...contextOption,
    skip: { value: 'CHECK', many: true, help: 'Leaves out validity, status or schema. The report shows it.' },
  },
  details: `${inputHelp}\n${needsNetwork}.\n\nExit codes: 0 valid, 1 invalid, 2 indeterminate (it could not be found out), 64 wrong use, 66 no input.`,
  words: [1, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  if (args.has('json') && args.has('html')) throw usageError('--json and --html exclude each other')
  if (args.text('lang') !== undefined && !args.has('html')) throw usageError('--lang is for --html: add it')
  const messages = messagesFor(args, terminal)
  const settings = await readSettings(args, terminal)
  const input = await readInput(args.words[0] as string, terminal, args.has('online'))
  const seen = glance(input)
  const other = args.has('json') || args.has('html') ? undefined : otherJson(input, seen)
  if (other !== undefined) {
    terminal.output.write(`${printable(other)}.\n`)
    return exit.failed
  }
  const isAssertion = seen.kind === 'assertion'
  const report = isAssertion ? await verifyFormer(input, args) : await verifyInput(input, args, settings)
  if (args.has('json')) terminal.output.write(`${jsonText(report, 2)}\n`)
  else if (args.has('html') && report.kind !== 'assertion')
    terminal.output.write(toHtml({ report, messages, verifiedAt: new Date() }))
  else {
    terminal.output.write(reportText(report, painter(terminal.output, terminal.env)))
    if (isAssertion && !args.has('online')) terminal.output.write(`\n${needsNetwork}; add --online.\n`)
  }
  if (report.verdict === 'indeterminate' && !isAssertion && !args.has('online')) {
    terminal.error.write(
      'Nothing was fetched: --online allows it; --status-list FILE gives a status list that is at hand.\n',
    )
  }
  return { valid: exit.ok, invalid: exit.failed, indeterminate: exit.undecided }[report.verdict]
}

/** An assertion of Open Badges 2.0. */
async function verifyFormer({ content }: Input, args: Args): Promise<AssertionReport> {
  const given = Object.keys(verifyCommand.options).filter((name) => args.has(name) || args.texts(name).length > 0)
  const idle = given.find((name) => !['online', 'json', 'recipient'].includes(name))
  if (idle !== undefined) {
    throw usageError(`this is an assertion of Open Badges 2.0, for which --${idle} means nothing: leave it out`)
  }
  const email = args.text('recipient')
  return verifyAssertion({
    assertion: content,
    ...(args.has('online') && { fetchJson: onlineJson() }),
    ...(email !== undefined && { recipient: { email } }),
  })
}

async function verifyInput(
  { content, ...rest }: Input,
  args: Args,
  settings: VerifySettings,
): Promise<CredentialReport | PresentationReport> {
  const [challenge, domain] = [args.text('challenge'), args.text('domain')]
  const texts = (await Promise.all(args.texts('endorsement').map(readTexts))).flat().map(({ text }) => text)
  const beside = texts.length > 0 ? { endorsements: texts } : {}
  if (args.text('recipient') !== undefined) {
    throw usageError('--recipient is for assertions of Open Badges 2.0, and this is none: leave it out')
  }
  if (challenge !== undefined && args.has('without-challenge')) {
    throw usageError('--challenge and --without-challenge exclude each other')
  }
  if (glance({ content, ...rest }).kind === 'credential') {
    const odd = ['challenge', 'domain', 'accept-assertion'].find(
      (name) => args.has(name) || args.text(name) !== undefined,
    )
    if (odd === undefined) return verify({ ...settings, ...beside, credential: content })
    throw usageError(`this is a credential, no presentation: leave out --${odd}`)
  }
  if (challenge === undefined && !args.has('without-challenge')) {
    throw usageError(
      'this is a presentation: give the --challenge that you sent to its presenter, or --without-challenge to accept one that may be an old one shown again',
    )
  }
  return verify({
    ...settings,
    ...beside,
    presentation: content,
    challenge: challenge ?? withoutChallenge,
    ...(domain !== undefined && { domain }),
    ...(args.has('accept-assertion') && { acceptProofPurpose: () => true }),
  })
}

async function readSettings(args: Args, terminal: Terminal): Promise<VerifySettings> {
  const age = args.text('max-status-age')
  const conformance = args.text('conformance')
  const lists = await readStatusLists(args.texts('status-list'), terminal)
  const contexts = await readContexts(args.texts('context'))
  return {
    formats: args.has('base-proof') ? heldFormats : verifiedFormats,
    ...(args.has('online') && online()),
    ...(lists.length > 0 && { statusLists: lists }),
    ...(age !== undefined && { maxStatusAge: readNumber('max-status-age', age) }),
    ...(conformance !== undefined && { conformance: conformance as NonNullable<VerifySettings['conformance']> }),
    ...(contexts && { contexts }),
    skip: args.texts('skip') as readonly SkippableCheck[],
  }
}

function readNumber(name: string, text: string): number {
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text)) return value
  throw usageError(`--${name}: "${text}" is no number; write it like --${name} 3600`)
}
