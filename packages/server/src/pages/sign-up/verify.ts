// The page behind the link of a sign-up mail. Reading it changes nothing, because programs that look at mail follow
// links; the password that was chosen verifies.

import { ACCOUNT_PATHS } from '@keywright/contract'
import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { form, hidden } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { ownPathOr } from '../own-path.ts'
import { seeOther, sendPage } from '../page.ts'
import { passwordField } from '../password/field.ts'
import type { Visit } from '../visit.ts'

const URL = ACCOUNT_PATHS.verifyEmail

export const verifyPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: URL, show: (visit) => show(visit), submit })
}

function show(visit: Visit, refusal?: AccountRefused): unknown {
  const { site, query, fields } = visit
  const wrong = wrongOf(visit, refusal, { invalid_credentials: 'password' })
  const inputs = [
    hidden('token', fields['token'] ?? query['token'] ?? ''),
    passwordField({
      name: 'password',
      label: 'Password that you chose',
      error: wrong.at('password'),
    }),
  ]
  const action = { action: site.path(URL), submit: 'Verify my address' }
  const body = html`${wrong.top}
    <p>One step is left: show that it was you who signed up with this address.</p>
    ${form(visit, action, inputs)}`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'Verify your address', body, status, isWrong })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const { token = '', password = '' } = fields
  const answer = bring(visit, await site.accounts.verifyEmail({ token, password }, visitor))
  if (answer.ok) return seeOther(visit, ownPathOr(answer.returnTo, site.path('/account')))
  return answer.code === 'invalid_link' ? showGone(visit, answer) : show(visit, answer)
}

function showGone(visit: Visit, refusal: AccountRefused): unknown {
  const { site } = visit
  const { status, isWrong, top } = wrongOf(visit, refusal)
  const body = html`${top}
    <p>
      Sign in if you did this before, or <a href="${site.path('/sign-up')}">sign up once more</a>.
    </p>
    <p><a class="button" href="${site.path('/sign-in')}">Sign in</a></p>`
  return sendPage(visit, { title: 'Verify your address', body, status, isWrong })
}
