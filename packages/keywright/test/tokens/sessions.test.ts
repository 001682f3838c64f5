// Somebody who is signed in with us, decided about like everybody else.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { codeOf, shown, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const o1 = 'organizations/o1'

async function openSession() {
  const site = await openIssuer()
  const ada = await site.join('ada', { [o1]: 'member' })
  const now = site.world.clock.now()
  const session = {
    personId: ada.id,
    sessionId: 'ses_1',
    authenticatedAt: now - 1000,
    expiresAt: now + 60_000,
  }
  const { authority } = site
  return {
    ...site,
    authority,
    ada,
    session,
    async ask(asked: object = {}): Promise<string> {
      const decision = await authority.verifySession({ ...session, ...asked })
      return decision.allowed ? 'allowed' : decision.code
    },
  }
}

describe('a session', () => {
  it('acts as its person by their roles as they are now', async () => {
    const { authority, ada, ask } = await openSession()
    const write = { resource: o1, scope: 'runs:write' }
    expect(await ask(write)).toBe('allowed')
    expect(await ask({ ...write, mode: 'test' })).toBe('allowed')
    expect(await ask({ resource: o1, scope: 'members:write' })).toBe('insufficient_scope')
    expect(await ask({ resource: 'organizations/o2' })).toBe('outside_resource')
    await good(authority.members.change({ personId: ada.id, resource: o1, role: 'viewer' }))
    expect(await ask(write)).toBe('insufficient_scope')
    await good(authority.resources.disable(`users/${ada.id}`))
    expect(await ask()).toBe('resource_disabled')
  })

  it('makes a principal that names it and when its person last proved who they are', async () => {
    const { authority, session, ada } = await openSession()
    const decision = await authority.verifySession(session)
    expect(decision).toMatchObject({
      allowed: true,
      principal: {
        type: 'session',
        keyId: null,
        kind: 'users',
        holder: `users/${ada.id}`,
        mode: null,
        sessionId: 'ses_1',
        authenticatedAt: session.authenticatedAt,
        expiresAt: session.expiresAt,
      },
    })
  })

  it('is over at its end, also for what it began before', async () => {
    const { authority, world, session, ask } = await openSession()
    const decision = await authority.verifySession(session)
    if (!decision.allowed) throw new Error(decision.code)
    const desk = authority.as(decision.principal)
    const wish = { resource: decision.principal.holder }
    await shown(desk.keys.mint('personal', wish))
    world.clock.advance(60_000)
    expect(await ask()).toBe('session_ended')
    expect(await codeOf(desk.keys.mint('personal', wish))).toBe('session_ended')
  })

  it('of nobody is refused', async () => {
    const { ask } = await openSession()
    expect(await ask({ personId: 'usr_nobody' })).toBe('unknown_identity')
  })

  it('shares the limits of its person with their tokens', async () => {
    const { world, token, ask } = await openSession()
    const credential = await token('ada')
    const inTest = { mode: 'test', cost: 0 }
    for (let call = 0; call < 5; call += 1) expect(await ask(inTest)).toBe('allowed')
    expect(await verdict(world, credential, inTest)).toBe('rate_limited')
  })

  it('is unavailable when it cannot be decided', async () => {
    const { authority, ask } = await openSession()
    await authority.close()
    expect(await ask()).toBe('unavailable')
  })

  it('is no excuse for a cost that no program means', async () => {
    const { authority, session } = await openSession()
    await expect(authority.verifySession({ ...session, cost: -1 })).rejects.toThrow(TypeError)
  })
})
