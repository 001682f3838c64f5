// Accounts that the product itself makes, for the people it starts with. No mail is sent: whoever runs the product
// answers for the address.

import type { AccountAnswer } from '@keywright/contract'
import { refused } from '../answer/answer.ts'
import { canonicalAddress } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { newId } from '../inside.ts'
import { checkPassword } from '../password/check.ts'
import { insertUser } from '../person/insert-user.ts'
import { checkName } from '../person/name.ts'
import { enterAs, OWN_ISSUER } from '../person/of-user.ts'

export interface AddAccountRequest {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Makes an account whose address counts as proved, with its person. */
export async function addAccount(
  inside: Inside,
  request: AddAccountRequest,
): Promise<AccountAnswer<{ readonly personId: string }>> {
  const name = request.name.trim()
  const email = canonicalAddress(request.email)
  if (email === undefined) return refused('invalid_email', 'That is no e-mail address.')
  const { product } = inside.deps
  const unfit = checkName(name) ?? checkPassword(request.password, [email, name, product])
  if (unfit !== undefined) return unfit
  const passwordHash = await inside.passwords.hash(request.password)
  const id = newId(inside)
  if (!(await insertUser(inside, { id, name, email, passwordHash }))) {
    return refused('already_exists', 'There is an account of this address already.')
  }
  const person = { name, email, isEmailVerified: true }
  const personId = await enterAs(inside, id, { issuer: OWN_ISSUER, subject: id, ...person })
  return { ok: true, personId, setCookies: [] }
}
