// The school's web server, as an Express app: teachers award badges and hand out claim links, learners claim them with a key of
// their own, and everybody can verify them. Whatever is of the VC API is left to `testamur/http`, under /vc.

import { createHash, randomBytes } from 'node:crypto'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import {
  createIssuer,
  createStatusRegistry,
  type Did,
  isCredentialError,
  type Key,
  openBadge,
  publish,
  type StatusStore,
  verify,
} from 'testamur'
import { httpHandler, toNodeListener } from 'testamur/http'

// A teacher's badge that waits for its learner.
interface Claim {
  readonly achievement: { readonly name: string; readonly description: string; readonly criteria: string }
  readonly challenge: string
  readonly expires: number
}

export interface SchoolOptions {
  readonly key: Key
  readonly store: StatusStore
  // Where people see the school, such as https://northfield.example.
  readonly url: string
  // The staff's accounts: the SHA-256 of each one's token, and whose it is.
  readonly staff: ReadonlyMap<string, string>
}

const week = 7 * 24 * 3_600_000

export function createSchool({ key, store, url, staff }: SchoolOptions): Express {
  const lists = `${url}/vc/status-lists`
  const registry = createStatusRegistry({ store, url: lists })
  const profile = { name: 'Northfield School', url }
  const issuer = createIssuer({ key, profile, status: registry })
  const domain = new URL(url).host
  const claims = new Map<string, Claim>()
  const memberOf = (authorization = '') => staff.get(hashOf(authorization.replace(/^Bearer /, '')))

  // The school's own lists are at hand; those of others are not asked for.
  const loadStatusList = async (wanted: string) => {
    const published = wanted.startsWith(`${lists}/`) ? await store.published(wanted.slice(lists.length + 1)) : undefined
    return published && { document: published.credential, fetchedAt: Date.now(), freshUntil: Date.now() }
  }

  const vc = httpHandler({
    // Everybody may verify; what changes a status is for the staff.
    authenticate: (request, action) =>
      action === 'verifyCredential' ? 'anybody' : memberOf(request.headers.get('authorization') ?? ''),
    tenant: { status: { registry, publish: { key } }, store, verify: { loadStatusList } },
    onError: (error) => console.error(error),
  })

  const staffOnly: RequestHandler = (request, response, next) => {
    const teacher = memberOf(request.headers.authorization)
    if (teacher === undefined) {
      response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'This is for the staff of the school.' })
      return
    }
    response.locals['teacher'] = teacher
    next()
  }

  const app = express()
  app.disable('x-powered-by')
  // Before express.json(): the handler reads bodies itself.
  app.use('/vc', toNodeListener(vc))
  app.use(express.json({ limit: '64kb' }))

  app.post('/awards', staffOnly, (request, response) => {
    const { name, description, criteria } = (request.body ?? {}) as Record<string, unknown>
    if (![name, description, criteria].every((text) => typeof text === 'string' && text.trim() !== '')) {
      response.status(400).json({ error: 'An award has a name, a description and criteria.' })
      return
    }
    const secret = randomBytes(24).toString('base64url')
    const achievement = { name, description, criteria } as Claim['achievement']
    // Only the hash is kept: who reads the school's memory cannot claim.
    claims.set(hashOf(secret), {
      achievement,
      challenge: randomBytes(16).toString('base64url'),
      expires: Date.now() + week,
    })
    response.status(201).json({ link: `${url}/claims/${secret}` })
  })

  app.get('/claims/:secret', (request, response) => {
    const claim = findClaim(claims, request.params.secret)
    if (!claim) return void gone(response)
    const { achievement, challenge } = claim
    response.set('Cache-Control', 'no-store').json({ achievement, challenge, domain })
  })

  // Whoever has the link claims with a presentation of nothing: it shows that the key is theirs, here and now.
  app.post('/claims/:secret', async (request, response) => {
    const claim = findClaim(claims, request.params.secret)
    if (!claim) return void gone(response)
    const { challenge, achievement } = claim
    const report = await verify({ presentation: request.body ?? {}, challenge, domain })
    if (report.verdict !== 'valid' || report.holder?.startsWith('did:') !== true) {
      response.status(400).json({ error: 'The presentation does not show whose key it is.', checks: report.checks })
      return
    }
    // Two who claim at once: the second one finds nothing.
    if (!claims.delete(hashOf(request.params.secret))) return void gone(response)
    try {
      const recipient = { id: report.holder as Did }
      const badge = await issuer.issue({ credential: openBadge({ name: achievement.name, recipient, achievement }) })
      await publish({ registry, key })
      response.status(201).type('application/vc').send(JSON.stringify(badge))
    } catch (error) {
      claims.set(hashOf(request.params.secret), claim)
      throw error
    }
  })

  app.use(tellError)
  return app
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function findClaim(claims: ReadonlyMap<string, Claim>, secret: string): Claim | undefined {
  const claim = claims.get(hashOf(secret))
  return claim && claim.expires > Date.now() ? claim : undefined
}

function gone(response: express.Response): void {
  response.status(410).json({ error: 'This link was used, has expired, or never was one.' })
}

// Of what is wrong here, nothing is told.
const tellError: ErrorRequestHandler = (error, _request, response, _next) => {
  if (isCredentialError(error) && error.code === 'CREDENTIAL_MALFORMED') {
    response.status(400).json({ error: error.message, findings: error.findings })
  } else if (error?.status >= 400 && error.status < 500) {
    response.status(error.status).json({ error: 'The request cannot be read.' })
  } else {
    console.error(error)
    response.status(500).json({ error: 'Something went wrong here.' })
  }
}
