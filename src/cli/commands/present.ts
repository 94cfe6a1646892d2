/** `present`: puts credentials into a presentation for one verifier and one occasion. */

import { checkSubject } from '../../checks/binding.ts'
import { asArray, isObject } from '../../encoding/json.ts'
import { documentIn, type Glance } from '../../glance.ts'
import {
  CredentialError,
  disclose,
  isCredentialError,
  type JsonObject,
  type Proof,
  present,
  presentSdJwt,
  withoutChallenge,
} from '../../index.ts'
import { isOnlyList } from '../../status/list-index.ts'
import { type Args, type Command, exit, required, usageError } from '../command.ts'
import { writeWhole } from '../files.ts'
import { disclosureSuites, formatOption, formatOptions, readFormat } from '../formats.ts'
import { inputHelp, lookAt, readInput } from '../input.ts'
import { keyOptions, readKey } from '../keys.ts'
import { jsonText, printable, type Terminal, warn } from '../terminal.ts'

export const presentCommand: Command = {
  name: 'present',
  summary: 'shows credentials, or parts of them, to a verifier',
  usage: [
    'present INPUT … --key key.json --challenge c0ffee --domain hr.example',
    'present INPUT --key key.json --challenge c0ffee --domain hr.example --reveal /credentialSubject/achievement/name',
  ],
  options: {
    ...keyOptions,
    challenge: { value: 'TEXT', help: 'The text that the verifier sent for this occasion.' },
    domain: {
      value: 'NAME',
      help: 'Who the verifier is, such as hr.example: the presentation is of no use to others.',
    },
    'without-challenge': { help: 'Without one. Whoever sees the presentation can show it again.' },
    reveal: {
      value: 'POINTER',
      many: true,
      help: 'Shows this part alone, and what is always shown (ecdsa-sd-2023, bbs-2023: also ids and course codes; SD-JWT).',
    },
    ...formatOption,
    out: { value: 'FILE', help: 'Where to put it. Default: standard output.' },
    force: { help: 'Writes over what is there.' },
  },
  details: `The key is the holder's: that of the DID which the credentials are about. With another one there is a warning.\n${inputHelp}`,
  words: [1, 100],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const challenge = args.text('challenge')
  if (challenge === undefined && !args.has('without-challenge')) {
    throw usageError(
      '--challenge is missing: the text that the verifier sent; or --without-challenge, if there is none',
    )
  }
  if (challenge !== undefined && args.has('without-challenge')) {
    throw usageError('--challenge and --without-challenge exclude each other')
  }
  const inputs = await Promise.all(args.words.map(async (word) => lookAt(await readInput(word, terminal, false))))
  const reveal = args.texts('reveal')
  const whole = reveal.length > 0 ? -1 : inputs.findIndex(({ document }) => hasBaseProof(document))
  if (whole >= 0) {
    throw usageError(`${args.words[whole]} is shown in parts: name what to show, such as --reveal /credentialSubject`)
  }
  const key = await readKey(args, terminal)
  for (const [index, input] of inputs.entries())
    warnOfHolder(args.words[index] as string, input, key.controller, terminal)
  const domain = args.text('domain')
  const [first] = inputs
  let text: string
  if (first?.isSdJwt) {
    if (inputs.length > 1) throw usageError('an SD-JWT is presented alone: it is a presentation of its own')
    text = await presentSdJwt({
      credential: first.text,
      reveal,
      key,
      challenge: required(args, 'challenge', 'an SD-JWT is bound to one'),
      domain: required(args, 'domain', 'an SD-JWT is bound to a verifier'),
    })
  } else {
    const credentials = await Promise.all(
      inputs.map(({ text: credential }) =>
        reveal.length > 0 ? disclose({ credential, reveal, format: disclosureSuites }) : credential,
      ),
    )
    const made: unknown = await present({
      credentials,
      key,
      challenge: challenge ?? withoutChallenge,
      ...(domain !== undefined && { domain }),
      ...formatOptions(readFormat(args), key),
    } as Parameters<typeof present>[0]).catch((cause) => nameFiles(cause, args.words))
    text = typeof made === 'string' ? made : jsonText(made, 2)
  }
  const out = args.text('out')
  if (out === undefined) terminal.output.write(`${text}\n`)
  else {
    await writeWhole(out, `${text}\n`, { force: args.has('force') })
    terminal.error.write(`The presentation is in ${printable(out)}.\n`)
  }
  return exit.ok
}

/** Tells the presenter beforehand what the verifier will say; who presents for somebody else may do so. */
function warnOfHolder(word: string, input: Glance, holder: string, terminal: Terminal): void {
  const credential = documentIn(input)
  if (isOnlyList(credential)) return
  const check = checkSubject(credential, holder, { acceptHolder: undefined })
  if (!('code' in check)) return
  const what = `${word}: ${check.message} Verifiers who do not expect that answer with ${check.code}.`
  warn(terminal, what)
}

/** Says which file is meant where the function counts what it was given. */
function nameFiles(cause: unknown, words: readonly string[]): never {
  if (!isCredentialError(cause)) throw cause
  const message = cause.message.replace(
    /\bcredentials\[(\d+)\]/,
    (place, index: string) => words[Number(index)] ?? place,
  )
  throw new CredentialError(cause.code, message, { cause, findings: cause.findings })
}

/** Whether a credential is as its issuer gave it: its base proof stays with the holder. */
function hasBaseProof(document: JsonObject | undefined): boolean {
  const proofs = asArray(document?.['proof']).filter(isObject) as unknown as readonly Proof[]
  return disclosureSuites.some(({ name, isBase }) => proofs.some((each) => each.cryptosuite === name && isBase(each)))
}
