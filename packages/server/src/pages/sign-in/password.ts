// The sign-in page: a password, a passkey, or an outside provider.

import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { attributes } from '../attributes.ts'
import { field, form, hidden, notice } from '../form.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { ownPathOr } from '../own-path.ts'
import { seeOther, sendPage } from '../page.ts'
import { passwordField } from '../password/field.ts'
import { RETURN_TO, returnToOf, withReturnTo } from '../session.ts'
import type { Visit } from '../visit.ts'
import { passkeySignIn } from './passkey-form.ts'

export const signInPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/sign-in', show, submit })
}

export interface SignIn {
  readonly returnTo?: string | undefined
  readonly email?: string | undefined
  /** Why this page is shown, above everything. */
  readonly top?: Html | undefined
  readonly refusal?: AccountRefused
}

/** Shows the page, also as the answer to another form. */
export function showSignIn(visit: Visit, { refusal, ...given }: SignIn): unknown {
  const { site } = visit
  const { accounts } = site
  const returnTo = ownPathOr(given.returnTo, '') || undefined
  const wrong = wrongOf(visit, refusal)
  const inputs = [
    hidden(RETURN_TO, returnTo),
    field({
      name: 'email',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'username webauthn',
      value: given.email,
    }),
    passwordField({ name: 'password', label: 'Password', error: undefined }),
  ]
  const providers = accounts.providers.map(({ id, name }) => {
    const action = site.path(`/sign-in/with/${encodeURIComponent(id)}`)
    const button = { action, submit: `Continue with ${name}`, isQuiet: true }
    return form(visit, button, hidden(RETURN_TO, returnTo))
  })
  const body = html`${wrong.top ?? given.top}
    ${form(visit, { action: site.path('/sign-in'), submit: 'Sign in' }, inputs)}
    <p><a href="${site.path('/forgot-password')}">Forgot your password?</a></p>
    <p class="or" ${attributes({ hidden: providers.length === 0, 'data-with-passkeys': true })}>
      or
    </p>
    ${passkeySignIn(visit, returnTo)} ${providers}
    <p>
      You have no account? <a href="${withReturnTo(site.path('/sign-up'), returnTo)}">Sign up</a>
    </p>`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'Sign in', body, status, isWrong, script: 'passkey' })
}

async function show(visit: Visit): Promise<unknown> {
  const { site, visitor, query } = visit
  const returnTo = returnToOf(visit)
  const session = await site.accounts.sessionOf(visitor)
  if (session === undefined) return showSignIn(visit, { returnTo })
  if (query['again'] === undefined) return seeOther(visit, returnTo ?? site.path('/account'))
  const top = notice('You are signed in. For what comes next, show once more that it is you.')
  return showSignIn(visit, { returnTo, email: session.email ?? undefined, top })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const { email = '', password = '' } = fields
  const returnTo = returnToOf(visit)
  const answer = bring(visit, await site.accounts.signIn({ email, password }, visitor))
  if (!answer.ok) return showSignIn(visit, { returnTo, email, refusal: answer })
  if (answer.next === 'signed_in') return seeOther(visit, returnTo ?? site.path('/account'))
  return seeOther(visit, withReturnTo(site.path('/second-factor'), returnTo))
}
