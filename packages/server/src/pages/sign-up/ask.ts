// Signing up. The page after it is the same for an address that has an account already; the mail says which.

import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { field, form, hidden } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther, sendPage } from '../page.ts'
import { newPasswordField } from '../password/field.ts'
import { RETURN_TO, returnToOf, withReturnTo } from '../session.ts'
import type { Visit } from '../visit.ts'

export const signUpPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/sign-up', show: showForm, submit })
  pageAt(app, site, { url: '/sign-up/sent', show: showSent })
}

function showForm(visit: Visit, refusal?: AccountRefused): unknown {
  const { site, fields } = visit
  const returnTo = returnToOf(visit)
  const wrong = wrongOf(visit, refusal, {
    invalid_name: 'name',
    invalid_email: 'email',
    weak_password: 'password',
  })
  const inputs = [
    hidden(RETURN_TO, returnTo),
    field({
      name: 'name',
      label: 'Your name',
      autocomplete: 'name',
      value: fields['name'],
      error: wrong.at('name'),
      maxLength: 200,
    }),
    field({
      name: 'email',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'username',
      value: fields['email'],
      error: wrong.at('email'),
    }),
    newPasswordField({ name: 'password', label: 'Password', error: wrong.at('password') }),
  ]
  const signIn = withReturnTo(site.path('/sign-in'), returnTo)
  const body = html`${wrong.top}
    ${form(visit, { action: site.path('/sign-up'), submit: 'Sign up' }, inputs)}
    <p>You have an account? <a href="${signIn}">Sign in</a></p>`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'Sign up', body, status, isWrong })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const { name = '', email = '', password = '' } = fields
  const returnTo = returnToOf(visit)
  const answer = await site.accounts.signUp({ name, email, password, returnTo }, visitor)
  bring(visit, answer)
  if (!answer.ok) return showForm(visit, answer)
  return seeOther(visit, site.path('/sign-up/sent'))
}

function showSent(visit: Visit): unknown {
  const { site } = visit
  const body = html`<p>
      We have sent a message to the address you gave. Follow the link in it to go on.
    </p>
    <p class="hint">
      Nothing came? Look where unwanted mail goes, or
      <a href="${site.path('/sign-up')}">sign up once more</a>
      and check the address.
    </p>`
  return sendPage(visit, { title: 'Check your mail', body })
}
