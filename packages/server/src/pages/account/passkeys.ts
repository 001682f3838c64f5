import { bring } from '../answer.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { readWebAuthn, sendOptions } from '../passkey-exchange.ts'
import type { Visit } from '../visit.ts'
import { PASSKEY_PATHS } from './sections/paths.ts'
import { backToAccount, refuseOnAccount } from './show.ts'

export const passkeyPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: PASSKEY_PATHS.add, submit: add })
  pageAt(app, site, { url: PASSKEY_PATHS.options, submit: options })
  pageAt(app, site, { url: PASSKEY_PATHS.remove, submit: remove })
}

async function options(visit: Visit): Promise<unknown> {
  return sendOptions(visit, await visit.site.accounts.passkeys.registerOptions(visit.visitor))
}

async function add(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const name = fields['passkey_name'] ?? ''
  const response = readWebAuthn(visit)
  const answer = await site.accounts.passkeys.register({ name, response }, visitor)
  bring(visit, answer)
  if (!answer.ok) return refuseOnAccount(visit, answer)
  return backToAccount(visit, 'passkey-added')
}

async function remove(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.passkeys.remove({ id: fields['id'] ?? '' }, visitor)
  bring(visit, answer)
  if (!answer.ok) return refuseOnAccount(visit, answer)
  return backToAccount(visit, 'passkey-removed')
}
