// Whatever is sent: no answer above 499 and every error a problem. The database is real, so text that would reach a
// statement is seen too.

import { fc } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import type { Answered, Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const ROUTES = [
  ['POST', '/v1/keys'],
  ['GET', '/v1/keys'],
  ['GET', '/v1/keys/:id'],
  ['PATCH', '/v1/keys/:id'],
  ['POST', '/v1/keys/:id/rotate'],
  ['DELETE', '/v1/keys/:id'],
  ['POST', '/v1/verify'],
  ['POST', '/v1/verify/batch'],
  ['GET', '/v1/forward-auth'],
  ['POST', '/oauth/introspect'],
  ['GET', '/v1/me'],
  ['GET', '/v1/events'],
  ['GET', '/v1/usage'],
  ['POST', '/v1/resources/disable'],
  ['POST', '/v1/explain'],
  ['POST', '/v1/organizations'],
  ['GET', '/v1/organizations'],
  ['PATCH', '/v1/organizations/:id'],
  ['GET', '/v1/members'],
  ['POST', '/v1/members'],
  ['PATCH', '/v1/members/:id'],
  ['DELETE', '/v1/members/:id'],
  ['POST', '/v1/invitations'],
  ['GET', '/v1/invitations'],
  ['POST', '/v1/invitations/accept'],
  ['DELETE', '/v1/invitations/:id'],
  ['GET', '/v1/people/:id'],
  ['PATCH', '/v1/people/:id'],
  ['GET', '/v1/me/scopes'],
] as const

const INJECTIONS = [
  "' OR '1'='1",
  "'; DROP TABLE keys; --",
  '" OR 1=1 --',
  "si_sk_live_' UNION SELECT 1,2,3 --",
  '%27%20OR%201=1',
  '\\',
  '%_',
]

const NAMES = [
  'kind',
  'resource',
  'name',
  'scopes',
  'mode',
  'expires_in',
  'metadata',
  'credential',
  'scope',
  'cost',
]
const MORE = [
  'request_id',
  'requests',
  'overlap',
  'token',
  'cursor',
  'limit',
  'from',
  'to',
  'key_id',
  'type',
  'slug',
  'role',
  'email',
  'person_id',
  '__proto__',
]
const names = fc.oneof(fc.constantFrom(...NAMES, ...MORE), fc.string({ maxLength: 12 }))
const texts = fc.oneof(
  fc.constantFrom(
    'agent',
    'organizations/o1',
    'organizations/o1/agents/a1',
    'agents:read',
    'live',
    ...INJECTIONS,
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const values = fc.oneof(
  texts,
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.array(texts, { maxLength: 4 }),
)
const bodies = fc.oneof(
  fc.dictionary(names, values, { maxKeys: 6 }).map((fields) => JSON.stringify(fields)),
  fc.string({ maxLength: 200 }),
  fc.constantFrom('null', '[]', '0', '"x"', `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
)
const types = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/json; charset=utf-8',
)
const queries = fc.array(fc.tuple(names, texts), { maxLength: 4 }).map((pairs) => {
  const wellFormed = pairs.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()])
  return new URLSearchParams(wellFormed).toString()
})
const headers = fc.dictionary(
  fc.constantFrom(
    'x-api-key',
    'idempotency-key',
    'x-forwarded-for',
    'x-request-id',
    'accept',
    'x-http-method-override',
  ),
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
)

function expectCalm(answer: Answered, what: string): void {
  expect(answer.status, `${what}: ${answer.text}`).toBeLessThan(500)
  if (answer.status >= 400) expectProblem(answer, answer.status, answer.body.code)
}

describe('whatever is sent', () => {
  it('is never answered above 499, and every error is a problem', async () => {
    const site = await openSite()
    const target = await site.mint('org', 'organizations/o1')
    const cases = fc.record({
      route: fc.constantFrom(...ROUTES),
      id: fc.oneof(fc.constant(target.id), texts),
      query: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: queries }),
      body: bodies,
      type: types,
      more: headers,
    })
    await fc.assert(
      fc.asyncProperty(cases, async (sent) => {
        const [method, pattern] = sent.route
        const path = pattern.replace(':id', encodeURIComponent(sent.id.toWellFormed()))
        const answer = await site.ask({
          method,
          url: sent.query === '' ? path : `${path}?${sent.query}`,
          as: site.org.secret,
          headers: method === 'GET' ? sent.more : { ...sent.more, 'content-type': sent.type },
          ...(method === 'GET' ? {} : { body: sent.body }),
        })
        expectCalm(answer, JSON.stringify(sent))
      }),
      { numRuns: 1200 },
    )
  })

  it('is refused 401 with one body when the bearer is made of SQL, on every route', async () => {
    const site = await openSite()
    for (const route of ROUTES) {
      for (const text of INJECTIONS) await expectRefused(site, route, text)
    }
  })

  it('is refused 401 as any bearer, and only that', async () => {
    const site = await openSite()
    const bearers = fc.string({ maxLength: 80 }).map((text) => text.replaceAll(/[^\x21-\x7e]/g, ''))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), bearers, (route, bearer) =>
        expectRefused(site, route, bearer),
      ),
      { numRuns: 400 },
    )
  })
})

async function expectRefused(
  site: Site,
  route: (typeof ROUTES)[number],
  bearer: string,
): Promise<void> {
  const [method, pattern] = route
  const url = pattern.replace(':id', site.org.id)
  const answer = await site.ask({ method, url, headers: { authorization: `Bearer ${bearer}` } })
  expect(answer.status, `${method} ${url} ${bearer}: ${answer.text}`).toBe(401)
  const isWellFormed = /^[A-Za-z0-9\-._~+/]+=*$/.test(bearer)
  expectProblem(answer, 401, isWellFormed ? 'invalid_key' : 'malformed_credential')
}
