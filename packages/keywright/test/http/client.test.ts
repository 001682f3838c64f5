// A product's client and the real server, which have to agree on the wire: scopes, pages, problems, idempotency.

import { clientFor, defineBrand, PermissionDeniedError, Secret } from '@keywright/client'
import { expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import type { Site } from './open-site.ts'
import { openSite } from './open-site.ts'

const brand = defineBrand({
  id: 'site',
  client: 'SiteClient',
  env: 'SITE',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://site.example' },
    organization_id: { type: 'text' },
    organization_slug: { type: 'text' },
  },
  organization: { id: 'organization_id', slug: 'organization_slug' },
})

class SiteClient extends clientFor(brand) {
  readonly keys = {
    list: (limit: number) => this.pages<{ id: string }>('GET /v1/keys', { query: { limit } }),
    create: (body: object) =>
      this.call<{ id: string; key: string }>('POST /v1/keys', { body }).map(({ id, key }) => ({
        id,
        key: new Secret(key),
      })),
  }
}

/** A `fetch` that asks the server without a network in between. */
function fetchOf(site: Site): typeof fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    const { status, headers, text } = await site.ask({
      method: init?.method ?? 'GET',
      url: pathname + search,
      headers: Object.fromEntries(new Headers(init?.headers)),
      ...(typeof init?.body === 'string' && { body: JSON.parse(init.body) as unknown }),
    })
    const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
    return new Response(status === 204 ? null : text, {
      status,
      headers: pairs.map(([name, value]) => [name, value]),
    })
  }
}

test("a slug of the client is the organization's id at the server", async () => {
  const site = await openSite()
  const ann = await site.join('ann')
  const { organization } = await good(
    site.authority.organizations.create({ slug: 'acme', name: 'Acme', ownerId: ann.person.id }),
  )
  const options = { apiKey: ann.secret, organizationSlug: 'acme', fetch: fetchOf(site) }
  expect(await SiteClient.fromEnv(options).organizationFor()).toBe(organization.id)

  const client = SiteClient.fromEnv(options)
  const resource = `organizations/${organization.id}`
  await expect(client.keys.create({ kind: 'org', resource })).rejects.toBeInstanceOf(
    PermissionDeniedError,
  )
  await expect(
    client.call('GET /v1/keys/{id}', { params: { id: 'key_no' } }),
  ).rejects.toMatchObject({
    name: 'NotFoundError',
    code: 'key_not_found',
    requestId: expect.any(String) as string,
  })
})

test('the client mints keys and goes through the pages of them', async () => {
  const site = await openSite()
  const client = SiteClient.fromEnv({ apiKey: site.org.secret, fetch: fetchOf(site) })
  const resource = `${site.org.key.resource}/agents/a1`
  const made: string[] = []
  for (let count = 0; count < 3; count += 1) {
    const { id, key } = await client.keys.create({ kind: 'agent', resource })
    rememberSecret(key.reveal())
    made.push(id)
  }
  const listed: string[] = []
  for await (const { id } of client.keys.list(2)) listed.push(id)
  expect(listed).toEqual(expect.arrayContaining(made))
})
