import type { AccountAnswer, TotpVerbs, Visitor } from '@keywright/contract'
import { done, notSignedIn, refused, tooMany } from '../answer/answer.ts'
import { called } from '../auth/call.ts'
import { headersOf } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { tellChange } from '../mail/tell.ts'
import { provePassword } from '../password/change.ts'
import { currentOf } from '../session/current.ts'
import { refuseStale } from '../session/fresh.ts'
import { renewSession } from '../session/start.ts'
import { claimTotp, readCode } from './code.ts'

/** The second factor of the visitor's account: turned on by a password and a first code, off by the password soon after a sign-in. */
export function totpVerbs(inside: Inside): TotpVerbs {
  return {
    enable: (request, visitor) => enable(inside, request, visitor),
    confirm: (request, visitor) => confirm(inside, request, visitor),
    disable: (request, visitor) => disable(inside, request, visitor),
    async isEnabled(visitor) {
      const current = await currentOf(inside, visitor)
      if (current === undefined) return notSignedIn()
      return { ok: true, isEnabled: current.user.twoFactorEnabled, setCookies: [] }
    },
  }
}

async function enable(
  inside: Inside,
  { password }: { readonly password: string },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly uri: string; readonly recoveryCodes: readonly string[] }>> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  if (current.user.twoFactorEnabled) {
    return refused('second_factor_exists', 'Codes are asked for already. Turn them off first.')
  }
  const wrong = await provePassword(inside, current.user, { password, visitor })
  if (wrong !== undefined) return wrong
  const answer = await called(
    inside,
    inside.auth.api.enableTwoFactor({
      body: { password, method: 'totp' },
      headers: headersOf(visitor, ['session']),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) throw new Error(`The second factor could not be made: ${answer.code}.`)
  const { response } = answer
  if (response.method !== 'totp') throw new Error('The second factor is of another method.')
  return {
    ok: true,
    uri: response.totpURI,
    recoveryCodes: response.backupCodes,
    setCookies: answer.setCookies,
  }
}

async function confirm(
  inside: Inside,
  request: { readonly code: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  if (current.user.twoFactorEnabled) {
    return refused('second_factor_exists', 'The second factor is confirmed already.')
  }
  const { id } = current.user
  const guessed = { address: id, network: visitor.network }
  const wait = await inside.attempts.take('code', guessed)
  if (wait !== undefined) return tooMany(wait)
  const read = readCode(request.code)
  const isRight = read?.type === 'totp' && (await claimTotp(inside, id, read.code)) === 'claimed'
  if (!isRight) return wrongCode()
  const answer = await called(
    inside,
    inside.auth.api.verifyTOTP({
      body: { code: read.code },
      headers: headersOf(visitor, ['session']),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) return wrongCode()
  await inside.attempts.succeed('code', guessed)
  tellChange(inside, current.user, 'secondFactorOn')
  return done(await renewSession(inside, visitor, id))
}

async function disable(
  inside: Inside,
  { password }: { readonly password: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  if (!current.user.twoFactorEnabled) {
    return refused('second_factor_missing', 'There is no second factor to turn off.')
  }
  const stale = refuseStale(inside, current)
  if (stale !== undefined) return stale
  const wrong = await provePassword(inside, current.user, { password, visitor })
  if (wrong !== undefined) return wrong
  const answer = await called(
    inside,
    inside.auth.api.disableTwoFactor({
      body: { password },
      headers: headersOf(visitor, ['session']),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) throw new Error(`The second factor could not be turned off: ${answer.code}.`)
  tellChange(inside, current.user, 'secondFactorOff')
  return done(await renewSession(inside, visitor, current.user.id))
}

function wrongCode(): AccountAnswer {
  return refused('invalid_code', 'The code is wrong or was used before. Wait for the next one.')
}
