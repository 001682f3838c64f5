// Whatever happens in whatever order: a verifier that has seen it all answers as one that has just read the database.
// What is kept in memory would differ first where an event names too little, and that is how a key outlives its end.

import type { Decision } from '@keywright/core'
import { admitToken, ledgerOf } from '@keywright/core'
import { fc } from '@keywright/core/testing'
import { pepperDigest } from '@keywright/token'
import { guardedGet, JwtVerifier, VerifierEngine } from '@keywright/verifier'
import { createSigner, startKeyHost } from '@keywright/verifier/testing'
import { defineAuthority } from 'keywright'
import { expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { insideOf } from '../../src/open/inside.ts'
import { openWorld } from '../world/open-world.ts'
import { good } from './lab.ts'

const AUDIENCE = 'https://api.lab.test'
const ROLES = ['owner', 'maintainer', 'viewer'] as const
/** Below the organizations of a run. */
const PLACES = ['a', 'a/projects/p', 'a/projects/q', 'b'] as const

function define(issuer: string) {
  return defineAuthority({
    product: { name: 'Lab', slug: 'lab' },
    resources: { organizations: { projects: {} } },
    scopes: ['runs:read', 'runs:write'],
    roles: { owner: ['*'], maintainer: ['runs:*', 'keys:*'], viewer: ['runs:read'] },
    keys: {
      personal: { prefix: 'la_pk', bound: 'users', scopes: ['*'], mintedBy: ['personal'] },
      org: { prefix: 'la_sk', bound: 'organizations', scopes: ['*'], mintedBy: ['users'] },
      worker: {
        prefix: 'la_wk',
        bound: 'organizations/projects',
        scopes: ['runs:*'],
        mintedBy: ['personal', 'org', 'users'],
        lifetime: { default: 120 },
      },
    },
    issuers: [
      {
        issuer,
        audience: AUDIENCE,
        algorithms: ['RS256'],
        people: 'join',
        claims: { organization: 'org', role: 'role' },
      },
    ],
  })
}

const person = fc.constantFrom('ada', 'bob')
const place = fc.constantFrom(...PLACES)
const role = fc.constantFrom(...ROLES)
const scopes = fc.subarray(['runs:read', 'runs:write', 'keys:write'], { minLength: 1 })
const nth = fc.nat(7)
const overlapSeconds = fc.constantFrom(0, 60)
const before = fc.constantFrom(-60_000, 0, 60_000, null)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

/** One thing that happens. What is refused has not happened, which is as good. */
type Step = (run: Run) => Promise<unknown>

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(person, place, maybe(role)).map(
    (told): Step =>
      (run) =>
        run.setRole(...told),
  ),
  fc.tuple(person, place, maybe(role)).map(
    (told): Step =>
      (run) =>
        run.setRole(...told),
  ),
  fc.tuple(fc.constantFrom('disable', 'enable', 'enable', 'end'), fc.oneof(place, person)).map(
    ([verb, on]): Step =>
      (run) =>
        run.resources[verb](run.nameOf(on)),
  ),
  fc.tuple(person, maybe(place)).map(
    (told): Step =>
      (run) =>
        run.mint(...told),
  ),
  person.map(
    (who): Step =>
      (run) =>
        run.mintOrg(who),
  ),
  fc.tuple(nth, fc.constantFrom('personal', 'worker'), place).map(
    (told): Step =>
      (run) =>
        run.mintBelow(...told),
  ),
  fc.tuple(nth, scopes).map(
    ([nth, to]): Step =>
      (run) =>
        run.keys.narrow(run.idOf(nth), { scopes: to }),
  ),
  fc.tuple(nth, overlapSeconds).map(
    (told): Step =>
      (run) =>
        run.rotate(...told),
  ),
  nth.map(
    (nth): Step =>
      (run) =>
        run.keys.revoke(run.idOf(nth)),
  ),
  fc.tuple(person, maybe(fc.constantFrom('a', 'b', 'none')), role).map(
    (told): Step =>
      (run) =>
        run.issue(...told),
  ),
  fc.tuple(maybe(person), before).map(
    (told): Step =>
      (run) =>
        run.refuseBefore(...told),
  ),
  fc.constantFrom(1000, 30_000, 90_000).map(
    (ms): Step =>
      async (run) =>
        run.advance(ms),
  ),
)

it('what is kept in memory is never told from what is stored, whatever happened', async () => {
  const house = await openHouse()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const run = await startRun(house)
      await run.setRole('ada', 'a', 'owner')
      await run.mint('ada', undefined)
      await run.mintBelow(0, 'personal', 'a')
      await run.mintBelow(1, 'worker', 'a/projects/p')
      await run.check()
      for (const happen of steps) {
        await happen(run)
        await run.check()
      }
    }),
    { numRuns: 60 },
  )
})

type House = Awaited<ReturnType<typeof openHouse>>
type Run = Awaited<ReturnType<typeof startRun>>

