// Whatever roles somebody has, and however their key is narrowed: it may do exactly what role and key and resource
// all allow, told by a model that knows nothing of how it is done.

import { fc } from '@keywright/core/testing'
import { expect, it } from 'vitest'
import type { Shown } from '../world/open-world.ts'
import { shown } from '../world/open-world.ts'
import type { Role } from './lab.ts'
import { good, lab, openLab } from './lab.ts'

const PLACES = [
  'organizations/a',
  'organizations/a/projects/p',
  'organizations/a/projects/p/runs/r',
  'organizations/a/projects/q',
  'organizations/ab',
  'organizations/b',
]
const ROLES = ['owner', 'maintainer', 'researcher', 'viewer'] as const
const SCOPES = ['runs:read', 'runs:write', 'nodes:write', 'keys:read', 'members:write'] as const

/** Told by hand, not read from the definition. */
const GIVES: Record<Role, readonly string[]> = {
  owner: SCOPES,
  maintainer: ['runs:read', 'runs:write', 'keys:read', 'members:write'],
  researcher: ['runs:read', 'runs:write', 'nodes:write'],
  viewer: ['runs:read'],
}

const isWithin = (inner: string, outer: string): boolean => `${inner}/`.startsWith(`${outer}/`)

const worlds = fc.record({
  roles: fc.uniqueArray(fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...ROLES)), {
    selector: ([place]) => place,
    maxLength: 4,
  }),
  /** Applied after the key was used once: roles come, change and go. */
  later: fc.array(
    fc.tuple(fc.constantFrom(...PLACES), fc.option(fc.constantFrom(...ROLES), { nil: null })),
    { maxLength: 3 },
  ),
  scopes: fc.option(fc.subarray([...SCOPES], { minLength: 1 }), { nil: undefined }),
  bound: fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
  hasChild: fc.boolean(),
})

it('a key of a person may do exactly what role, key and resource all allow, at each moment', async () => {
  const opened = await openLab()
  const { authority } = opened
  // Somebody else owns everything, so that nobody here is the last.
  await opened.join('guard', Object.fromEntries(PLACES.map((at) => [at, 'owner'])))
  let people = 0
  await fc.assert(
    fc.asyncProperty(worlds, async ({ roles, later, scopes, bound, hasChild }) => {
      people += 1
      const person = await opened.join(`p${people}`, Object.fromEntries(roles))
      const model = new Map<string, Role>(roles)
      const space = `users/${person.id}`
      const narrowing = { ...(bound === undefined ? {} : { resource: bound }), scopes }
      const key = await opened.keyOf(person, narrowing)
      const child = hasChild ? await makeChild(key) : undefined
      const check = async () => {
        const keyScopes: readonly string[] = scopes ?? SCOPES
        await compare(
          key,
          (scope, at) => {
            const own = bound === undefined && isWithin(at, space)
            const isInKey = bound === undefined || isWithin(at, bound)
            return keyScopes.includes(scope) && isInKey && (own || byRole(model, scope, at))
          },
          space,
        )
        await compareStanding(key)
        if (child !== undefined) await compareStanding(child)
        if (child === undefined) return
        await compare(
          child,
          (scope, at) =>
            isGiven(child.key.scopes, scope) &&
            keyScopes.includes(scope) &&
            isWithin(at, child.key.resource) &&
            byRole(model, scope, at),
          space,
        )
      }
      await check()
      for (const [resource, role] of later) {
        const at = { personId: person.id, resource }
        const { members } = authority
        if (role === null && model.has(resource)) await good(members.remove(at))
        if (role !== null && model.has(resource)) await good(members.change({ ...at, role }))
        if (role !== null && !model.has(resource)) await good(members.grant({ ...at, role }))
        if (role === null) model.delete(resource)
        else model.set(resource, role)
        await check()
      }
    }),
    { numRuns: 60 },
  )

  async function makeChild({ secret }: Shown): Promise<Shown | undefined> {
    const decision = await authority.verify({ credential: secret })
    if (!decision.allowed) return undefined
    const desk = authority.as(decision.principal)
    const request = { resource: 'organizations/a/projects/p' }
    const outcome = await desk.keys.mint('worker', request)
    return outcome.ok ? shown(Promise.resolve(outcome)) : undefined
  }

  // Without a role where it is bound, a key is refused whatever is asked, and is not listed as live.
  async function compareStanding({ id, secret }: Shown): Promise<void> {
    const { allowed } = await authority.verify({ credential: secret })
    const { key } = await good(authority.keys.show(id))
    expect(key.standing).toBe(allowed ? 'live' : 'roleless')
    const { resource, standing } = key
    let page = await good(authority.keys.list({ resource, standing }))
    while (page.next !== null && page.keys.every((each) => each.id !== id)) {
      page = await good(authority.keys.list({ resource, standing, after: page.next }))
    }
    expect(page.keys.map((each) => each.id)).toContain(id)
  }

  async function compare(
    { secret }: Shown,
    allows: (scope: string, at: string) => boolean,
    space: string,
  ): Promise<void> {
    for (const at of [...PLACES, space, 'users/usr_other']) {
      for (const scope of SCOPES) {
        const decision = await authority.verify({ credential: secret, scope, resource: at })
        expect({ at, scope, allowed: decision.allowed }).toEqual({
          at,
          scope,
          allowed: allows(scope, at),
        })
      }
    }
  }
})

/** A child that says nothing of scopes gets its kind's as they are written, wildcards included. */
function isGiven(grants: readonly string[], scope: string): boolean {
  return grants.some((grant) => grant === scope || grant === `${scope.split(':')[0]}:*`)
}

function byRole(model: ReadonlyMap<string, Role>, scope: string, at: string): boolean {
  return [...model].some(([place, role]) => isWithin(at, place) && GIVES[role].includes(scope))
}

it('the model knows the roles of the definition', () => {
  expect([...lab.roles.keys()]).toEqual(ROLES)
})
