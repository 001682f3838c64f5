// The project that a request names, for callers whose role reaches it. To everybody else it is not there.

import type { CodedRefusal, Refused } from 'keywright'
import type { Api, AutolabPrincipal, AutolabScope } from '../api.ts'
import type { Project } from '../data/projects.ts'

export interface OfProject {
  Params: { owner: string; name: string }
}

export interface FoundProject {
  readonly project: Project
  /** Where roles are held: `users/usr_…/projects/nanochat`. */
  readonly resource: string
}

const NO_PROJECT: CodedRefusal = { code: 'not_found', detail: 'There is no such project.' }

/** Finds the project, or says what to answer. */
export function findProject(
  { authority, data }: Pick<Api, 'authority' | 'data'>,
  principal: AutolabPrincipal,
  ask: { readonly scope: AutolabScope; readonly owner: string; readonly name: string },
): FoundProject | { readonly refusal: CodedRefusal | Refused } {
  const { scope, owner, name } = ask
  const project = data.projects.find(owner, name)
  const resource = resourceOf(data.handles.personOf(owner) ?? '', name)
  if (project === undefined) return { refusal: NO_PROJECT }
  const refusal = authority.permits(principal, { scope, resource })
  if (refusal === undefined) return { project, resource }
  if (refusal.code === 'outside_resource') return { refusal: NO_PROJECT }
  // The token has it somewhere: what is missing is the person's role on this project.
  const isRole = refusal.code === 'insufficient_scope' && principal.scopes.includes(scope)
  return { refusal: isRole ? needsRole(authority, ask) : refusal }
}

/** Names the roles that would do, the lowest first. */
function needsRole(
  { definition }: Pick<Api['authority'], 'definition'>,
  { scope, owner, name }: { scope: AutolabScope; owner: string; name: string },
): CodedRefusal {
  const roles = [...definition.roles].filter(([, scopes]) => scopes.includes(scope))
  const names = OR.format(roles.map(([role]) => role).toReversed())
  const detail = `The token must belong to a person with the role ${names} on ${owner}/${name}. Ask its owner for one.`
  return { code: 'insufficient_scope', detail, scope }
}

const OR = new Intl.ListFormat('en', { type: 'disjunction' })

function resourceOf(personId: string, name: string): string {
  return `users/${personId}/projects/${name}`
}
