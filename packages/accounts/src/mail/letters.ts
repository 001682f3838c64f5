// The mails themselves. Each says what to do when it was not asked for. A name is never in them: whoever signs up with
// somebody else's address could write them a letter in ours.

import { ACCOUNT_PATHS } from '@keywright/contract'
import { RESET_MINUTES, SIGN_UP_HOURS } from '../life.ts'
import type { Mail } from './mail.ts'

interface Sender {
  readonly product: string
  readonly baseUrl: string
}

export function confirmAddress(sender: Sender, to: string, token: string): Mail {
  return {
    to,
    subject: `Confirm your address for ${sender.product}`,
    text: `Somebody signed up for ${sender.product} with this address. If it was you, follow this link,
which asks for the password that you chose:

${linkOf(sender, ACCOUNT_PATHS.verifyEmail, token)}

It works once, within ${SIGN_UP_HOURS} hours. If it was not you, do nothing: without the link there is no account.
`,
  }
}

export function alreadyHere(sender: Sender, to: string): Mail {
  return {
    to,
    subject: `You have an account at ${sender.product}`,
    text: `Somebody signed up for ${sender.product} with this address, but it has an account already. Sign in, or ask for
a new password there:

${linkOf(sender, ACCOUNT_PATHS.signIn)}

If it was not you, do nothing: nothing was changed.
`,
  }
}

export function resetPassword(sender: Sender, to: string, token: string): Mail {
  return {
    to,
    subject: `Choose a new password for ${sender.product}`,
    text: `Somebody asked for a new password for your account at ${sender.product}. If it was you, follow this link:

${linkOf(sender, ACCOUNT_PATHS.resetPassword, token)}

It works once, within ${RESET_MINUTES} minutes. If it was not you, do nothing: your password stays.
`,
  }
}

export function passwordChanged(sender: Sender, to: string): Mail {
  return {
    to,
    subject: `Your password for ${sender.product} was changed`,
    text: `The password of your account at ${sender.product} was changed, and all other sessions were ended. If it was not
you, ask for a new password at once:

${linkOf(sender, ACCOUNT_PATHS.signIn)}
`,
  }
}

/** What somebody can have changed about how they sign in, besides the password. */
const CHANGES = {
  secondFactorOn: 'Two-step sign-in was turned on',
  secondFactorOff: 'Two-step sign-in was turned off',
  passkeyAdded: 'A passkey was added',
} as const

export function signInChanged(sender: Sender, to: string, change: keyof typeof CHANGES): Mail {
  return {
    to,
    subject: `${CHANGES[change]} for ${sender.product}`,
    text: `${CHANGES[change]} for your account at ${sender.product}. If it was not you, ask for a new password
at once, then remove from your account what is not yours:

${linkOf(sender, ACCOUNT_PATHS.signIn)}
`,
  }
}

function linkOf({ baseUrl }: Sender, path: string, token?: string): string {
  const url = new URL(path, baseUrl)
  if (token !== undefined) url.searchParams.set('token', token)
  return url.href
}
