import type { Inside } from '../inside.ts'
import { PASSWORD_PROVIDER } from './of-user.ts'

/** An account with a password whose address was proved. */
export interface NewUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
}

/** @returns false when there is an account of that address, made before or by somebody who was faster */
export async function insertUser(inside: Inside, added: NewUser): Promise<boolean> {
  const { id, name, email, passwordHash } = added
  if ((await inside.rows.findUserByEmail(email)) !== null) return false
  const user = { id, name, email, emailVerified: true }
  try {
    await inside.rows.createOAuthUser(user, {
      providerId: PASSWORD_PROVIDER,
      accountId: id,
      password: passwordHash,
    })
    return true
  } catch (error) {
    if ((await inside.rows.findUserByEmail(email)) !== null) return false
    throw error
  }
}
