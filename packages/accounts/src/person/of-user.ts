// From an account to its person. An account of our own is known to people by its id here, one of an outside provider by
// the provider's issuer and subject: so the same person is behind a JWT of that issuer.

import type { AccountPerson } from '../deps.ts'
import type { Inside } from '../inside.ts'

/** The issuer of accounts that have their credentials here. */
export const OWN_ISSUER = 'urn:keywright:accounts'

/** What Better Auth calls the provider of a password. */
export const PASSWORD_PROVIDER = 'credential'

export interface AccountUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly personId?: string | null | undefined
}

/** The person of an account, made now if a crash came between the two. Undefined when the person was removed. */
export async function personOf(
  inside: Inside,
  user: AccountUser,
): Promise<AccountPerson | undefined> {
  const personId = user.personId ?? (await enterOwn(inside, user))
  return inside.deps.people.find(personId)
}

/** Makes or finds the person of an account, and writes down who it is. */
export async function enterAs(
  inside: Inside,
  userId: string,
  identity: Parameters<Inside['deps']['people']['enter']>[0],
): Promise<string> {
  const personId = await inside.deps.people.enter(identity)
  await inside.db
    .updateTable('account_users')
    .set({ person_id: personId })
    .where('id', '=', userId)
    .where((where) =>
      where.or([where('person_id', 'is', null), where('person_id', '<>', personId)]),
    )
    .execute()
  return personId
}

async function enterOwn(inside: Inside, user: AccountUser): Promise<string> {
  const credentials = await inside.rows.findAccounts(user.id)
  const outside = credentials.find(({ providerId }) => providerId !== PASSWORD_PROVIDER)
  if (outside === undefined) {
    return enterAs(inside, user.id, {
      issuer: OWN_ISSUER,
      subject: user.id,
      name: user.name,
      email: user.email,
      isEmailVerified: user.emailVerified,
    })
  }
  return enterAs(inside, user.id, {
    issuer: outside.providerId,
    subject: outside.accountId,
    name: user.name,
    email: null,
    isEmailVerified: false,
  })
}
