import {
  createdPickupSchema,
  createPickupReplaySchema,
  mintedSchema,
  pickupPageSchema,
  pickupSchema,
} from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Sent } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'
import { verdict } from '../../world/open-world.ts'

const url = '/v1/pickups'
const resource = 'organizations/o1'
const agent = { kind: 'agent', resource: `${resource}/agents/a1` }

async function openSent(more: object = {}) {
  const site = await openSite()
  const { ask, org } = site
  const send = (body: object = {}, headers: Sent['headers'] = {}) =>
    ask({ method: 'POST', url, as: org.secret, headers, body: { ...agent, ...more, ...body } })
  const redeem = (code: string, sent: Partial<Sent> & { readonly name?: string } = {}) => {
    const { name, ...how } = sent
    const body = { pickup_code: code, ...(name === undefined ? {} : { device_name: name }) }
    return ask({ method: 'POST', url: `${url}/redeem`, body, ...how })
  }
  return { ...site, send, redeem }
}

describe('POST /v1/pickups and /v1/pickups/redeem', () => {
  it('201 shows the code once, and 201 the key once, to a machine without any credential', async () => {
    const { ask, org, send, redeem, lines, authority } = await openSent({ name: 'gpubox' })
    const made = await send({ pickup_expires_in: 60, expires_in: 3600 })
    expect(made.status).toBe(201)
    const { pickup_code: code, ...pickup } = createdPickupSchema.parse(made.body)
    expect(pickup).toMatchObject({
      ...agent,
      name: 'gpubox',
      mode: 'live',
      created_by: org.id,
      created_at: '2026-11-21T05:00:00Z',
      expires_at: '2026-11-21T05:01:00Z',
      key_id: null,
    })
    const listed = await ask({ url, as: org.secret })
    expect(pickupPageSchema.parse(listed.body).data).toEqual([pickup])
    expect(listed.text).not.toContain(code)

    const got = await redeem(code.toLowerCase(), { name: 'root@gpubox' })
    expect(got.status).toBe(201)
    const key = mintedSchema.parse(got.body)
    expect(key).toMatchObject({ ...agent, name: 'gpubox', parent_id: org.id })
    expect(key.expires_at).toBe('2026-11-21T06:00:00Z')
    expect(await verdict({ authority }, key.key, { scope: 'agents:read' })).toBe('allowed')
    expect((await ask({ url, as: org.secret })).body.data).toEqual([])
    for (const line of lines) expect(line).not.toContain(code)
    const { body } = await ask({ url: `/v1/events?key_id=${key.id}`, as: org.secret })
    const types = body.data.map(({ type }: { type: string }) => type)
    expect(types).toEqual(['key.minted', 'pickup.redeemed'])
  })

  it('200 repeats the pick-up without its code for the same Idempotency-Key', async () => {
    const { send } = await openSent()
    const headers = { 'idempotency-key': 'k-1' }
    const [first, second] = [await send({}, headers), await send({}, headers)]
    expect([first.status, second.status]).toEqual([201, 200])
    const replay = createPickupReplaySchema.parse(second.body)
    expect(replay).toMatchObject({ id: first.body.id, replayed: true })
    expect(second.headers['idempotency-replayed']).toBe('true')
  })

  it('403, 409 and 422 are those of minting the key', async () => {
    const { ask, send, mint } = await openSent()
    const child = (await mint('agent', agent.resource)).secret
    const asked = { method: 'POST', url, as: child, body: agent }
    expectProblem(await ask(asked), 403, 'insufficient_scope')
    expectProblem(await ask({ ...asked, as: 'si_sk_live_nothing' }), 401, 'invalid_key')
    const elsewhere = 'organizations/o2/agents/a1'
    expectProblem(await send({ resource: elsewhere }), 403, 'exceeds_parent')
    await mint('single', resource)
    expectProblem(await send({ kind: 'single', resource }), 409, 'key_exists')
    expectProblem(await send({ scopes: ['agents:burn'] }), 422, 'unknown_scope')
    for (const seconds of [0, 3601]) {
      expectProblem(await send({ pickup_expires_in: seconds }), 422, 'invalid_lifetime')
    }
    expectProblem(await send({ pickup_code: 'BCDF-GHJK-LMNP-QRST' }), 422, 'invalid_request')
  })

  it('404 is one answer for every code that gets nothing, and a code that comes again ends its key', async () => {
    const { world, send, redeem, authority } = await openSent({ pickup_expires_in: 60 })
    const [used, over] = [(await send()).body.pickup_code, (await send()).body.pickup_code]
    const { key } = (await redeem(used)).body
    world.clock.advance(60_000)
    const answers = []
    for (const code of ['', 'nothing', 'BCDF-GHJK-LMNP-QRST', over, used]) {
      const answer = await redeem(code)
      expectProblem(answer, 404, 'pickup_not_found')
      answers.push({ ...answer.body, request_id: '' })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await verdict({ authority }, key)).toBe('key_revoked')
  })

  it('409 tells the machine, and the events tell the sender, why the key cannot be made any more', async () => {
    const { ask, org, send, redeem, authority } = await openSent()
    const { pickup_code: code } = (await send()).body
    await authority.resources.end(agent.resource)
    const answer = await redeem(code)
    expectProblem(answer, 409, 'pickup_ended')
    expect(answer.body.detail).toContain('has ended')
    const { body } = await ask({ url: '/v1/events?type=pickup.refused', as: org.secret })
    expect(body.data).toMatchObject([{ actor: org.id, data: { code: 'already_ended' } }])
  })

  it('429 with Retry-After after ten wrong codes of a network; other networks go on', async () => {
    const { world, send, redeem } = await openSent()
    const from = '192.0.2.9'
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await redeem('BCDF-GHJK-LMNP-QRST', { from })).status).toBe(404)
    }
    const { pickup_code: code } = (await send()).body
    const slowed = await redeem(code, { from })
    expectProblem(slowed, 429, 'rate_limited')
    const seconds = Number(slowed.headers['retry-after'])
    expect(seconds).toBeGreaterThan(0)
    expect((await redeem(code, { from: '192.0.2.10' })).status).toBe(201)
    world.clock.advance(seconds * 1000)
    const { pickup_code: next } = (await send()).body
    expect((await redeem(next, { from })).status).toBe(201)
  })

  it('422 refuses a code in the URL and anything but a code and a name', async () => {
    const { ask, send, redeem } = await openSent()
    const { pickup_code: code } = (await send()).body
    const inUrl = `${url}/redeem?pickup_code=${code}`
    expectProblem(await ask({ method: 'POST', url: inUrl, body: {} }), 422, 'invalid_request')
    const more = { pickup_code: code, scopes: ['*'] }
    const asked = { method: 'POST', url: `${url}/redeem`, body: more }
    expectProblem(await ask(asked), 422, 'invalid_request')
    expect((await redeem(code)).status).toBe(201)
  })
})

