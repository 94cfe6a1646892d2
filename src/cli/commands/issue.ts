/** `issue`: signs one credential, or a whole file of rows (`--csv`). */

import { asArray, isObject } from '../../encoding/json.ts'
import { type CredentialInput, createIssuer, issue, type JsonObject, type ProfileInput } from '../../index.ts'
import { type Args, type Command, CommandError, exit, required, usageError } from '../command.ts'
import { type BatchOptions, checkBatch, runBatch } from '../csv/batch.ts'
import { readEncoding } from '../csv/decode.ts'
import { assertKind } from '../csv/output.ts'
import { readJsonFile, writeWhole } from '../files.ts'
import { formatOption, formatOptions, partOptions, readFormat } from '../formats.ts'
import { lookAt, otherJson, readInput } from '../input.ts'
import { keyOptions, readKey } from '../keys.ts'
import { openStatusFor, statusOptions } from '../status-folder.ts'
import { jsonText, printable, type Terminal, warn } from '../terminal.ts'

const details = `The mapping is JSON. Its "badge" is what openBadge takes; {name} stands for the cell of that column, and what has only empty cells is
left out. White space around a cell does not count.

  {
    "issuer": { "name": "Northfield School" },
    "badge": {
      "name": "{course}",
      "recipient": { "email": "{email}", "plainName": "{first} {last}" },
      "achievement": { "id": "https://school.example/courses/{code}", "name": "{course}", "description": "…", "criteria": "…" },
      "result": [{ "value": "{grade}" }],
      "evidence": [{ "id": "{essay_url}", "name": "Final essay" }],
      "creditsEarned": { "$column": "credits", "as": "number" },
      "activityEndDate": { "$column": "finished", "as": "date", "form": "DD.MM.YYYY", "offset": "+01:00" }
    },
    "unique": ["email", "code"]
  }

"$column" also takes "values": { "P": "Passed" }, and "decimal": ",". "unique" names the columns that are different in every row;
without it, all. The whole file is checked before the first signature. Rows that fail go to the file of failures, the others are
signed, and the exit code is 1. Killed at any moment, the same command goes on: OUT.journal says from where, and decides on the
ids, so keep it until all is done. What grows in memory: some 30 bytes a row, and as many where status lists are kept in files.`

export const issueCommand: Command = {
  name: 'issue',
  summary: 'signs a credential, or a badge for each row of a CSV file',
  usage: [
    'issue credential.json --key key.json --out signed.json',
    'issue credential.json --key key.json --format vc-sd-jwt --disclosable /credentialSubject/result/0',
    'issue --csv rows.csv --mapping mapping.json --check',
    'issue --csv rows.csv --mapping mapping.json --key key.json --status FOLDER --out badges.zip',
  ],
  options: {
    ...keyOptions,
    out: {
      value: 'FILE',
      help: 'Where to put it. Default: standard output. With --csv: a folder, or a file .ndjson or .zip.',
    },
    ...formatOption,
    ...partOptions,
    'issuer-name': { value: 'TEXT', help: 'Your name as issuer, where the credential does not give it.' },
    ...statusOptions,
    conformance: {
      value: 'LEVEL',
      help: 'What the published schema decides: strict, lenient or noted. Default: lenient.',
    },
    csv: { value: 'FILE', help: 'Signs a badge for each row. The first row names the columns.' },
    mapping: { value: 'FILE', help: 'JSON that says what becomes of the columns (see below).' },
    check: { help: 'Checks the CSV file and signs nothing.' },
    encoding: {
      value: 'NAME',
      help: 'Of the CSV file, such as windows-1252. Default: UTF-8, or what its byte order mark says.',
    },
    delimiter: { value: 'CHARACTER', help: 'What stands between cells, such as ";" or "tab". Default: a comma.' },
    failures: {
      value: 'FILE',
      help: 'Where to put rows that fail. Default: the name of the output (or CSV file) and .failures.csv.',
    },
    workers: { value: 'NUMBER', help: 'Threads that sign. Default: one for each core, from 1,000 rows on.' },
    force: { help: 'Writes over what is there. With --csv: begins the batch anew, with new ids and new places.' },
  },
  details,
  words: [0, 1],
  run,
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const csv = args.text('csv')
  const alone = ['mapping', 'check', 'encoding', 'delimiter', 'failures', 'workers'].find(
    (name) => args.has(name) || args.text(name) !== undefined,
  )
  if (csv === undefined && alone !== undefined) throw usageError(`--${alone} goes with --csv`)
  if (csv === undefined) return issueOne(args, terminal)
  if (args.words.length > 0) throw usageError(`--csv names the rows: "${args.words[0]}" is one word too many`)
  return issueRows(csv, args, terminal)
}

