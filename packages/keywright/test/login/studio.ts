// A product with a command line: people log in with it, and a second program that is not it.

import { digestSecret } from '@keywright/token'
import type { OAuthOutcome, StartedDevice, HandedOut, SignedIn } from '@keywright/core'
import { checkAuthorization } from '@keywright/core'
import type { OpenOptions, Person } from 'keywright'
import { days, defineAuthority } from 'keywright'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import { openWorld } from '../world/open-world.ts'

export const studio = defineAuthority({
  product: { name: 'Studio', slug: 'studio' },
  resources: { organizations: { projects: {} } },
  scopes: ['films:read', 'films:write', 'vault:read'],
  roles: { owner: ['*'], viewer: ['films:read'] },
  keys: {
    personal: {
      prefix: 'st_pk',
      bound: 'users',
      scopes: ['*'],
      mintedBy: ['personal'],
      lifetime: { default: days(90) },
    },
    machine: { prefix: 'st_mk', bound: 'organizations', scopes: ['films:*'], mintedBy: ['users'] },
  },
  login: {
    kind: 'personal',
    clients: { studio: { name: 'Studio CLI' }, player: { name: 'Studio Player' } },
  },
})

export const VERIFIER = 'a-verifier-of-43-characters-or-more-as-needed-1'
export const REDIRECT = 'http://127.0.0.1:49152/callback'

export async function openStudio(options: Partial<OpenOptions> = {}) {
  const world = await openWorld(studio, options)
  const { authority, clock } = world
  const { login } = authority

  /** The parameters of a right authorization request, changed where a test says so. */
  const parameters = (change: object = {}) => ({
    clientId: 'studio',
    redirectUri: REDIRECT,
    responseType: 'code',
    codeChallenge: digestSecret(VERIFIER),
    codeChallengeMethod: 'S256',
    deviceName: 'ada@laptop',
    ...change,
  })

  const requestOf = (change: object = {}) => {
    const checked = checkAuthorization(studio, parameters(change))
    if (!checked.ok) throw new Error(`refused as ${checked.error}: ${checked.description}`)
    return checked.request
  }

  return {
    world,
    authority,
    clock,
    login,
    parameters,
    requestOf,
    async join(name: string): Promise<Person> {
      const { person } = await good(authority.people.add({ name }))
      return person
    },
    /** Signed in a moment ago. */
    session(person: Person, sessionId = `of ${person.name}`): { type: 'session' } & SignedIn {
      return { type: 'session', personId: person.id, sessionId, authenticatedAt: clock.now() }
    },
    async codeFor(person: Person, change: object = {}): Promise<string> {
      const { code } = await good(login.approve(person.id, requestOf(change)))
      rememberSecret(code)
      return code
    },
    async redeem(code: string, change: object = {}): Promise<OAuthOutcome<HandedOut>> {
      const whole = { clientId: 'studio', redirectUri: REDIRECT, codeVerifier: VERIFIER }
      const outcome = await login.redeem({ ...whole, code, ...change })
      if (outcome.ok) rememberSecret(outcome.secret)
      return outcome
    },
    async start(change: object = {}): Promise<StartedDevice> {
      const asked = { clientId: 'studio', deviceName: 'ada@server', network: '192.0.2.7' }
      const started = handed(await login.device.start({ ...asked, ...change }))
      rememberSecret(started.deviceCode)
      return started
    },
    async poll(deviceCode: string, clientId = 'studio'): Promise<OAuthOutcome<HandedOut>> {
      const outcome = await login.device.poll({ clientId, deviceCode })
      if (outcome.ok) rememberSecret(outcome.secret)
      return outcome
    },
    /** What happened, oldest first, of the events that begin so. */
    async steps(person: Person, beginning = 'login.'): Promise<string[]> {
      const listed = await good(authority.asPerson(person.id).events.list({ limit: 100 }))
      return listed.events.map(({ type }) => type).filter((type) => type.startsWith(beginning))
    },
  }
}

/** What an answer to a program that must be good holds. */
export function handed<Result>(outcome: OAuthOutcome<Result>): Result {
  if (!outcome.ok) throw new Error(`refused as ${outcome.error}: ${outcome.description}`)
  return outcome
}

/** What a program is refused as, or 'ok'. */
export function errorOf(outcome: OAuthOutcome<object>): string {
  return outcome.ok ? 'ok' : outcome.error
}
