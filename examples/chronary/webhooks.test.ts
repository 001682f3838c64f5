import { createHmac } from 'node:crypto'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Receiver } from '../../tools/run/receiver.ts'
import { startReceiver } from '../../tools/run/receiver.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

let app: StartedApp
let receiver: Receiver

beforeEach(async () => {
  app = await startApp(new TestClock())
  receiver = await startReceiver()
})

afterEach(() => receiver.close())

describe('webhooks of an organization', () => {
  test('are told, signed, of agents and events that were created', async () => {
    const made = await app.call('POST /v1/webhooks', { body: { url: `${receiver.url}/hook` } })
    expect(made).toMatchObject({
      status: 201,
      body: { events: ['agent.created', 'event.created'] },
    })
    const agent = await app.call('POST /v1/agents', { body: { name: 'Ada' } })

    const { path, headers, text } = await receiver.next()
    expect(path).toBe('/hook')
    expect(JSON.parse(text)).toMatchObject({ type: 'agent.created', data: agent.body })
    const [, at, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['chronary-signature'])) ?? []
    const expected = createHmac('sha256', String(made.body['secret'])).update(`${at}.${text}`)
    expect(signature).toBe(expected.digest('hex'))
    expect(JSON.stringify(headers)).not.toContain('chr_')

    const below = `/v1/agents/${agent.id}`
    const calendar = await app.call(`POST ${below}/calendars`, { body: { name: 'Work' } })
    await app.call(`POST ${below}/events`, {
      body: {
        calendar_id: calendar.id,
        title: 'Lunch',
        start: '2026-11-21T12:00:00Z',
        end: '2026-11-21T13:00:00Z',
      },
    })
    expect(JSON.parse((await receiver.next()).text)).toMatchObject({ type: 'event.created' })

    const listed = await app.call('GET /v1/webhooks')
    expect(listed.body).toMatchObject({ data: [{ last_delivery: { status: 204 } }] })
    expect(listed.text).not.toContain(made.body['secret'])
    expect((await app.call(`DELETE /v1/webhooks/${made.id}`)).status).toBe(204)
    await app.call('POST /v1/agents', { body: { name: 'Ben' } })
    await app.close()
    expect(receiver.received).toHaveLength(2)
  })

  test('are not followed when they point elsewhere, and one that is down harms nothing', async () => {
    const moved = await startReceiver({ status: 302, headers: { location: receiver.url } })
    const gone = await startReceiver()
    await gone.close()
    for (const { url } of [moved, gone]) {
      expect((await app.call('POST /v1/webhooks', { body: { url } })).status).toBe(201)
    }
    expect((await app.call('POST /v1/agents', { body: { name: 'Ada' } })).status).toBe(201)
    await moved.next()
    await app.close()
    await moved.close()
    expect(receiver.received).toEqual([])
  })
})
