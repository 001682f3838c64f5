// Accepting an invitation. Its link is `/invitations/accept#<token>`: a secret never stands in an address that a server
// sees, and a fragment is sent to none. The script puts it into the form; without one it is pasted.

import type { ChangeRefused } from '@keywright/core'
import { PROBLEMS } from '@keywright/contract'
import { alert, field, form } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { sendPage } from '../page.ts'
import { withReturnTo, withSession } from '../session.ts'
import type { Visit } from '../visit.ts'

const URL = '/invitations/accept'

export const invitationPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: URL, show: (visit) => show(visit), submit })
}

async function show(visit: Visit, refusal?: ChangeRefused): Promise<unknown> {
  const { site, visitor, fields } = visit
  const session = await site.accounts.sessionOf(visitor)
  if (session === undefined) return showSignInFirst(visit)
  const token = field({
    name: 'token',
    label: 'Invitation',
    hint: 'The text after # in the link that you were sent.',
    value: fields['token'],
    isCode: true,
  })
  const body = html`${refusal !== undefined && alert(refusal.detail)}
    <p>
      You accept as <strong>${session.email ?? session.name}</strong>. It has to be who was invited.
    </p>
    ${form(visit, { action: site.path(URL), submit: 'Accept' }, token)}`
  const status = refusal === undefined ? 200 : PROBLEMS[refusal.code].status
  const isWrong = refusal !== undefined
  return sendPage(visit, {
    title: 'Accept an invitation',
    body,
    status,
    isWrong,
    session,
    script: 'invitation',
  })
}

function showSignInFirst(visit: Visit): unknown {
  const { site } = visit
  const signIn = withReturnTo(site.path('/sign-in'), site.path(URL))
  const signUp = withReturnTo(site.path('/sign-up'), site.path(URL))
  const body = html`<p>Sign in with the address that was invited, or sign up with it.</p>
    <p><a class="button" href="${signIn}">Sign in</a></p>
    <p><a class="button quiet" href="${signUp}">Sign up</a></p>
    <p class="hint">
      When you come back and the invitation is not in the form, open its link once more.
    </p>`
  return sendPage(visit, { title: 'Accept an invitation', body, script: 'invitation' })
}

function submit(visit: Visit): Promise<unknown> {
  return withSession(visit, async (session) => {
    const { site, fields } = visit
    const { invitations } = site.door.authority.asPerson(session.personId)
    const outcome = await invitations.accept({ token: (fields['token'] ?? '').trim() })
    if (!outcome.ok) return show(visit, outcome)
    const { role, resource } = outcome.membership
    const body = html`<p>You are <strong>${role}</strong> of <code>${resource}</code> now.</p>
      <p><a class="button" href="${site.path('/account')}">Go on</a></p>`
    return sendPage(visit, { title: 'Welcome', body, session })
  })
}
