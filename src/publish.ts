/**
 * `publish`: signs the status lists of a registry and keeps them to be served. What is served is always whole, signed and
 * verified; its version only goes up; and no status is taken back that the log does not record as unset.
 */

import type { ResolverLike } from './dids/resolver.ts'
import { parseDateTimeStamp } from './encoding/date-time.ts'
import { asArray, idOf, isObject } from './encoding/json.ts'
import type { Envelope } from './envelopes/envelope.ts'
import { CredentialError } from './errors.ts'
import { issue } from './issue.ts'
import type { Signer } from './keys/key.ts'
import { assertOptions, type ContextOptions, invalid, readFormats, readLimits } from './options.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import { isProblem } from './report.ts'
import { assertSigner } from './secure.ts'
import type { StatusListDraft } from './status/draft.ts'
import { headerOf, readPublished } from './status/published-text.ts'
import type { StatusRegistry } from './status/registry.ts'
import type { PublishedStatusList } from './status/store.ts'
import type { DidResolver, JsonObject, OneOrMany } from './types.ts'
import { verify } from './verify.ts'

/** How often a list is drafted again when others published it first. Each time one of them got on. */
const MAX_TRIES = 100

/** Options of `publish`. */
export interface PublishOptions extends ContextOptions {
  /** Whose lists are published. */
  readonly registry: StatusRegistry
  /** Signs the lists: a key of the issuer of the credentials, since verifiers take a list from nobody else. */
  readonly key: Signer
  /**
   * The issuer of the versions before, where that was another and the credentials are by the new one: a list that was published with a wrong
   * key first. Default: none, and a list of another issuer is refused.
   */
  readonly formerIssuer?: string
  /** As for `issue`: proofs, or an envelope, such as `vcJwt()`, which RSA keys need. */
  readonly format?: OneOrMany<Cryptosuite> | Envelope
  /** Ids or URLs of the lists. Default: all of the registry's tenant. */
  readonly lists?: readonly string[]
  /** Needed for keys whose DID is not a did:key: each list is verified before it is kept. */
  readonly resolveDid?: DidResolver | ResolverLike
}

/** What came of one list. */
export interface PublishedItem {
  readonly list: string
  readonly url: string
  /** The version that is served now. */
  readonly version: number
  /** `current`: nothing had changed, and the last version is good for long enough. */
  readonly outcome: 'published' | 'current'
  /** Number of statuses that the new version changes. */
  readonly changed: number
}

/**
 * Publishes every list that changed, has less than half of its time left, or was signed by another key of its issuer. Call it after changes, and
 * by a timer: a list that is not published again ends, and verifiers then find nothing out. Several processes may do so at once.
 *
 * @throws CredentialError `SIGNATURE_WRONG` or `OPTION_INVALID` when a signed list does not verify, `OPTION_INVALID` when the version
 *   before is by another issuer, `STORE_CORRUPT` when the store is
 *   damaged, `STORE_CONFLICT` and `STORE_UNAVAILABLE`. The version before is served on.
 */
export async function publish(options: PublishOptions): Promise<readonly PublishedItem[]> {
  assertOptions('publish', options, [
    'registry',
    'key',
    'formerIssuer',
    'format',
    'lists',
    'resolveDid',
    'contexts',
    'loadDocument',
    'limits',
  ])
  const { registry, key, format, lists, limits, formerIssuer } = options
  readLimits('publish', limits)
  if (typeof registry?.draft !== 'function') {
    throw invalid('publish: registry must be a registry, such as createStatusRegistry({ store, url }) makes')
  }
  if (formerIssuer !== undefined && typeof formerIssuer !== 'string') {
    throw invalid('publish: formerIssuer must be the id of the issuer before, such as "did:web:school.example"')
  }
  assertSigner('publish', key, readFormats('publish', format, key))
  const names = lists ?? (await registry.lists()).map(({ id }) => id)
  const items: PublishedItem[] = []
  for (const name of names) items.push(await publishList(options, name))
  return items
}

async function publishList(options: PublishOptions, name: string): Promise<PublishedItem> {
  const { registry } = options
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const draft = await registry.draft(name)
    const { list, version, changed, previous, credential } = draft
    if (previous) assertIssuer(credential.id, issuerOf(previous), options)
    if (previous && changed === 0 && isGood(previous, options)) {
      return { list, url: credential.id, version: previous.version, outcome: 'current', changed }
    }
    if (!(await registry.keep(draft, await sign(options, draft)))) continue
    return { list, url: credential.id, version, outcome: 'published', changed }
  }
  throw new CredentialError(
    'STORE_CONFLICT',
    `publish: list ${name} was published by others ${MAX_TRIES} times in a row`,
  )
}

/** What nobody would believe is not put in the place of a version that is good: keys change, the issuer does not. */
function assertIssuer(url: string, before: string | undefined, { key, formerIssuer }: PublishOptions): void {
  const now = key.controller
  if (before === undefined || before === now || before === formerIssuer) return
  throw invalid(
    `publish: ${url} is published by the issuer ${before}, and the key belongs to ${now}: verifiers take a list from the issuer of its credentials alone. Use a key of ${before}; if they are issued by ${now}, give formerIssuer: "${before}"`,
  )
}

function issuerOf({ credential }: PublishedStatusList): string | undefined {
  const { issuer, iss } = readPublished(credential)
  return idOf(issuer ?? iss)
}

/** Long enough good, signed by this key, and in an envelope where one is asked for. */
function isGood(previous: PublishedStatusList, { key, format, registry: { settings } }: PublishOptions): boolean {
  const left = (parseDateTimeStamp(previous.validUntil) ?? 0) - settings.now().getTime()
  const header = headerOf(previous.credential)
  const signers = header
    ? [header['kid']]
    : asArray(readPublished(previous.credential)['proof']).map((each) =>
        isObject(each) ? each['verificationMethod'] : undefined,
      )
  const isEnvelope = format !== undefined && 'kind' in format && format.kind === 'envelope'
  return left > settings.validFor / 2 && isEnvelope === (header !== undefined) && signers.every((by) => by === key.id)
}

/** The signed list as text, which verifies. */
async function sign(options: PublishOptions, { credential, list }: StatusListDraft): Promise<string> {
  const { registry, key, format, lists: _, formerIssuer: __, ...rest } = options
  const now = new Date(Math.max(registry.settings.now().getTime(), parseDateTimeStamp(credential.validFrom) ?? 0))
  const issued: object | string = await issue({ ...rest, credential, key, now, ...(format && { format }) })
  const signed = typeof issued === 'string' ? issued : JSON.stringify(issued)
  const formats = format && { formats: [format].flat() }
  const report = await verify({ ...rest, ...formats, credential: signed as unknown as JsonObject, now })
  if (report.verified) return signed
  const problem = report.checks.find(isProblem)
  const why = `publish: list ${list} was signed, but does not verify, and is not published: ${problem?.message}`
  throw new CredentialError(report.verdict === 'invalid' ? 'SIGNATURE_WRONG' : 'OPTION_INVALID', why)
}
