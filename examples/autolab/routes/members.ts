// Who has which role in a project. Roles are given by handle, never of more than the giver has there.

import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { findProject, type OfProject } from './of-project.ts'

const newRole = z.strictObject({ role: z.enum(['admin', 'researcher', 'viewer']) })

interface OfMember {
  Params: OfProject['Params'] & { handle: string }
}

const NOBODY = { code: 'person_not_found', detail: 'Nobody has this handle.' } as const

export function memberRoutes(api: Api): void {
  const { app, guard, authority, data, people } = api
  const path = '/v1/projects/:owner/:name/members'

  app.get<OfProject>(path, { onRequest: guard() }, async (request, reply) => {
    const principal = guard.principal(request)
    const found = findProject(api, principal, { ...request.params, scope: 'members:read' })
    if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
    const listed = await authority.as(principal).members.list({ resource: found.resource })
    if (!listed.ok) return guard.refuse(request, reply, listed)
    const owner = { handle: request.params.owner, role: 'owner' }
    const others = listed.members.map(async ({ personId, role }) => ({
      handle: await people.handleOfPerson(personId),
      role,
    }))
    return { data: [owner, ...(await Promise.all(others))] }
  })

  app.put<OfMember>(`${path}/:handle`, { onRequest: guard() }, async (request, reply) => {
    const principal = guard.principal(request)
    const { handle, ...of } = request.params
    const found = findProject(api, principal, { ...of, scope: 'members:write' })
    if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
    const body = newRole.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const personId = data.handles.personOf(handle)
    if (personId === undefined) return guard.refuse(request, reply, NOBODY)
    const wanted = { personId, resource: found.resource, role: body.data.role }
    const { members } = authority.as(principal)
    const granted = await members.grant(wanted)
    const given =
      granted.ok || granted.code !== 'membership_exists' ? granted : await members.change(wanted)
    return given.ok ? { handle, role: wanted.role } : guard.refuse(request, reply, given)
  })

  app.delete<OfMember>(`${path}/:handle`, { onRequest: guard() }, async (request, reply) => {
    const principal = guard.principal(request)
    const { handle, ...of } = request.params
    const found = findProject(api, principal, { ...of, scope: 'members:write' })
    if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
    const personId = data.handles.personOf(handle)
    if (personId === undefined) return guard.refuse(request, reply, NOBODY)
    const { resource } = found
    const removed = await authority.as(principal).members.remove({ personId, resource })
    return removed.ok ? reply.code(204).send() : guard.refuse(request, reply, removed)
  })
}
