// A person is one person: by a token, by a session and by a personal key that is not narrowed they may do the same, at
// each moment, whatever their roles are and however these change.

import { fc } from '@keywright/core/testing'
import { expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { shown } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const PLACES = [
  'organizations/a',
  'organizations/a/projects/p',
  'organizations/a/projects/q',
  'organizations/ab',
]
const ROLES = ['owner', 'member', 'viewer'] as const
const SCOPES = ['runs:read', 'runs:write', 'keys:read', 'members:write'] as const
const ASKED = [
  ...PLACES,
  'organizations/a/projects/-',
  'organizations/a/../ab',
  'users/-',
  undefined,
]

const changes = fc.array(
  fc.tuple(fc.constantFrom(...PLACES), fc.option(fc.constantFrom(...ROLES), { nil: null })),
  { maxLength: 4 },
)

it('token, session and whole personal key have the same verdict of the same person', async () => {
  const { world, authority, join, token } = await openIssuer()
  await join('guard', Object.fromEntries(PLACES.map((place) => [place, 'owner'])))
  let people = 0
  await fc.assert(
    fc.asyncProperty(changes, async (steps) => {
      people += 1
      const subject = `p${people}`
      const { id: personId } = await join(subject)
      const space = `users/${personId}`
      const credential = await token(subject)
      const key = await shown(authority.keys.mint('personal', { resource: space, holder: space }))
      const now = world.clock.now()
      const times = { authenticatedAt: now, expiresAt: now + 1000 }
      const session = { personId, sessionId: subject, ...times }
      const roles = new Set<string>()
      for (const [resource, role] of [['', null] as const, ...steps]) {
        const at = { personId, resource }
        if (role === null) {
          if (roles.delete(resource)) await good(authority.members.remove(at))
        } else if (roles.has(resource)) await good(authority.members.change({ ...at, role }))
        else {
          roles.add(resource)
          await good(authority.members.grant({ ...at, role }))
        }
        for (const scope of SCOPES) {
          for (const asked of ASKED) {
            const ask = asked === undefined ? { scope } : { scope, resource: asked }
            const byToken = await authority.verify({ credential, ...ask })
            const bySession = await authority.verifySession({ ...session, ...ask })
            const byKey = await authority.verify({ credential: key.secret, ...ask })
            const codes = [byToken, bySession, byKey].map((decision) =>
              decision.allowed ? 'allowed' : decision.code,
            )
            expect(new Set(codes).size, `${scope} ${asked}: ${codes.join()}`).toBe(1)
          }
        }
      }
    }),
    { numRuns: 40 },
  )
})
