import { expect, test } from 'vitest'
import { PERSONAL } from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import type { TestServer } from '../../testing/server.ts'
import { inTurn, json, problem, serve } from '../../testing/server.ts'

rememberSecret(KEY)

const SCOPES = json(200, {
  person: { id: 'usr_1', name: 'Jane Doe' },
  organizations: [{ id: 'org_2f1c', slug: 'acme', name: 'Acme Research', role: 'owner' }],
})

async function apiWithScopes(scopes = SCOPES): Promise<TestServer> {
  return serve((asked, response) => {
    if (asked.url === '/v1/me/scopes') return scopes(asked, response)
    return json(201, { id: 'exp_1', ...(JSON.parse(asked.body) as object) })(asked, response)
  })
}

const lookUps = ({ asked }: TestServer): number =>
  asked.filter(({ url }) => url === '/v1/me/scopes').length

test('a slug is looked up on first use, once for all calls, also parallel ones', async () => {
  const server = await apiWithScopes()
  const client = chronicleOf(server, { organizationSlug: 'acme' })
  expect(server.asked).toHaveLength(0)
  const made = await Promise.all([1, 2, 3].map((n) => client.experiments.create(`${n}`)))
  await client.experiments.create('later')
  expect(made.map(({ organization_id: id }) => id)).toEqual(['org_2f1c', 'org_2f1c', 'org_2f1c'])
  expect(lookUps(server)).toBe(1)
})

test('an id needs no look-up, and a call goes before the default', async () => {
  const server = await apiWithScopes()
  const client = chronicleOf(server, { organizationId: 'org_1' })
  expect(await client.organizationFor()).toBe('org_1')
  expect(await client.organizationFor('org_2')).toBe('org_2')
  expect(lookUps(server)).toBe(0)
})

test('PERSONAL goes back to personal scope, on a call and for a client', async () => {
  const server = await apiWithScopes()
  const client = chronicleOf(server, { organizationSlug: 'acme' })
  const made = await client.experiments.create('a', { organizationId: PERSONAL })
  expect(made.organization_id).toBeNull()
  expect(await client.with({ organization: PERSONAL }).organizationFor()).toBeUndefined()
  expect(lookUps(server)).toBe(0)
})

test('with() takes another organization in place of the one before', async () => {
  const client = chronicleOf(await apiWithScopes(), { organizationSlug: 'acme' })
  expect(await client.with({ organizationId: 'org_9' }).organizationFor()).toBe('org_9')
  const personal = client.with({ organization: PERSONAL })
  expect(await personal.with({ organizationId: 'org_9' }).organizationFor()).toBe('org_9')
})

test('a slug that nobody knows is a problem of the configuration, and says which ones there are', async () => {
  const client = chronicleOf(await apiWithScopes(), { organizationSlug: 'acne' })
  await expect(client.experiments.create('a')).rejects.toMatchObject({
    name: 'ChronicleConfigError',
    code: 'unknown_organization',
    hint: 'use one of acme',
  })
})

test('a look-up that failed is made again by the next call', async () => {
  const server = await apiWithScopes(inTurn(problem(403, 'insufficient_scope'), SCOPES))
  const client = chronicleOf(server, { organizationSlug: 'acme' })
  await expect(client.organizationFor()).rejects.toMatchObject({ status: 403 })
  expect(await client.organizationFor()).toBe('org_2f1c')
})

test('id and slug in one layer are an error, in different layers the higher one counts', async () => {
  const server = await apiWithScopes()
  const both = chronicleOf(server, { organizationId: 'org_1', organizationSlug: 'acme' })
  await expect(both.organizationFor()).rejects.toMatchObject({ code: 'exclusive_settings' })
  expect(server.asked).toHaveLength(0)
  const env = { CHRONICLE_ORGANIZATION_SLUG: 'acme' }
  const host = { env, files: undefined }
  const higher = chronicleOf(server, { organizationId: 'org_1', host })
  expect(await higher.organizationFor()).toBe('org_1')
  expect(higher.explain().settings.find(({ setting }) => setting === 'organization_slug')).toEqual({
    setting: 'organization_slug',
    winner: undefined,
    shadowed: [{ value: 'acme', source: 'CHRONICLE_ORGANIZATION_SLUG', problem: undefined }],
  })
})

test('an answer without organizations is not taken for one', async () => {
  const client = chronicleOf(await apiWithScopes(json(200, {})), { organizationSlug: 'acme' })
  await expect(client.organizationFor()).rejects.toMatchObject({ code: 'not_the_api' })
})
