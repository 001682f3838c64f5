import { TestClock } from '@keywright/core/testing'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

let clock: TestClock
let app: StartedApp

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

/** The official client with a key; time goes on with each of its requests. */
async function connect(key: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers = { authorization: `Bearer ${key}` }
  const transport = new StreamableHTTPClientTransport(new URL(`${app.url}/mcp`), {
    requestInit: { headers },
    fetch: (url, init) => {
      clock.advance(100)
      return fetch(url, init)
    },
  })
  await client.connect(transport)
  return client
}

async function callTool(client: Client, name: string, given: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: given })
  const [first] = result.content as { type: string; text: string }[]
  return { isError: result.isError === true, text: first?.text ?? '' }
}

/** A message as any program may send it. */
function send(
  key: string | undefined,
  {
    headers = {},
    ...init
  }: { headers?: Record<string, string>; method?: string; body?: string | null } = {},
) {
  return fetch(`${app.url}/mcp`, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    ...init,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
  })
}

describe('C1: MCP', () => {
  test('C1: serves an org key and an agent key, each what it reaches', async () => {
    const ada = await app.addAgent('Ada')
    const ben = await app.addAgent('Ben')
    const org = await connect(app.orgKey)
    const { tools } = await org.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['list_agents', 'get_availability'])
    expect(JSON.parse((await callTool(org, 'list_agents')).text)).toMatchObject({
      agents: [{ id: ada.id }, { id: ben.id }],
    })
    const free = await callTool(org, 'get_availability', { agent_id: ben.id })
    expect(JSON.parse(free.text)).toMatchObject({ agent_id: ben.id, busy: [] })
    const absent = await callTool(org, 'get_availability', { agent_id: 'agt_none' })
    expect(absent).toEqual({ isError: true, text: 'There is no such agent.' })
    await org.close()

    const agent = await connect(ada.key)
    expect(JSON.parse((await callTool(agent, 'list_agents')).text)).toMatchObject({
      agents: [{ id: ada.id }],
    })
    const own = { agent_id: ada.id, from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' }
    expect(JSON.parse((await callTool(agent, 'get_availability', own)).text)).toMatchObject({
      free: [{ start: own.from, end: own.to }],
    })
    await expect(
      agent.callTool({ name: 'get_availability', arguments: { agent_id: ben.id } }),
    ).rejects.toMatchObject({ code: 403 })
    await agent.close()
  })

  test('C1: needs a key, and a good one, in every request', async () => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const init = method === 'GET' ? { method, body: null } : { method }
      const answer = await send(undefined, init)
      expect.soft(answer.status, method).toBe(401)
      expect.soft(await answer.json(), method).toMatchObject({ code: 'missing_credential' })
    }
    await expect(connect('chr_sk_a1b2c3d4e5f6')).rejects.toThrow()
    const { key, keyId } = await app.addAgent('Ada')
    const client = await connect(key)
    await app.call(`DELETE /v1/keys/${keyId}`)
    await expect(callTool(client, 'list_agents')).rejects.toMatchObject({ code: 401 })
    await client.close()
  })

  test('C1: counts against the same limits, with the same two 429s', async () => {
    const client = await connect(app.orgKey)
    clock.advance(2_000)
    for (let count = 0; count < 10; count += 1) await app.rush('GET /v1/agents')
    const limited = await send(app.orgKey)
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toBe('1')
    expect(await limited.json()).toMatchObject({ code: 'rate_limited' })

    clock.advance(2_000)
    const { remaining } = (await app.rush('GET /v1/usage')).body
    await app.authority.verify({ credential: app.orgKey, cost: Number(remaining) })
    expect(await (await send(app.orgKey)).json()).toMatchObject({ code: 'quota_exhausted' })
    await expect(callTool(client, 'list_agents')).rejects.toMatchObject({ code: 429 })
    await client.close()
  })

  test('C1: runs one call of a tool for what one request is charged', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
    const call = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'list_agents' } }
    const many = await send(app.orgKey, {
      body: JSON.stringify([
        { ...call, id: 1 },
        { ...call, id: 2 },
      ]),
    })
    expect(many.status).toBe(422)
    clock.advance(100)
    const one = await send(app.orgKey, { body: JSON.stringify([list, { ...call, id: 2 }]) })
    expect(one.status).toBe(200)
  })

  test('C1: refuses calls hidden among other messages, and odd arguments', async () => {
    const ada = await app.addAgent('Ada')
    const ben = await app.addAgent('Ben')
    const call = (agent_id: unknown) => ({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_availability', arguments: { agent_id } },
    })
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' }
    const hidden = await send(ada.key, { body: JSON.stringify([list, call(ben.id)]) })
    expect(hidden.status).toBe(403)
    for (const odd of [[ben.id], { id: ben.id }, '-', `${ada.id}/../${ben.id}`, 7]) {
      clock.advance(100)
      const answer = await send(ada.key, { body: JSON.stringify(call(odd)) })
      expect.soft(await answer.text(), JSON.stringify(odd)).not.toContain('"free')
    }
  })

  test('C1: answers no page of another origin, and only POST', async () => {
    const foreign = await send(app.orgKey, { headers: { origin: 'https://evil.test' } })
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('content-type')).toBe('application/problem+json')
    expect((await send(app.orgKey, { headers: { origin: app.url } })).status).toBe(200)
    const followed = await app.call('GET /mcp')
    expect(followed).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(followed.headers.get('allow')).toBe('POST')
  })
})
