import { OWNER } from '../definition/check-roles.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Writes } from '../ports/store.ts'
import type { Membership } from './membership.ts'

/** The refusal to take the role of a resource's last owner; read in the transaction that would take it. */
export async function checkLastOwner(
  writes: Writes,
  { personId, resource, role }: Membership,
): Promise<ChangeRefused | undefined> {
  if (role !== OWNER) return undefined
  if (await writes.hasOther(OWNER, { resource, besides: personId })) return undefined
  const detail = `This is the last owner of ${resource}. Make somebody else owner first, or end the resource.`
  return refused('last_owner', detail)
}

export function membershipNotFound(): ChangeRefused {
  return refused('membership_not_found', 'This person has no role at exactly that resource.')
}