describe('DELETE /v1/pickups/{id}', () => {
  it('200 takes back what waits; 404 for others, 409 when it was picked up', async () => {
    const { ask, org, other, send, redeem } = await openSent()
    const remove = (id: string, as = org.secret) =>
      ask({ method: 'DELETE', url: `${url}/${id}`, as })
    const [back, used] = [(await send()).body, (await send()).body]
    const theirs = await remove(back.id, other.secret)
    expectProblem(theirs, 404, 'pickup_not_found')
    const absent = await remove('pku_00000000000000000000', other.secret)
    expect({ ...theirs.body, request_id: '' }).toEqual({ ...absent.body, request_id: '' })
    expect(pickupSchema.parse((await remove(back.id)).body).revoked_at).not.toBeNull()
    expectProblem(await redeem(back.pickup_code), 404, 'pickup_not_found')
    await redeem(used.pickup_code)
    expectProblem(await remove(used.id), 409, 'pickup_ended')
  })

  it('200 lists page by page, newest first', async () => {
    const { ask, org, send, world } = await openSent()
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1) {
      world.clock.advance(1)
      ids.unshift((await send()).body.id)
    }
    const page = async (cursor = '') =>
      (await ask({ url: `${url}?limit=2${cursor}`, as: org.secret })).body
    const first = await page()
    const second = await page(`&cursor=${first.next_cursor}`)
    const rows = [...first.data, ...second.data]
    expect([rows.map(({ id }: { id: string }) => id), second.next_cursor]).toEqual([ids, null])
  })
})
