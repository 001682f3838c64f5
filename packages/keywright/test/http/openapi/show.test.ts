// Every documented route is called, and every answer must be documented: its status by name, its body by schema.

import { describe, expect, it } from 'vitest'
import type { Answered, Sent, Site } from '../open-site.ts'
import { openSite } from '../open-site.ts'
import { good } from '../../people/lab.ts'
import { codeIn } from '../../pickup/sent.ts'
import { principalOf } from '../../world/open-world.ts'
import { rememberSecret } from '../../../../../tools/canary/registry.ts'
import type { JsonSchema } from './mismatch.ts'
import { mismatch } from './mismatch.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
  >
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

async function documentOf({ ask }: Site): Promise<Document> {
  return (await ask({ url: '/openapi.json' })).body as Document
}

/** A request of each route that is answered with success. */
async function successes(site: Site): Promise<Record<string, Sent>> {
  const { org, verifier, mint } = site
  const agent = await mint('agent', 'organizations/o1/agents/a1')
  const as = org.secret
  const credential = org.secret
  const resource = 'organizations/o1/agents/a9'
  const people = await peopleSuccesses(site)
  const pickups = await pickupSuccesses(site)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    'post /v1/verify': { url: '/v1/verify', as: verifier.secret, body: { credential } },
    'get /v1/forward-auth': { url: '/v1/forward-auth', as },
    'post /v1/keys': { url: '/v1/keys', as, body: { kind: 'agent', resource } },
    'get /v1/keys': { url: '/v1/keys', as },
    'get /v1/keys/{id}': { url: `/v1/keys/${agent.id}`, as },
    'patch /v1/keys/{id}': { url: `/v1/keys/${agent.id}`, as, body: { name: 'x' } },
    'post /v1/keys/{id}/rotate': { url: `/v1/keys/${agent.id}/rotate`, as },
    'post /v1/explain': { url: '/v1/explain', as, body: { key_id: agent.id } },
    'delete /v1/keys/{id}': { url: `/v1/keys/${agent.id}`, as },
    'post /v1/verify/batch': { url: '/v1/verify/batch', as, body: { requests: [{ credential }] } },
    'get /v1/me': { url: '/v1/me', as },
    ...people,
    ...pickups,
    'get /v1/events': { url: '/v1/events', as },
    'get /v1/usage': { url: '/v1/usage', as },
    'post /v1/resources/disable': { url: '/v1/resources/disable', as, body: { resource } },
    'post /v1/resources/enable': { url: '/v1/resources/enable', as, body: { resource } },
    'post /v1/resources/end': { url: '/v1/resources/end', as, body: { resource } },
    'get /healthz': { url: '/healthz' },
    'get /readyz': { url: '/readyz' },
    'get /metrics': { url: '/metrics' },
    'get /openapi.json': { url: '/openapi.json' },
    'post /oauth/introspect': {
      url: '/oauth/introspect',
      as,
      headers: form,
      body: `token=${credential}`,
    },
  }
}

/** The same of the routes about pick-ups. */
async function pickupSuccesses({ authority, org }: Site): Promise<Record<string, Sent>> {
  const as = org.secret
  const resource = 'organizations/o1'
  const desk = authority.as(await principalOf({ authority }, as))
  const { pickup } = await good(desk.pickups.create('verifier', { resource }))
  const code = await codeIn(authority.pickups.create('org', { resource }))
  const body = { kind: 'verifier', resource }
  return {
    'post /v1/pickups': { url: '/v1/pickups', as, body },
    'get /v1/pickups': { url: '/v1/pickups', as },
    'delete /v1/pickups/{id}': { url: `/v1/pickups/${pickup.id}`, as },
    'post /v1/pickups/redeem': { url: '/v1/pickups/redeem', body: { pickup_code: code } },
  }
}

