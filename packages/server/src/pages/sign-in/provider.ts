// Signing in at an outside provider, there and back.

import { ACCOUNT_PATHS } from '@keywright/contract'
import { bring } from '../answer.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { ownPathOr } from '../own-path.ts'
import { seeOther, sendPage } from '../page.ts'
import { returnToOf } from '../session.ts'
import type { Visit } from '../visit.ts'
import { showSignIn } from './password.ts'

export const providerPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/sign-in/with/:id', submit: start })
  pageAt(app, site, { url: `${ACCOUNT_PATHS.provider}/:id`, show: finish })
}

async function start(visit: Visit): Promise<unknown> {
  const { site, visitor } = visit
  const id = idOf(visit)
  const returnTo = returnToOf(visit)
  const answer = bring(visit, await site.accounts.startProvider({ id, returnTo }, visitor))
  if (!answer.ok) return showSignIn(visit, { returnTo, refusal: answer })
  const { location } = answer
  const name = site.accounts.providers.find((provider) => provider.id === id)?.name ?? id
  // A page and no redirect: browsers hold redirects after a form to form-action, which names nobody else.
  const body = html`<p>You go on at ${name} and come back when you have signed in there.</p>
    <p><a class="button" href="${location}">Continue to ${name}</a></p>`
  return sendPage(visit, { title: `Continue with ${name}`, body, onwardTo: location })
}

async function finish(visit: Visit): Promise<unknown> {
  const { site, visitor, request } = visit
  const answer = await site.accounts.finishProvider({ id: idOf(visit), url: request.url }, visitor)
  bring(visit, answer)
  if (!answer.ok) return showSignIn(visit, { refusal: answer })
  return seeOther(visit, ownPathOr(answer.returnTo, site.path('/account')))
}

function idOf({ request }: Visit): string {
  return (request.params as { readonly id: string }).id
}