async function openHouse() {
  const host = await startKeyHost()
  onTestFinished(() => host.close())
  const signer = await createSigner('key-1')
  host.publish(signer.publicJwk)
  const { authority, clock } = await openWorld(define(host.issuer), { database: ':memory:' })
  const { definition, store, pepper, ...deps } = insideOf(authority)
  const tokens = new JwtVerifier({ issuers: definition.issuers, clock, get: guardedGet() })
  /** One that knows nothing yet. */
  const openCold = (): VerifierEngine =>
    new VerifierEngine({
      definition,
      source: { find: (digest) => store.reads.findBySecret(pepperDigest(digest, pepper)) },
      people: {
        readIdentity: (identity) => store.reads.readIdentity(identity),
        readPerson: (id) => store.reads.readPerson(id),
        admit: (token) => admitToken({ ...deps, definition, store, pepper }, token),
      },
      tokens,
      feed: store,
      ledger: ledgerOf(store),
      clock,
    })
  let runs = 0
  return { authority, clock, issuer: host.issuer, signer, openCold, nextRun: () => (runs += 1) }
}

async function startRun(house: House) {
  const { authority, clock, issuer, signer } = house
  const { people, members, organizations, keys, resources, issuers } = authority
  const run = house.nextRun()
  const guard = await good(people.add({ name: 'guard' }))
  const names = new Map<string, string>()
  for (const short of ['a', 'b']) {
    const request = { slug: `${short}${run}`, name: short, ownerId: guard.person.id }
    const { organization } = await good(organizations.create(request))
    names.set(short, `organizations/${organization.id}`)
  }
  for (const name of ['ada', 'bob']) {
    const { person: added } = await good(people.join({ issuer, subject: `${name}${run}`, name }))
    names.set(name, `users/${added.id}`)
  }
  const nameOf = (short: string): string => {
    const [top = '', ...below] = short.split('/')
    return [names.get(top), ...below].join('/')
  }
  const personIdOf = (name: string): string => nameOf(name).slice('users/'.length)
  const made: { id: string; secret: string }[] = []
  const bearers: string[] = []
  const keep = async (answer: ReturnType<typeof keys.mint>): Promise<void> => {
    const outcome = await answer
    if (!outcome.ok || outcome.secret === null) return
    rememberSecret(outcome.secret)
    made.push({ id: outcome.key.id, secret: outcome.secret })
    bearers.push(outcome.secret)
  }
  const pick = (nth: number) => made[nth % Math.max(1, made.length)] ?? { id: 'key_0', secret: '' }
  return {
    keys,
    resources,
    nameOf,
    idOf: (nth: number): string => pick(nth).id,
    advance: (ms: number): void => clock.advance(ms),
    async setRole(name: string, short: string, to: (typeof ROLES)[number] | undefined) {
      const at = { personId: personIdOf(name), resource: nameOf(short) }
      if (to === undefined) return members.remove(at)
      const granted = await members.grant({ ...at, role: to })
      return granted.ok ? granted : members.change({ ...at, role: to })
    },
    mint(name: string, short: string | undefined) {
      const holder = nameOf(name)
      const resource = short === undefined ? holder : nameOf(short)
      return keep(keys.mint('personal', { resource, holder }))
    },
    mintOrg: (name: string) =>
      keep(authority.asPerson(personIdOf(name)).keys.mint('org', { resource: nameOf('a') })),
    async mintBelow(nth: number, kind: 'personal' | 'worker', short: string) {
      const decision = await authority.verify({ credential: pick(nth).secret, isPeek: true })
      if (!decision.allowed) return
      await keep(authority.as(decision.principal).keys.mint(kind, { resource: nameOf(short) }))
    },
    rotate: (nth: number, overlap: number) =>
      keep(keys.rotate(pick(nth).id, { overlapSeconds: overlap })),
    async issue(name: string, short: string | undefined, to: string) {
      const now = Math.floor(clock.now() / 1000)
      const org = short && { org: names.has(short) ? `${short}${run}` : short, role: to }
      const claims = { iss: issuer, sub: `${name}${run}`, aud: AUDIENCE, iat: now, exp: now + 600 }
      const token = await signer.sign({ ...claims, ...org })
      rememberSecret(token)
      bearers.push(token)
    },
    refuseBefore(name: string | undefined, since: number | null) {
      const subject = name && { subject: `${name}${run}` }
      const at = since === null ? null : clock.now() + since
      return issuers.notBefore({ issuer, ...subject, at })
    },
    /** Asks both of everything. */
    async check(): Promise<void> {
      const cold = house.openCold()
      for (const resource of [undefined, ...PLACES.map(nameOf), nameOf('ada')]) {
        const ask = resource === undefined ? {} : { scope: 'runs:write', resource }
        const question = { ...ask, isPeek: true }
        for (const credential of bearers) {
          const warm = plain(await authority.verify({ ...question, credential } as never))
          expect(warm).toEqual(plain(await cold.verify({ ...question, credential })))
        }
        for (const name of ['ada', 'bob']) {
          const session = {
            ...question,
            personId: personIdOf(name),
            sessionId: name,
            authenticatedAt: 0,
            expiresAt: clock.now() + 1000,
          }
          const warm = plain(await authority.verifySession(session as never))
          expect(warm).toEqual(plain(await cold.verifySession(session)))
        }
      }
      cold.close()
    },
  }
}

/** A decision without the number of the event that it was read at. */
function plain(decision: Decision): object {
  if (!decision.allowed) return decision
  const { seq: _, ...principal } = decision.principal
  return { ...decision, principal }
}