/** The same of the routes about people. */
async function peopleSuccesses({ join, authority }: Site): Promise<Record<string, Sent>> {
  const place = 'organizations/o1'
  const ann = await join('ann', { [place]: 'owner' })
  const [bob, cyd] = [await join('bob'), await join('cyd', { [place]: 'viewer' })]
  const as = ann.secret
  const { organizations, invitations } = authority
  const request = { slug: 's', name: 's', ownerId: ann.person.id }
  const { id } = (await good(organizations.create(request))).organization
  const offers = []
  for (const email of ['bob@site.example', 'x@site.example']) {
    const made = invitations.create({ resource: place, role: 'viewer', email })
    const { invitation, token } = await good(made)
    rememberSecret(token)
    offers.push({ id: invitation.id, token })
  }
  const [toBob, toNobody] = offers
  const offer = { resource: place, role: 'viewer', email: 'y@site.example' }
  const granted = { person_id: ann.person.id, resource: `${place}/agents/a1`, role: 'viewer' }
  const member = `/v1/members/${cyd.person.id}`
  const person = `/v1/people/${ann.person.id}`
  return {
    'post /v1/organizations': { url: '/v1/organizations', as, body: { slug: 't', name: 't' } },
    'get /v1/organizations': { url: '/v1/organizations', as },
    'get /v1/organizations/{id}': { url: `/v1/organizations/${id}`, as },
    'patch /v1/organizations/{id}': { url: `/v1/organizations/${id}`, as, body: { slug: 'u' } },
    'get /v1/members': { url: `/v1/members?resource=${place}`, as },
    'post /v1/members': { url: '/v1/members', as, body: granted },
    'patch /v1/members/{person_id}': { url: member, as, body: { resource: place, role: 'admin' } },
    'delete /v1/members/{person_id}': { url: `${member}?resource=${place}`, as },
    'post /v1/invitations': { url: '/v1/invitations', as, body: offer },
    'get /v1/invitations': { url: `/v1/invitations?resource=${place}`, as },
    'post /v1/invitations/accept': {
      url: '/v1/invitations/accept',
      as: bob.secret,
      body: { token: toBob?.token },
    },
    'delete /v1/invitations/{id}': { url: `/v1/invitations/${toNobody?.id}`, as },
    'get /v1/people/{id}': { url: person, as },
    'patch /v1/people/{id}': { url: person, as, body: { name: 'Ann' } },
    'get /v1/me/scopes': { url: '/v1/me/scopes', as },
  }
}

/** Ways to get a refusal out of any route. */
const REFUSED: readonly ((sent: Sent) => Sent)[] = [
  ({ as: _as, ...sent }) => sent,
  (sent) => ({ ...sent, as: 'nonsense' }),
  (sent) => ({ ...sent, headers: { ...sent.headers, 'x-api-key': 'another' } }),
  (sent) => ({ ...sent, url: `${sent.url}?what=1` }),
  (sent) => ({ ...sent, body: 'x', headers: { 'content-type': 'image/png' } }),
  (sent) => ({ ...sent, body: '{', headers: { 'content-type': 'application/json' } }),
  (sent) => ({ ...sent, body: { what: 1 } }),
  (sent) => ({ ...sent, body: { what: 'x'.repeat(70_000) } }),
]

function contentTypeOf({ headers }: Answered): string {
  const type = headers['content-type']
  return typeof type === 'string' ? (type.split(';')[0] as string) : 'text/plain'
}

function expectDocumented(document: Document, name: string, answer: Answered): void {
  const [method = '', path = ''] = name.split(' ')
  const response = document.paths[path]?.[method]?.responses[String(answer.status)]
  expect(response, `${name} answered ${answer.status}`).toBeDefined()
  const type = contentTypeOf(answer)
  const content = response?.content?.[type]
  expect(content, `${name} answered ${answer.status} as ${type}`).toBeDefined()
  if (answer.body === undefined) return
  const wrong = mismatch(content?.schema ?? {}, answer.body, document.components.schemas)
  expect(wrong, `${name} ${answer.status}: ${answer.text.slice(0, 200)}`).toBeUndefined()
}

describe('GET /openapi.json', () => {
  it('200 is OpenAPI 3.1 and documents exactly the routes that are called here', async () => {
    const site = await openSite()
    const document = await documentOf(site)
    expect(document.openapi).toBe('3.1.0')
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect(documented.toSorted()).toEqual(Object.keys(await successes(site)).toSorted())
  })

  it('documents the success of every route, by status and schema', async () => {
    const site = await openSite()
    const document = await documentOf(site)
    for (const [name, sent] of Object.entries(await successes(site))) {
      const method = name.split(' ')[0]?.toUpperCase() as string
      const answer = await site.ask({ ...sent, method })
      expect(answer.status, `${name}: ${answer.text.slice(0, 200)}`).toBeLessThan(300)
      expectDocumented(document, name, answer)
    }
  })

  it('documents every refusal, by status and schema', async () => {
    const site = await openSite()
    const document = await documentOf(site)
    for (const [name, sent] of Object.entries(await successes(site))) {
      const method = name.split(' ')[0]?.toUpperCase() as string
      for (const spoil of REFUSED) {
        const spoilt = spoil(sent)
        const { body, ...bodiless } = spoilt
        const isBodiless = method === 'GET'
        expectDocumented(
          document,
          name,
          await site.ask({ ...(isBodiless ? bodiless : { ...bodiless, body }), method }),
        )
      }
    }
  })
})
