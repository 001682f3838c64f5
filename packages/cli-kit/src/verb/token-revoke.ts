/** `token revoke`: ends one token at the server, by its name or the beginning of its id. */
import { findToken } from '../api/token.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'

export async function revokeTokenNamed(context: Context, { argument = '' }: Given): Promise<void> {
  const { brand, out } = context
  const { api, login } = openSession(context)
  const { id, name, start } = await findToken(api, brand, argument)
  await api.call(brand.routes.revokeKey, { params: { id } })
  out.answer({ id, name: name ?? null, is_revoked: true }, [])
  out.note(`Revoked ${name ?? id}${name === undefined ? '' : ` (${id})`}.`)
  const isOwn = start !== undefined && login.credential.startsWith(start.replace(/…$/, ''))
  if (isOwn) out.warn('it is the token that you are logged in with; log in again to go on.')
}
