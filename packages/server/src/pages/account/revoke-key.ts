import { RequestRefused } from '../../answer/problems.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { withSession } from '../session.ts'
import type { Visit } from '../visit.ts'
import { backToAccount } from './show.ts'

export const keyPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/account/keys/revoke', submit })
}

/** Revokes a key of the person. What else they may revoke by a role is not for this page, which shows their own. */
function submit(visit: Visit): Promise<unknown> {
  return withSession(visit, async ({ personId }) => {
    const { keys } = visit.site.door.authority.asPerson(personId)
    const shown = await keys.show(visit.fields['id'] ?? '')
    const isOwn = shown.ok && shown.key.holder === `users/${personId}`
    const outcome = isOwn ? await keys.revoke(shown.key.id) : shown
    if (!outcome.ok || !isOwn) throw new RequestRefused(outcome.ok ? NOT_THEIRS : outcome)
    return backToAccount(visit, 'key-revoked')
  })
}

const NOT_THEIRS = { code: 'key_not_found', detail: 'No key of yours has this id.' } as const
