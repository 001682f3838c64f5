import { expect, test } from 'vitest'
import { checkRequestIds } from '../../tools/run/check-request-ids.ts'
import { startApp } from './testing/start-app.ts'

const PROBLEM = 'application/problem+json'

test('every request needs a credential in Authorization', async () => {
  const { url } = await startApp()
  const run = '/experiments/exp_1/variations/1/runs/1'
  const requests = [
    'POST /api-keys',
    'GET /api-keys',
    'DELETE /api-keys/key_1',
    'GET /v1/me/scopes',
    'POST /experiments',
    'GET /experiments/exp_1',
    'POST /experiments/exp_1/variations/1/runs',
    `GET ${run}`,
    `POST ${run}/provision`,
    `POST ${run}/metrics`,
    `POST ${run}/finish`,
    'GET /datasets',
    'POST /datasets/dat_1/assets/a.csv',
  ]
  for (const request of requests) {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(url + path, { method })
    expect.soft(answer.status, request).toBe(401)
    expect.soft(answer.headers.get('www-authenticate'), request).toBe('Bearer realm="methodic"')
    expect.soft(answer.headers.get('content-type'), request).toMatch(PROBLEM)
  }
})

test('M5: /v1/me/scopes names the person and their organizations by id and slug', async () => {
  const { call, acme } = await startApp()
  const answer = await call('GET /v1/me/scopes')
  expect(answer.body).toMatchObject({
    person: { name: 'Jane Doe' },
    organizations: [{ id: acme, slug: 'acme', name: 'Acme Research', role: 'owner' }],
  })
})

test('M5: experiments and datasets live in an organization or in the personal space', async () => {
  const { call, acme } = await startApp()
  for (const noun of ['experiments', 'datasets']) {
    const shared = await call(`POST /${noun}`, { body: { name: 'Ours', organization_id: acme } })
    expect(shared).toMatchObject({ status: 201, body: { organization_id: acme } })
    const body = { name: 'Mine', organization_id: null }
    const personal = await call(`POST /${noun}`, { body })
    expect(personal).toMatchObject({ status: 201, body: { organization_id: null } })
    const namesOf = async (query: string) =>
      ((await call(`GET /${noun}${query}`)).body['data'] as { name: string }[]).map(
        ({ name }) => name,
      )
    expect(await namesOf('')).toEqual(['Ours', 'Mine'])
    expect(await namesOf(`?organization_id=${acme}`)).toEqual(['Ours'])
    expect(await namesOf('?organization_id=org_other')).toEqual([])
  }
})

test('a page ends where it was asked to, and says where to go on', async () => {
  const { call } = await startApp()
  for (const name of ['a', 'b', 'c']) await call('POST /experiments', { body: { name } })
  const first = await call('GET /experiments?limit=2')
  expect(first.body).toMatchObject({ data: [{ name: 'a' }, { name: 'b' }] })
  const second = await call(`GET /experiments?limit=2&cursor=${String(first.body['next_cursor'])}`)
  expect(second.body).toMatchObject({ data: [{ name: 'c' }], next_cursor: null })
})

test('what is of others is answered like what is not there; what a role lacks is refused', async () => {
  const { call, acme, addPerson } = await startApp()
  const viewer = await addPerson('vera', 'viewer')
  const stranger = await addPerson('sam')
  const { id } = await call('POST /experiments', { body: { name: 'Ours', organization_id: acme } })
  const mine = await call('POST /experiments', { body: { name: 'Mine' } })
  const see = (key: string, experiment: string) => call(`GET /experiments/${experiment}`, { key })

  expect((await see(viewer.key, id)).status).toBe(200)
  const hidden = await see(stranger.key, id)
  const absent = await see(stranger.key, 'exp_0')
  expect([hidden.status, absent.status]).toEqual([404, 404])
  expect({ ...hidden.body, request_id: '' }).toEqual({ ...absent.body, request_id: '' })
  expect((await see(viewer.key, mine.id)).status).toBe(404)

  const lacking = await call(`POST /experiments/${id}/variations`, { key: viewer.key, body: {} })
  expect(lacking).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } })
  const body = { name: 'Theirs', organization_id: acme }
  const refused = await call('POST /experiments', { key: viewer.key, body })
  expect(refused).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } })
  const outside = await call('POST /experiments', { key: stranger.key, body })
  expect(outside).toMatchObject({ status: 404, body: { code: 'organization_not_found' } })
  // In their own space a viewer is the owner.
  expect((await call('POST /experiments', { key: viewer.key, body: { name: 'x' } })).status).toBe(
    201,
  )
})

test('a lost role is felt at once', async () => {
  const { call, acme, addPerson, authority } = await startApp()
  const rita = await addPerson('rita', 'researcher')
  const { id } = await call('POST /experiments', { body: { name: 'Ours', organization_id: acme } })
  expect((await call(`GET /experiments/${id}`, { key: rita.key })).status).toBe(200)
  await authority.members.remove({ personId: rita.id, resource: `organizations/${acme}` })
  expect((await call(`GET /experiments/${id}`, { key: rita.key })).status).toBe(404)
})

test('M13: variations and runs are counted, and a run shows its metrics and its outcome', async () => {
  const { call, addRun } = await startApp()
  const path = await addRun()
  expect(path).toMatch(/^\/experiments\/exp_\w+\/variations\/1\/runs\/1$/)
  const runs = path.slice(0, -2)
  expect((await call(`POST ${runs}`, { body: {} })).body).toMatchObject({ variation: 1, run: 2 })
  const variation = await call(`GET ${runs.slice(0, -5)}`)
  expect(variation.body).toMatchObject({ variation: 1, parameters: {} })

  const metric = { name: 'loss', step: 1, value: 0.5 }
  expect((await call(`POST ${path}/metrics`, { body: metric })).status).toBe(204)
  await call(`POST ${path}/metrics`, { body: { ...metric, value: 0.25 } })
  expect((await call(`GET ${path}`)).body).toMatchObject({
    status: 'created',
    metrics: [{ ...metric, value: 0.25 }],
  })
  const finished = await call(`POST ${path}/finish`, { body: { outcome: 'failed' } })
  expect(finished.body).toMatchObject({ status: 'finished', outcome: 'failed' })
  // Again changes nothing; and it takes no metrics any more.
  const again = await call(`POST ${path}/finish`, { body: { outcome: 'succeeded' } })
  expect(again.body).toMatchObject({ outcome: 'failed' })
  const late = await call(`POST ${path}/metrics`, { body: metric })
  expect(late).toMatchObject({ status: 409, body: { code: 'already_ended' } })
})

test('a path that names no run is answered 404', async () => {
  const { call, addRun } = await startApp()
  const experiment = (await addRun()).split('/variations')[0] ?? ''
  for (const tail of ['0/runs/1', '01/runs/1', '1e0/runs/1', '1/runs/-', '1/runs/2', '2/runs/1']) {
    expect.soft((await call(`GET ${experiment}/variations/${tail}`)).status, tail).toBe(404)
  }
})

test('every request has an id unlike any other, in x-request-id and where it is refused', async () => {
  const { url } = await startApp()
  await checkRequestIds(url, [
    '/v1/me/scopes',
    '/v1/me/scopes',
    '/datasets',
    '/datasets',
    '/nothing',
  ])
})
