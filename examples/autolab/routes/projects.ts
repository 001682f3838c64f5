import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Project } from '../data/projects.ts'
import { instantOf } from '../instant-of.ts'
import { findProject, type OfProject } from './of-project.ts'

const newProject = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'a name has 1 to 63 lower-case letters, digits and inner hyphens',
  }),
})

export function projectRoutes(api: Api): void {
  const { app, guard, authority, data, people, now } = api

  app.post('/v1/projects', { onRequest: guard('projects:write') }, async (request, reply) => {
    const body = newProject.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const principal = guard.principal(request)
    const refusal = authority.permits(principal, {
      scope: 'projects:write',
      resource: principal.holder,
    })
    if (refusal !== undefined) return guard.refuse(request, reply, refusal)
    const owner = await people.handleOf(principal)
    const { name } = body.data
    const project = data.projects.create(owner, name, now())
    if (project !== undefined) return reply.code(201).send(showProject(project))
    const detail = `${owner}/${name} exists already. Choose another name.`
    return guard.refuse(request, reply, { code: 'already_exists', detail })
  })

  // One's own, and those where somebody gave one a role.
  app.get('/v1/projects', { onRequest: guard('projects:read') }, async (request) => {
    const principal = guard.principal(request)
    const own = data.projects.listOf(await people.handleOf(principal))
    const given = await people.rolesOf(principal)
    const others = given.flatMap(({ owner, name }) => data.projects.find(owner, name) ?? [])
    return { data: [...own, ...others].map(showProject) }
  })

  app.get<OfProject>(
    '/v1/projects/:owner/:name',
    { onRequest: guard('projects:read') },
    (request, reply) => {
      const ask = { ...request.params, scope: 'projects:read' } as const
      const found = findProject(api, guard.principal(request), ask)
      return 'refusal' in found
        ? guard.refuse(request, reply, found.refusal)
        : showProject(found.project)
    },
  )
}

function showProject({ owner, name, created_at }: Project): object {
  return { project: `${owner}/${name}`, owner, name, created_at: instantOf(created_at) }
}
