// What Better Auth has no call for: a session for somebody who has proved in our own way who they are, and whose second
// factor a browser is being asked for. They are called by verbs; no path leads to them.

import { createAuthEndpoint } from '@better-auth/core/api'
import type { BetterAuthPlugin } from 'better-auth'
import { APIError } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'

export function ownEndpoints() {
  return {
    id: 'keywright',
    endpoints: {
      startSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context
          const user = await internalAdapter.findUserById(ctx.body.userId)
          if (user === null) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_FOUND' })
          const session = await internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return { userId: user.id, token: session.token }
        },
      ),
      challengedUser: createAuthEndpoint.serverOnly({ method: 'GET' }, async (ctx) => {
        const cookie = ctx.context.createAuthCookie('two_factor')
        const challenge = await ctx.getSignedCookie(cookie.name, ctx.context.secret)
        if (typeof challenge !== 'string') return null
        const found = await ctx.context.internalAdapter.findVerificationValue(challenge)
        return found === null ? null : { userId: found.value }
      }),
    },
  } satisfies BetterAuthPlugin
}
