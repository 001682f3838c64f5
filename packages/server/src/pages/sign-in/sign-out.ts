import { bring } from '../answer.ts'
import { notice } from '../form.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import type { Visit } from '../visit.ts'
import { showSignIn } from './password.ts'

export const signOutPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/sign-out', submit })
}

async function submit(visit: Visit): Promise<unknown> {
  const answer = bring(visit, await visit.site.accounts.signOut(visit.visitor))
  if (!answer.ok) return showSignIn(visit, { refusal: answer })
  return showSignIn(visit, { top: notice('You are signed out.') })
}
