// MCP (streamable HTTP, stateless): one server and one transport for each request, behind the same guard as the API.
// What a tool call may touch is asked before the SDK sees the message, so that a refusal has its HTTP status; the SDK
// then runs the very body that was looked at.

import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf } from '../caller.ts'
import { showAgent } from './agents.ts'
import { availabilityOf } from './availability.ts'
import { NO_AGENT } from './of-agent.ts'
import { instantField, NO_RANGE, rangeOf } from './range.ts'

// Reads no more than it must: whatever the SDK would take for a call of a tool is one here.
const toolCall = z.object({
  method: z.literal('tools/call'),
  params: z.object({ name: z.string(), arguments: z.unknown() }),
})
const anyCall = z.object({ method: z.literal('tools/call') })
const onAgent = z.object({ agent_id: z.string() })

const SCOPES = { list_agents: 'agents:read', get_availability: 'availability:read' } as const

export function mcpRoutes(api: Api): void {
  const { app, guard } = api
  const onRequest = [refuseForeignOrigin, guard()]

  app.post('/mcp', { onRequest }, async (request, reply) => {
    const principal = guard.principal(request)
    const refusal = refusalOf(api, principal, request.body)
    if (refusal !== undefined) return guard.refuse(request, reply, refusal)
    const server = makeServer(api, principal)
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    reply.raw.once('close', () => void server.close())
    await server.connect(transport)
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    return transport.handleRequest(request.raw, reply.raw, request.body)
  })

  // Without sessions there is no stream to follow and nothing to end.
  app.route({
    method: ['GET', 'DELETE'],
    url: '/mcp',
    onRequest,
    handler: (request, reply) => guard.refuse(request, reply.header('allow', 'POST'), ONLY_POST),
  })
}

const ONLY_POST = { code: 'method_not_allowed', detail: 'Messages are sent by POST.' } as const

const ONE_CALL = {
  code: 'invalid_request',
  detail: 'A request is charged once, so it calls one tool. Send the others by themselves.',
} as const

/** The first tool call that this caller may not make. A body may hold several messages. */
function refusalOf({ authority }: Api, principal: Principal, body: unknown) {
  for (const message of [body].flat()) {
    const call = toolCall.safeParse(message)
    if (!call.success) continue
    const { name, arguments: given } = call.data.params
    if (name !== 'list_agents' && name !== 'get_availability') continue
    const agent = onAgent.safeParse(given).data?.agent_id
    const ask = {
      scope: SCOPES[name],
      ...(agent === undefined ? {} : { resource: `organizations/-/agents/${agent}` }),
    }
    const refusal = authority.permits(principal, ask)
    if (refusal !== undefined) return refusal
  }
  const calls = [body].flat().filter((message) => anyCall.safeParse(message).success)
  return calls.length > 1 ? ONE_CALL : undefined
}

function makeServer({ data, now }: Api, principal: Principal): McpServer {
  const { organization, agent } = callerOf(principal)
  const server = new McpServer({ name: 'chronary', version: '1.0.0' })
  server.registerTool('list_agents', { description: 'The agents this key reaches.' }, () =>
    answer({ agents: data.agents.list(organization, agent).map(showAgent) }),
  )
  server.registerTool(
    'get_availability',
    {
      description: 'When an agent is busy and free; by default in the next seven days.',
      inputSchema: {
        agent_id: z.string().regex(/^agt_[0-9a-z]+$/),
        from: z.string().optional(),
        to: z.string().optional(),
      },
    },
    ({ agent_id, from, to }) => {
      if (data.agents.find(organization, agent_id) === undefined) return failure(NO_AGENT.detail)
      const given = z.object({ from: instantField.optional(), to: instantField.optional() })
      const range = given.safeParse({ from, to })
      const span = range.success ? rangeOf(range.data, now()) : undefined
      return span === undefined
        ? failure(NO_RANGE.detail)
        : answer(availabilityOf(data, agent_id, span))
    },
  )
  return server
}

function answer(value: object) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(value) }] }
}

function failure(text: string) {
  return { content: [{ type: 'text' as const, text }], isError: true }
}

// A browser sends Origin; a page of another site must not reach a server on this machine (MCP, Transports: DNS
// rebinding). The Host header is no help there, so the port that was really reached is asked.
async function refuseForeignOrigin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { origin } = request.headers
  const port = request.raw.socket.localPort
  const own = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  if (origin === undefined || own.includes(origin)) return undefined
  const problem = {
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    detail: 'Requests from pages of other origins are not answered.',
  }
  return reply
    .code(403)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)))
}
