// Asking for the mail with which a forgotten password is replaced. The answer is the same for every address.

import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { field, form } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther, sendPage } from '../page.ts'
import type { Visit } from '../visit.ts'

export const forgotPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/forgot-password', show, submit })
  pageAt(app, site, { url: '/forgot-password/sent', show: showSent })
}

function show(visit: Visit, refusal?: AccountRefused): unknown {
  const { site, fields } = visit
  const wrong = wrongOf(visit, refusal, { invalid_email: 'email' })
  const email = field({
    name: 'email',
    label: 'E-mail address',
    type: 'email',
    autocomplete: 'username',
    value: fields['email'],
    error: wrong.at('email'),
  })
  const body = html`${wrong.top}
    <p>Say which address your account has, and we send it a link for a new password.</p>
    ${form(visit, { action: site.path('/forgot-password'), submit: 'Send me the link' }, email)}
    <p><a href="${site.path('/sign-in')}">Back to signing in</a></p>`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'Forgot your password', body, status, isWrong })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.requestPasswordReset({ email: fields['email'] ?? '' }, visitor)
  bring(visit, answer)
  if (!answer.ok) return show(visit, answer)
  return seeOther(visit, site.path('/forgot-password/sent'))
}

function showSent(visit: Visit): unknown {
  const again = visit.site.path('/forgot-password')
  const body = html`<p>
      If there is an account with that address, a link for a new password is on its way to it.
    </p>
    <p class="hint">
      Nothing came? Look where unwanted mail goes, or <a href="${again}">ask once more</a> and check
      the address.
    </p>`
  return sendPage(visit, { title: 'Check your mail', body })
}
