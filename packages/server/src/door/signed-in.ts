// Callers that are signed in at this browser: a request without a credential acts as the person of its session cookie.
// A browser sends its cookies whoever makes it ask, so a change also needs the proof that a page of ours asked for it
// (ASVS 3.5.1); that bodies are JSON is the same for every caller.

import type { IncomingMessage } from 'node:http'
import type { Session } from '@keywright/contract'
import type { Decision, SessionRequest } from '@keywright/core'
import { refuse } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import type { CallerAsk } from './caller.ts'
import { findCaller } from './caller.ts'
import type { Door } from './door.ts'
import { refuseCrossSite } from './same-origin.ts'
import { visitorOf } from './visitor.ts'

/** Who calls, by a credential or else by being signed in. */
export async function findCallerOrSession(
  door: Door,
  request: IncomingMessage,
  ask: CallerAsk,
): Promise<Decision | CodedRefusal> {
  const decision = await findCaller(door, request, ask)
  const mayHaveSession = decision.allowed || decision.code === 'missing_credential'
  if (!mayHaveSession || door.accounts === undefined || request.headers.cookie === undefined) {
    return decision
  }
  const session = await door.accounts.sessionOf(visitorOf(door, request))
  if (session === undefined) return decision
  if (decision.allowed) {
    if (decision.principal.holder === `users/${session.personId}`) return decision
    const detail =
      'The credential is for somebody else than who is signed in at this browser. Send it without cookies, or sign out.'
    return refuse('conflicting_credentials', detail)
  }
  const isChange = request.method !== 'GET' && request.method !== 'HEAD'
  const crossSite = isChange ? refuseCrossSite(door.accounts.origin, request) : undefined
  return crossSite ?? door.authority.verifySession(requestOf(session, ask))
}

function requestOf(session: Session, { scope, isAgain }: CallerAsk): SessionRequest {
  const { id: sessionId, personId, authenticatedAt, expiresAt } = session
  return {
    sessionId,
    personId,
    authenticatedAt,
    expiresAt,
    cost: 0,
    ...(scope === undefined ? {} : { scope }),
    ...(isAgain === true ? { isPeek: true } : {}),
  }
}
