// Which organizations somebody is in: those where a role was given to their person, and for keys the one that the key is
// bound to or within. A role below an organization, in a project of it, is no role in the organization.

import type { Acting } from '../key/actor.ts'
import { withAncestors } from '../resource/covers.ts'
import { organizationIdOf } from './organization.ts'

/** By the organization's id: the role there, null where only a key is bound within it. */
export function organizationsOf({ resource, reach }: Acting): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  const own = organizationIdOf(withAncestors(resource).at(-1) ?? resource)
  if (own !== undefined) found.set(own, null)
  for (const { resource: place, role } of reach?.at ?? []) {
    const id = organizationIdOf(place)
    if (id !== undefined) found.set(id, role)
  }
  return found
}