async function issueRows(file: string, args: Args, terminal: Terminal): Promise<number> {
  const mappingFile = required(args, 'mapping', 'it says what becomes of the columns; testamur issue --help shows one')
  const out = args.text('out')?.replace(/(?<=.)\/+$/, '')
  const options: BatchOptions = {
    file,
    encoding: readEncoding(args.text('encoding')),
    delimiter: readDelimiter(args.text('delimiter')),
    mapping: await readJsonFile(mappingFile),
    mappingFile,
    failures: args.text('failures') ?? `${out ?? file}.failures.csv`,
    terminal,
  }
  if (args.has('check')) return checkBatch(options)
  if (out === undefined) throw usageError('--out is missing: a folder, or a file whose name ends in .ndjson or .zip')
  assertKind(out)
  const format = readFormat(args)
  const key = await readKey(args, terminal)
  const folder = args.text('status')
  const status = folder === undefined ? undefined : await openStatusFor(key.controller, folder, terminal)
  try {
    const workers = readWorkers(args.text('workers'))
    const force = args.has('force')
    const { program } = terminal
    const told = { issuerName: args.text('issuer-name'), conformance: args.text('conformance') }
    return await runBatch(options, { key, format, ...told, registry: status?.registry, out, workers, force, program })
  } finally {
    await status?.close()
  }
}

function readDelimiter(text = ','): string {
  const delimiter = text === 'tab' || text === '\\t' ? '\t' : text
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter
  throw usageError(`--delimiter is one character, such as ";", or the word tab`)
}

function readWorkers(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw usageError('--workers is a whole number from 1 to 99')
}

async function issueOne(args: Args, terminal: Terminal): Promise<number> {
  const [word] = args.words
  if (word === undefined) throw usageError('issue: name the file with the credential to sign, or - for standard input')
  const format = readFormat(args)
  const input = await readInput(word, terminal, false)
  const seen = lookAt(input)
  const { document, header } = seen
  if (header)
    throw new CommandError(
      exit.data,
      `${word} is signed already, as a JWT; testamur issue takes an unsigned credential`,
    )
  const other = otherJson(input, seen)
  if (other !== undefined) throw new CommandError(exit.data, other)
  const key = await readKey(args, terminal)
  const folder = args.text('status')
  const status = folder === undefined ? undefined : await openStatusFor(key.controller, folder, terminal)
  try {
    const name = args.text('issuer-name')
    const options = {
      key,
      ...formatOptions(format, key),
      ...(status && { status: status.registry }),
      ...(args.text('conformance') !== undefined && { conformance: args.text('conformance') as 'strict' }),
    }
    const credential = document as unknown as CredentialInput
    const signed =
      name === undefined
        ? await issue({ ...options, credential } as Parameters<typeof issue>[0])
        : await createIssuer({ ...options, profile: { name } satisfies Partial<ProfileInput> } as Parameters<
            typeof createIssuer
          >[0]).issue({ credential })
    warnOfNobody(input.name, document, terminal)
    await deliver(typeof signed === 'string' ? signed : jsonText(signed, 2), args, terminal)
    return exit.ok
  } finally {
    await status?.close()
  }
}

/** Types whose subject says by `id` or `identifier` whom it is about (Open Badges 3.0, AchievementSubject; CLR 2.0, ClrSubject). */
const aboutSomebody: readonly unknown[] = ['OpenBadgeCredential', 'AchievementCredential', 'ClrCredential']

/** The published schema asks for neither of the two, so that such a record is signed; nobody can tell later whose it is. */
function warnOfNobody(name: string, document: JsonObject, terminal: Terminal): void {
  if (!asArray(document['type']).some((type) => aboutSomebody.includes(type))) return
  const namesNobody = (subject: unknown) =>
    isObject(subject) && subject['id'] === undefined && asArray(subject['identifier']).length === 0
  if (!asArray(document['credentialSubject']).some(namesNobody)) return
  warn(
    terminal,
    `${name}: credentialSubject has neither "id" nor "identifier", one of which Open Badges and CLR ask for: it names nobody, and whoever has a copy can say that it is theirs.`,
  )
}

async function deliver(text: string, args: Args, terminal: Terminal): Promise<void> {
  const out = args.text('out')
  if (out === undefined) {
    terminal.output.write(`${text}\n`)
    return
  }
  await writeWhole(out, `${text}\n`, { force: args.has('force') })
  terminal.error.write(`The credential is in ${printable(out)}.\n`)
}
