import { bring } from '../answer.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import type { Visit } from '../visit.ts'
import { backToAccount, refuseOnAccount } from './show.ts'

export const sessionPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/account/sessions/end', submit })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.endSession({ id: fields['id'] ?? '' }, visitor)
  bring(visit, answer)
  if (!answer.ok) return refuseOnAccount(visit, answer)
  return backToAccount(visit, 'session-ended')
}
