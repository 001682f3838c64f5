/** `token ls`: the person's tokens, without secrets. */
import { askTokens, type Token } from '../api/token.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'

export async function listTokens(context: Context): Promise<void> {
  const { brand, out } = context
  const { api } = openSession(context)
  const tokens = await askTokens(api, brand)
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
  if (tokens.length === 0) out.note('There are no tokens.')
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
