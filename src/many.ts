/** Many credentials in one run: streamed, in order, several at once, with what is looked up shared among them. */

import { toDidResolver } from './dids/resolver.ts'
import { given } from './encoding/given.ts'
import { type Items, mapInOrder } from './encoding/in-order.ts'
import { describe } from './encoding/json.ts'
import { share } from './encoding/share.ts'
import { CredentialError } from './errors.ts'
import { type Issued, type IssueOptions, issue, issueNames } from './issue.ts'
import {
  assertOptions,
  invalid,
  readFormats,
  readSettings,
  type SigningFormat,
  settingNames,
  type VerifySettings,
} from './options.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import type { CredentialReport } from './report.ts'
import { assertSigner, type SecuredAs } from './secure.ts'
import type { CredentialInput, DidResolver, OneOrMany } from './types.ts'
import { verify, verifyOneOfMany } from './verify.ts'

/** Options of `verifyMany`. */
export interface VerifyManyOptions extends VerifySettings {
  /** What strangers sent, each as for `verify`: a list, or a stream that is read as fast as results are taken. */
  readonly credentials: Items<unknown>
  /** Most credentials under way at once. It helps where keys or registries are looked up over a network. Default: 16. */
  readonly concurrency?: number
}

/** The report on one credential of many, with its place in the input. */
export interface VerifiedItem {
  readonly index: number
  readonly report: CredentialReport
}

/**
 * Verifies many credentials. Reports come in the order of the input; a bad one is a report like any other. A DID is resolved
 * once for the whole run, and a registry asked once for each issuer. Endorsements that came beside a record belong to that one: such a record is
 * given to `verify`.
 *
 * @throws CredentialError `OPTION_INVALID`; the signal's reason when it is aborted; and what the input stream throws.
 */
export async function* verifyMany(options: VerifyManyOptions): AsyncGenerator<VerifiedItem, void, undefined> {
  assertOptions('verifyMany', options, ['credentials', 'concurrency', ...settingNames])
  const { credentials, concurrency, ...settings } = options
  readSettings(settings)
  const limit = readConcurrency('verifyMany', concurrency)
  const shared: VerifySettings = {
    ...settings,
    ...(settings.resolveDid && { resolveDid: share(toDidResolver(settings.resolveDid)) as DidResolver }),
    ...(settings.trust && { trust: share(settings.trust) }),
  }
  const verifyEach = limit > 1 ? verifyOneOfMany : verify
  const work = async (credential: unknown, index: number) => ({
    index,
    report: await verifyEach({ ...shared, credential }),
  })
  yield* mapInOrder(readItems('verifyMany', credentials), limit, work, settings.signal)
}

/** Options of `issueMany`. */
export interface IssueManyOptions<
  C extends CredentialInput = CredentialInput,
  F extends SigningFormat = OneOrMany<Cryptosuite>,
> extends Omit<IssueOptions<C, F>, 'credential'> {
  readonly credentials: Items<C>
  /** Most credentials under way at once. It helps where a KMS signs. Default: 16. */
  readonly concurrency?: number
  /** Ends the run: the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal
}

/** One credential of many: issued, or why not. */
export type IssuedItem<C extends CredentialInput = CredentialInput, F extends SigningFormat = OneOrMany<Cryptosuite>> =
  | { readonly index: number; readonly credential: SecuredAs<Issued<C>, F>; readonly error?: never }
  | { readonly index: number; readonly credential?: never; readonly error: Error }

/**
 * Issues many credentials with one key. Results come in the order of the input; one that cannot be issued is an item with its
 * `error`, and the run goes on.
 *
 * @throws CredentialError `OPTION_INVALID`; the signal's reason when it is aborted; and what the input stream throws.
 */
export async function* issueMany<C extends CredentialInput, F extends SigningFormat = OneOrMany<Cryptosuite>>(
  options: IssueManyOptions<C, F>,
): AsyncGenerator<IssuedItem<C, F>, void, undefined> {
  assertOptions('issueMany', options, ['credentials', 'concurrency', 'signal', 'now', ...issueNames])
  const { credentials, concurrency, signal, ...rest } = options
  assertSigner('issueMany', rest.key, readFormats('issueMany', rest.format, rest.key))
  const limit = readConcurrency('issueMany', concurrency)
  const shared = {
    ...rest,
    ...(rest.resolveDid && { resolveDid: share(toDidResolver(rest.resolveDid)) as DidResolver }),
  }
  const work = async (credential: C, index: number): Promise<IssuedItem<C, F>> => {
    try {
      return { index, credential: await issue<C, F>({ ...shared, credential }) }
    } catch (error) {
      return { index, error: error instanceof Error ? error : new CredentialError('OPTION_INVALID', describe(error)) }
    }
  }
  yield* mapInOrder(readItems('issueMany', credentials), limit, work, signal)
}

function readConcurrency(verb: string, concurrency = 16): number {
  if (Number.isInteger(concurrency) && concurrency > 0) return concurrency
  throw invalid(`${verb}: concurrency must be a whole number from 1 on`)
}

/** A list or stream; text would be taken letter by letter. */
export function readItems<T>(verb: string, items: Items<T>): Items<T> {
  if (typeof items === 'object' && items !== null && (Symbol.asyncIterator in items || Symbol.iterator in items))
    return items
  throw invalid(`${verb}: credentials must be a list, or a stream that can be iterated; ${given(items)}`)
}
