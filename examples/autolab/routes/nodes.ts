// Execution nodes of a project. Registering one clones private code, so it takes the role of a researcher or more there. A
// node registers again every half minute, which is how it is known to be alive and whether it still may.

import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Node } from '../data/nodes.ts'
import { instantOf } from '../instant-of.ts'
import { findProject, type OfProject } from './of-project.ts'

const newNode = z.strictObject({ name: z.string().min(1).max(200) })

export function nodeRoutes(api: Api): void {
  const { app, guard, data, people, now } = api

  app.post<OfProject>(
    '/v1/projects/:owner/:name/nodes',
    { onRequest: guard() },
    async (request, reply) => {
      const principal = guard.principal(request)
      const found = findProject(api, principal, { ...request.params, scope: 'nodes:write' })
      if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
      const body = newNode.safeParse(request.body)
      if (!body.success) {
        return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
      }
      const registered_by = await people.handleOf(principal)
      const { name } = body.data
      const { node, isNew } = data.nodes.register(found.project, { name, registered_by, at: now() })
      return reply.code(isNew ? 201 : 200).send(showNode(node))
    },
  )

  app.get<OfProject>(
    '/v1/projects/:owner/:name/nodes',
    { onRequest: guard() },
    (request, reply) => {
      const ask = { ...request.params, scope: 'nodes:read' } as const
      const found = findProject(api, guard.principal(request), ask)
      if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
      return { data: data.nodes.listOf(found.project).map(showNode) }
    },
  )
}

function showNode({ id, name, registered_by, created_at, last_seen_at }: Node): object {
  return {
    id,
    name,
    registered_by,
    created_at: instantOf(created_at),
    last_seen_at: instantOf(last_seen_at),
  }
}
