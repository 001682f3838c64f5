import type { MethodicAuthority } from './api.ts'

/** Who owns the first organization: somebody as their issuer names them. */
export interface FirstOwner {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email?: string
}

/**
 * Makes the organization of the demonstration with its owner, unless it is there.
 * @returns whether it was made now
 */
export async function makeAcme(authority: MethodicAuthority, owner: FirstOwner): Promise<boolean> {
  const { organizations, people } = authority.asOperator('first-start')
  const found = await organizations.find({ slug: 'acme' })
  if (found.ok) return false
  const joined = await people.join(owner)
  if (!joined.ok) throw new Error(joined.detail)
  const ownerId = joined.person.id
  const made = await organizations.create({ slug: 'acme', name: 'Acme Research', ownerId })
  if (!made.ok) throw new Error(made.detail)
  return true
}
