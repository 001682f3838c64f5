// Accounts put together: each verb of the interface is one function of its own file.

import type { AccountAnswer, Accounts } from '@keywright/contract'
import { ACCOUNT_PATHS } from '@keywright/contract'
import type { AccountsDeps } from './deps.ts'
import { openInside } from './inside.ts'
import { passkeyVerbs } from './passkey/passkeys.ts'
import { changePassword } from './password/change.ts'
import { requestPasswordReset, resetPassword } from './password/reset.ts'
import { changeName } from './person/name.ts'
import { checkProviders } from './provider/options.ts'
import { Remote } from './provider/remote.ts'
import { finishProvider, startProvider } from './provider/sign-in.ts'
import { currentOf } from './session/current.ts'
import { endSession, listSessions } from './session/list.ts'
import { secondFactor } from './session/second-factor.ts'
import { signIn } from './session/sign-in.ts'
import { signOut } from './session/sign-out.ts'
import type { AddAccountRequest } from './sign-up/add.ts'
import { addAccount } from './sign-up/add.ts'
import { signUp } from './sign-up/sign-up.ts'
import { verifyEmail } from './sign-up/verify-email.ts'
import { totpVerbs } from './totp/totp.ts'

/** Accounts as the product's own code has them. */
export interface OwnAccounts extends Accounts {
  /**
   * Makes an account and its person at once, for those whom a product starts with: no mail is sent, and the address
   * counts as proved. Pages never offer it.
   */
  add(request: AddAccountRequest): Promise<AccountAnswer<{ readonly personId: string }>>
}

/** Opens accounts over a database whose tables are there. @throws TypeError for providers that cannot be right */
export async function createAccounts(deps: AccountsDeps): Promise<OwnAccounts> {
  checkProviders(deps.providers)
  const inside = await openInside(deps)
  const remotes = new Map(
    deps.providers.map((options) => [
      options.id,
      new Remote(options, deps, ACCOUNT_PATHS.provider),
    ]),
  )
  const outside = { inside, remotes }
  return {
    origin: inside.origin,
    providers: deps.providers.map(({ id, name }) => ({ id, name })),
    add: (request) => addAccount(inside, request),
    sessionOf: async (visitor) => (await currentOf(inside, visitor))?.session,
    signUp: (request, visitor) => signUp(inside, request, visitor),
    verifyEmail: (request, visitor) => verifyEmail(inside, request, visitor),
    signIn: (request, visitor) => signIn(inside, request, visitor),
    secondFactor: (request, visitor) => secondFactor(inside, request, visitor),
    signOut: (visitor) => signOut(inside, visitor),
    requestPasswordReset: (request, visitor) => requestPasswordReset(inside, request, visitor),
    resetPassword: (request, visitor) => resetPassword(inside, request, visitor),
    changePassword: (request, visitor) => changePassword(inside, request, visitor),
    changeName: (request, visitor) => changeName(inside, request, visitor),
    listSessions: (visitor) => listSessions(inside, visitor),
    endSession: (request, visitor) => endSession(inside, request, visitor),
    totp: totpVerbs(inside),
    passkeys: passkeyVerbs(inside),
    startProvider: (request, visitor) => startProvider(outside, request, visitor),
    finishProvider: (request, visitor) => finishProvider(outside, request, visitor),
  }
}
