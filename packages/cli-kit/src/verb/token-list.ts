/** `token ls`: the person's tokens, without secrets; those that were revoked only with `--all`. */
import { askTokens, type Token } from '../api/token.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'

export async function listTokens(context: Context, { flags }: Given): Promise<void> {
  const { brand, out } = context
  const { api } = openSession(context)
  const all = await askTokens(api, brand)
  const tokens =
    flags['all'] === true ? all : all.filter(({ revokedAt }) => revokedAt === undefined)
  const rows = tokens.map(({ id, name, start, lastUsedAt, expiresAt, revokedAt }) => [
    id,
    name ?? '',
    start === undefined ? '' : `${start.replace(/…$/, '')}…`,
    lastUsedAt ?? 'never used',
    revokedAt === undefined ? (expiresAt ?? 'no end') : `revoked ${revokedAt}`,
  ])
  const head = ['ID', 'NAME', 'TOKEN', 'LAST USED', 'ENDS'].map((word) =>
    out.dataStyle('bold', word),
  )
  out.answer(tokens.map(tokenJson), tokens.length === 0 ? [] : tableLines([head, ...rows]))
  // Whether the others have expired is for the server's clock to say; a wrong one here would hide what counts.
  const revoked = all.length - tokens.length
  if (all.length === 0) out.note('There are no tokens.')
  if (revoked > 0) out.note(`${revoked} more ${revoked === 1 ? 'was' : 'were'} revoked; see --all.`)
}

/** A token as `--json` shows it. */
export function tokenJson(
  token: Token,
): Readonly<Record<string, string | readonly string[] | null>> {
  const { id, name, start, kind, scopes, madeWith } = token
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = token
  return {
    id,
    name: name ?? null,
    start: start ?? null,
    kind: kind ?? null,
    scopes,
    made_with: madeWith ?? null,
    created_at: createdAt ?? null,
    last_used_at: lastUsedAt ?? null,
    expires_at: expiresAt ?? null,
    revoked_at: revokedAt ?? null,
  }
}
