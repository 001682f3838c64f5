// Who is asking and where they may act: what a client needs once, to name an organization by its slug and to say who is
// signed in. It tells no more than the caller can do: a key that is narrowed to a resource says nothing of its person.

import type { Acting, Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Organization } from '../organization/organization.ts'
import { organizationIdOf } from '../organization/organization.ts'
import { organizationsOf } from '../organization/reached.ts'
import type { Person } from '../person/person.ts'
import { personIdOf } from '../person/person.ts'

/** An organization that the caller is in. */
export interface OwnOrganization extends Organization {
  /** The person's role there; null where only a key is bound within it. */
  readonly role: string | null
}

export interface OwnScopes {
  /** Null for keys of resources, and for keys of people that are narrowed to one. */
  readonly person: Person | null
  /** The person's own space, `users/usr_…`, where they act by themself. */
  readonly space: string | null
  /** In the order of their ids. */
  readonly organizations: readonly OwnOrganization[]
  /** Roles elsewhere than at organizations. */
  readonly memberships: readonly { readonly resource: string; readonly role: string }[]
  /** Null where the caller acts without a key. */
  readonly keyId: string | null
  readonly kind: string
  /** Where it is bound. */
  readonly resource: string
  /** Null where there are no modes, or all of them are meant. */
  readonly mode: string | null
  readonly scopes: readonly string[]
  /** Epoch milliseconds. */
  readonly expiresAt: number | null
}

/** What the caller is and where it may act. It takes no scope: whoever holds a key may know what it is for. */
export async function showOwnScopes(
  deps: KeyDeps,
  actor: Actor,
): Promise<Outcome<{ readonly own: OwnScopes }>> {
  const { reads } = deps.store
  const check = { definition: deps.definition, reads, now: deps.clock.now() }
  const checked = await checkActor(check, actor, undefined)
  if (!checked.ok) return checked
  const { principal } = checked.actor
  if (principal === null) {
    return refused('person_not_found', 'An operator is nobody in particular. Ask as somebody.')
  }
  const { keyId, kind, resource, mode = null, scopes, expiresAt, reach } = principal
  const isWhole = reach !== undefined && resource === reach.holder
  const person = isWhole ? await reads.getPerson(personIdOf(resource)) : undefined
  const roles = organizationsOf(principal)
  const rows = await reads.listOrganizations({ ids: [...roles.keys()], limit: roles.size })
  return {
    ok: true,
    own: {
      person: person ?? null,
      space: isWhole ? resource : null,
      organizations: rows.map((row) => ({ ...row, role: roles.get(row.id) ?? null })),
      memberships: elsewhere(principal, new Set(rows.map(({ id }) => id))),
      keyId,
      kind,
      resource,
      mode,
      scopes,
      expiresAt,
    },
  }
}

// A product may have organizations that it never gave a slug: a role there is shown by its resource.
function elsewhere(
  { reach }: Acting,
  shown: ReadonlySet<string>,
): readonly { resource: string; role: string }[] {
  return (reach?.at ?? []).flatMap(({ resource, role }) => {
    const id = organizationIdOf(resource)
    const isShown = resource === reach?.holder || (id !== undefined && shown.has(id))
    return isShown ? [] : [{ resource, role }]
  })
}
