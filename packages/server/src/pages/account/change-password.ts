import { bring } from '../answer.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import type { Visit } from '../visit.ts'
import { backToAccount, refuseOnAccount } from './show.ts'

export const passwordPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/account/password', submit })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const { current = '', next = '' } = fields
  const answer = await site.accounts.changePassword({ current, next }, visitor)
  bring(visit, answer)
  if (answer.ok) return backToAccount(visit, 'password')
  return refuseOnAccount(visit, answer, { invalid_credentials: 'current' })
}
