import type { AccountAnswer, AccountRefused, Visitor } from '@keywright/contract'
import { done, notSignedIn, refused, tooMany } from '../answer/answer.ts'
import { isPlaceholder } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { passwordChanged } from '../mail/letters.ts'
import type { AccountUser } from '../person/of-user.ts'
import { currentOf } from '../session/current.ts'
import { refuseStale } from '../session/fresh.ts'
import { renewSession } from '../session/start.ts'
import { checkPassword } from './check.ts'

/** Changes the visitor's password. Every session ends; this browser gets a new one. */
export async function changePassword(
  inside: Inside,
  request: { readonly current: string; readonly next: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  const { user } = current
  // The session that this begins counts as fresh, so where there are two factors the password alone does not make one.
  const stale = user.twoFactorEnabled ? refuseStale(inside, current) : undefined
  if (stale !== undefined) return stale
  const unfit = checkPassword(request.next, [user.email, user.name, inside.deps.product])
  if (unfit !== undefined) return unfit
  const wrong = await provePassword(inside, user, { password: request.current, visitor })
  if (wrong !== undefined) return wrong
  await inside.rows.updatePassword(user.id, await inside.passwords.hash(request.next))
  inside.post(passwordChanged(inside.deps, user.email))
  return done(await renewSession(inside, visitor, user.id))
}

/** Asks for the password once more; guesses count like those of a sign-in. @returns the refusal */
export async function provePassword(
  inside: Inside,
  user: AccountUser,
  proof: { readonly password: string; readonly visitor: Visitor },
): Promise<AccountRefused | undefined> {
  if (isPlaceholder(user.email)) {
    return refused('invalid_credentials', 'This account has no password: its provider signs it in.')
  }
  const guessed = { address: user.email, network: proof.visitor.network }
  const wait = await inside.attempts.take('password', guessed)
  if (wait !== undefined) return tooMany(wait)
  const credential = await inside.rows.findCredentialAccount(user.id)
  const hash = credential?.password
  if (!hash || !(await inside.passwords.verify({ hash, password: proof.password }))) {
    return refused('invalid_credentials', 'The current password is wrong.')
  }
  await inside.attempts.succeed('password', guessed)
  return undefined
}
