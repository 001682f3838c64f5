// Signing in by passkey: what the script asks for, and what it sends.

import { bring } from '../answer.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther } from '../page.ts'
import { readWebAuthn, sendOptions } from '../passkey-exchange.ts'
import { returnToOf } from '../session.ts'
import type { Visit } from '../visit.ts'
import { showSignIn } from './password.ts'

export const passkeySignInPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/sign-in/passkey/options', submit: options })
  pageAt(app, site, { url: '/sign-in/passkey', submit })
}

async function options(visit: Visit): Promise<unknown> {
  return sendOptions(visit, await visit.site.accounts.passkeys.signInOptions(visit.visitor))
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor } = visit
  const returnTo = returnToOf(visit)
  const response = readWebAuthn(visit)
  const answer = bring(visit, await site.accounts.passkeys.signIn({ response }, visitor))
  if (!answer.ok) return showSignIn(visit, { returnTo, refusal: answer })
  return seeOther(visit, returnTo ?? site.path('/account'))
}
