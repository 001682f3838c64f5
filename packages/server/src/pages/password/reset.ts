// The page behind the link of a mail for a new password.

import { ACCOUNT_PATHS } from '@keywright/contract'
import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { form, hidden, notice } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { sendPage } from '../page.ts'
import { showSignIn } from '../sign-in/password.ts'
import type { Visit } from '../visit.ts'
import { newPasswordField } from './field.ts'

const URL = ACCOUNT_PATHS.resetPassword

export const resetPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: URL, show, submit })
}

function show(visit: Visit, refusal?: AccountRefused): unknown {
  const { site, fields, query } = visit
  const wrong = wrongOf(visit, refusal, { weak_password: 'password' })
  const inputs = [
    hidden('token', fields['token'] ?? query['token'] ?? ''),
    newPasswordField({ name: 'password', label: 'New password', error: wrong.at('password') }),
  ]
  const body = html`${wrong.top}
    <p>With a new password you are signed out everywhere.</p>
    ${form(visit, { action: site.path(URL), submit: 'Set the password' }, inputs)}
    <p><a href="${site.path('/forgot-password')}">Ask for another link</a></p>`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'A new password', body, status, isWrong })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const { token = '', password = '' } = fields
  const answer = await site.accounts.resetPassword({ token, password }, visitor)
  bring(visit, answer)
  if (!answer.ok) return show(visit, answer)
  return showSignIn(visit, { top: notice('The new password is set. Sign in with it.') })
}
