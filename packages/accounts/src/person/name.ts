import type { AccountAnswer, AccountRefused, Visitor } from '@keywright/contract'
import { done, notSignedIn, refused } from '../answer/answer.ts'
import type { Inside } from '../inside.ts'
import { currentOf } from '../session/current.ts'

const NAME_LENGTH_MAX = 100

/** The refusal of a name that people cannot have. */
export function checkName(name: string): AccountRefused | undefined {
  if (name.length >= 1 && name.length <= NAME_LENGTH_MAX && !/\p{Cc}/u.test(name)) return undefined
  const detail = `A name has 1 to ${NAME_LENGTH_MAX} characters and no control characters.`
  return refused('invalid_name', detail)
}

/** Changes the name of the visitor, in the account and of the person. */
export async function changeName(
  inside: Inside,
  request: { readonly name: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  const name = request.name.trim()
  const unfit = checkName(name)
  if (unfit !== undefined) return unfit
  await inside.rows.updateUser(current.user.id, { name })
  await inside.deps.people.rename(current.session.personId, name)
  return done()
}
