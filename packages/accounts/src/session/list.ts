import type { AccountAnswer, ListedSession, Visitor } from '@keywright/contract'
import { done, notSignedIn, refused } from '../answer/answer.ts'
import { setCookie } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { SESSION_IDLE_MS } from '../life.ts'
import type { Current } from './current.ts'
import { currentOf, isOver } from './current.ts'

/** The sessions of the visitor's account, this one first, then by their latest use. */
export async function listSessions(
  inside: Inside,
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly sessions: readonly ListedSession[] }>> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  const sessions = (await liveOf(inside, current)).map(({ listed }) => listed)
  return { ok: true, sessions, setCookies: [] }
}

/** Ends one of the visitor's own sessions; of anybody else's it says that there is none. */
export async function endSession(
  inside: Inside,
  { id }: { readonly id: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  const found = (await liveOf(inside, current)).find(({ listed }) => listed.id === id)
  if (found === undefined) {
    return refused('session_not_found', 'You have no such session. It may have ended.')
  }
  await inside.rows.deleteSession(found.token)
  return done(found.listed.isCurrent ? [setCookie('session', '', 0)] : [])
}

async function liveOf(
  inside: Inside,
  { user, session: own }: Current,
): Promise<{ readonly listed: ListedSession; readonly token: string }[]> {
  const now = inside.deps.clock.now()
  const sessions = await inside.rows.listSessions(user.id, { onlyActiveSessions: true })
  return sessions
    .map((session) => {
      const authenticatedAt = session.createdAt.getTime()
      const lastUsedAt = lastUseOf(session) ?? authenticatedAt
      const expiresAt = Math.min(session.expiresAt.getTime(), lastUsedAt + SESSION_IDLE_MS)
      const { id, userAgent, ipAddress } = session
      const isCurrent = id === own.id
      const times = { authenticatedAt, lastUsedAt, expiresAt }
      const from = { userAgent: userAgent || null, network: ipAddress || null }
      return { listed: { id, isCurrent, ...times, ...from }, token: session.token }
    })
    .filter(({ listed }) => !isOver(listed, now))
    .toSorted(
      ({ listed: one }, { listed: other }) =>
        Number(other.isCurrent) - Number(one.isCurrent) || other.lastUsedAt - one.lastUsedAt,
    )
}

// The library does not know the type of a column that we added.
function lastUseOf(session: object): number | undefined {
  return 'lastUsedAt' in session && typeof session.lastUsedAt === 'number'
    ? session.lastUsedAt
    : undefined
}
