/** `token revoke`: ends one token at the server, by its name or the beginning of its id, after showing who uses it. */
import { askTokens, findToken, isSecretOf, titleOf, tokensMadeWith } from '../api/token.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { weighEvidence } from './token-revoke/evidence.ts'

export async function revokeTokenNamed(context: Context, { argument = '' }: Given): Promise<void> {
  const { brand, out } = context
  const { api, login } = openSession(context)
  const tokens = await askTokens(api, brand)
  const token = findToken(tokens, argument)
  const { id, name } = token
  const made = tokensMadeWith(tokens, id)
  await weighEvidence(context, token, made)
  await api.call(brand.routes.revokeKey, { params: { id } })
  out.answer(
    {
      id,
      name: name ?? null,
      is_revoked: true,
      last_used_at: token.lastUsedAt ?? null,
      ended_with_it: made.map((each) => each.id),
    },
    [],
  )
  out.note(`Revoked ${name ?? id}${name === undefined ? '' : ` (${id})`}.`)
  if (made.length > 0) {
    out.note(`With it ended what was made with it: ${made.map(titleOf).join(', ')}.`)
  }
  if (isSecretOf(token, login.credential)) {
    out.warn('it is the token that you are logged in with; log in again to go on.')
  }
}
