import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ScopeOf } from 'keywright'
import type { Api } from '../api.ts'
import type definition from '../authority.ts'
import { callerOf } from '../caller.ts'

/** A request for something of one agent. */
export interface OfAgent {
  Params: { agent: string }
}

/** The hooks of a route below `/v1/agents/:agent`: the caller reaches that agent, and it exists. */
export function ofAgent({ guard, data }: Api, scope: ScopeOf<typeof definition>) {
  const exists = async (
    request: FastifyRequest<OfAgent>,
    reply: FastifyReply,
  ): Promise<unknown> => {
    const { organization } = callerOf(guard.principal(request))
    const agent = data.agents.find(organization, request.params.agent)
    return agent === undefined ? guard.refuse(request, reply, NO_AGENT) : undefined
  }
  const reaches = guard(scope, { resource: 'organizations/-/agents/:agent' })
  return { onRequest: [reaches, exists] }
}

export const NO_AGENT = { code: 'not_found', detail: 'There is no such agent.' } as const
