// The page behind the link of a sign-up mail. Reading it changes nothing, because programs that look at mail follow
// links; the button verifies.

import { ACCOUNT_PATHS } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { form, hidden, notice } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { sendPage } from '../page.ts'
import { showSignIn } from '../sign-in/password.ts'
import type { Visit } from '../visit.ts'

const URL = ACCOUNT_PATHS.verifyEmail

export const verifyPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: URL, show, submit })
}

function show(visit: Visit): unknown {
  const { site, query } = visit
  const action = { action: site.path(URL), submit: 'Verify my address' }
  const body = html`<p>One step is left: say that this address is yours.</p>
    ${form(visit, action, hidden('token', query['token'] ?? ''))}`
  return sendPage(visit, { title: 'Verify your address', body })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const token = fields['token'] ?? ''
  const answer = bring(visit, await site.accounts.verifyEmail({ token }, visitor))
  if (answer.ok) {
    const { email, returnTo } = answer
    return showSignIn(visit, {
      email,
      returnTo,
      top: notice('Your address is verified. Sign in to go on.'),
    })
  }
  const { status, isWrong, top } = wrongOf(visit, answer)
  const body = html`${top}
    <p>
      Sign in if you did this before, or <a href="${site.path('/sign-up')}">sign up once more</a>.
    </p>
    <p><a class="button" href="${site.path('/sign-in')}">Sign in</a></p>`
  return sendPage(visit, { title: 'Verify your address', body, status, isWrong })
}
