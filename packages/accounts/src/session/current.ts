// Who is signed in. Asked of the database each time: a session that was ended, and a person who was disabled, are gone
// at the next use (ASVS 7.4.1, 7.4.2).

import type { Session, Visitor } from '@keywright/contract'
import { called } from '../auth/call.ts'
import { cookieOf, headersOf } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { SESSION_IDLE_MS, SESSION_STAMP_MS } from '../life.ts'
import type { AccountUser } from '../person/of-user.ts'
import { personOf } from '../person/of-user.ts'

/** A session with what only accounts may see of it. */
export interface Current {
  readonly session: Session
  readonly user: AccountUser & { readonly twoFactorEnabled: boolean }
  /** The secret of the session. */
  readonly token: string
}

export async function currentOf(inside: Inside, visitor: Visitor): Promise<Current | undefined> {
  if (cookieOf(visitor, 'session') === undefined) return undefined
  const found = await called(
    inside,
    inside.auth.api.getSession({
      headers: headersOf(visitor, ['session']),
      query: { disableRefresh: true },
      returnHeaders: true,
    }),
  )
  if (!found.ok || found.response === null) return undefined
  const { session, user } = found.response
  const now = inside.deps.clock.now()
  const lastUsedAt = session.lastUsedAt ?? session.createdAt.getTime()
  if (isOver({ lastUsedAt, expiresAt: session.expiresAt.getTime() }, now)) {
    await inside.rows.deleteSession(session.token)
    return undefined
  }
  const person = await personOf(inside, user)
  if (person === undefined || person.isBlocked) return undefined
  if (now - lastUsedAt >= SESSION_STAMP_MS) await stamp(inside, session.id, now)
  return {
    session: {
      id: session.id,
      personId: person.id,
      name: person.name,
      email: person.email,
      authenticatedAt: session.createdAt.getTime(),
      expiresAt: Math.min(session.expiresAt.getTime(), now + SESSION_IDLE_MS),
    },
    user: { ...user, twoFactorEnabled: user.twoFactorEnabled === true },
    token: session.token,
  }
}

/** Whether a session has ended by time alone. */
export function isOver(
  session: { readonly lastUsedAt: number; readonly expiresAt: number },
  now: number,
): boolean {
  return now >= session.expiresAt || now - session.lastUsedAt >= SESSION_IDLE_MS
}

async function stamp(inside: Inside, id: string, now: number): Promise<void> {
  await inside.db
    .updateTable('account_sessions')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .execute()
}
