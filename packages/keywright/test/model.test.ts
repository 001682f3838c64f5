// Random histories against the model. KEYWRIGHT_MODEL_RUNS sets how many; `npm run test:long` runs many more.

import { fc } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import type { ModelAsk, ModelKey } from './world/model.ts'
import { gives, lineOf, Model } from './world/model.ts'
import { openWorld, principalOf, rowsOf, shown, verdict } from './world/open-world.ts'

const RUNS = Number(process.env['KEYWRIGHT_MODEL_RUNS'] ?? 300)

const openAcme = () => openWorld(acme)
type Acme = Awaited<ReturnType<typeof openAcme>>

const pick = fc.nat(999)
const grants = fc.constantFrom(
  '*',
  'agents:read',
  'agents:*',
  'events:read',
  'events:*',
  'keys:*',
  'keys:write',
)
/** Mostly nothing special, so that histories grow branches before they are cut. */
const mostly = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const wish = mostly(fc.uniqueArray(grants, { minLength: 1, maxLength: 3 }))
const life = mostly(fc.integer({ min: 1, max: 100 }))

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('mint' as const), pick, scopes: wish, life }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('child' as const),
      pick,
      place: pick,
      scopes: wish,
      life,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('narrow' as const),
      pick,
      scopes: fc.uniqueArray(grants, { minLength: 1, maxLength: 3 }),
      life,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('rotate' as const), pick, overlap: fc.nat(60) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('disable' as const, 'enable' as const), pick }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** One history in organizations of its own. */
class History {
  readonly #world: Acme
  readonly #places: readonly string[]
  readonly #model = new Model()
  #events = 0

  constructor(world: Acme, name: string) {
    this.#world = world
    const organization = `organizations/${name}`
    this.#places = [
      organization,
      `${organization}0`,
      ...['a1', 'a2'].map((agent) => `${organization}/agents/${agent}`),
      ...['a1', 'a2'].map((agent) => `${organization}/agents/${agent}/runs/r1`),
    ]
  }

  async run(each: Step): Promise<void> {
    if (each.do === 'advance') return this.#world.clock.advance(each.ms)
    if (each.do === 'reopen') return this.#world.reopen()
    if (each.do === 'mint') return this.#mint(each)
    if (each.do === 'disable' || each.do === 'enable' || each.do === 'end') return this.#block(each)
    const key = this.#model.keys[each.pick % Math.max(1, this.#model.keys.length)]
    if (key === undefined) return undefined
    if (each.do === 'child') return this.#child(key, each)
    if (each.do === 'narrow') return this.#narrow(key, each)
    if (each.do === 'rotate') return this.#rotate(key, each.overlap)
    return this.#revoke(key)
  }

  async #revoke(key: ModelKey): Promise<void> {
    expect((await this.#world.authority.keys.revoke(key.id)).ok).toBe(true)
    if (!key.isRevoked) this.#events += 1
    key.isRevoked = true
  }

  async #block(ask: Extract<Step, { do: 'disable' | 'enable' | 'end' }>): Promise<void> {
    const { blocked } = this.#model
    const place = this.#placeAt(ask.pick)
    const before = blocked.get(place)
    const outcome = await this.#world.authority.resources[ask.do](place)
    expect(outcome.ok).toBe(before !== 'ended' || ask.do === 'end')
    if (!outcome.ok) return
    if (ask.do === 'enable') blocked.delete(place)
    else blocked.set(place, ask.do === 'end' ? 'ended' : 'disabled')
    if (before !== blocked.get(place)) this.#events += 1
  }

  async #mint({ pick: at, scopes, life: seconds }: Extract<Step, { do: 'mint' }>): Promise<void> {
    const resource = this.#places[at % 2] as string
    const mode = at % 3 === 0 ? 'test' : 'live'
    const outcome = await this.#world.authority.keys.mint('org', {
      resource,
      mode,
      ...(scopes && { scopes }),
      ...(seconds && { expiresInSeconds: seconds }),
    })
    expect(outcome.ok).toBe(!this.#model.hasEnded(resource))
    if (outcome.ok) await this.#add(outcome, undefined)
  }

  async #child(parent: ModelKey, ask: Extract<Step, { do: 'child' }>): Promise<void> {
    const resource = this.#placeAt(ask.place)
    const kind = resource.includes('/runs/')
      ? 'run'
      : resource.includes('/agents/')
        ? 'agent'
        : 'reader'
    const now = this.#world.clock.now()
    const { authority } = this.#world
    // As somebody who was verified at some time: the primary row decides, not the memory of then.
    const desk = authority.as({ type: 'key', keyId: parent.id } as Parameters<
      typeof authority.as
    >[0])
    const outcome = await desk.keys.mint(kind, {
      resource,
      ...(ask.scopes && { scopes: ask.scopes }),
      ...(ask.life && { expiresInSeconds: ask.life }),
    })
    const has = this.#model.scopesOf(parent)
    const kindScopes = scopesOfGrants(acme.kinds.get(kind)?.grants ?? [])
    const may = this.#mayMint(parent, { kind, resource, now })
    const isModest = ask.scopes === undefined && ask.life === undefined
    const isSure = may && isModest && kindScopes.some((scope) => has.includes(scope))
    // Without the right it is refused; with it, and nothing special asked for, it is made.
    if (!may || isSure) expect(outcome.ok).toBe(may)
    if (!outcome.ok) return
    // Row 15: whatever was asked, what is given is a subset of the parent's.
    const { key } = outcome
    expect(key.parentId).toBe(parent.id)
    expect(key.mode).toBe(parent.mode)
    const given = scopesOfGrants(key.scopes)
    expect(given.filter((scope) => !has.includes(scope) || !kindScopes.includes(scope))).toEqual([])
    const ends = lineOf(parent).map((above) => above.expiresAt ?? Number.POSITIVE_INFINITY)
    expect(key.expiresAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(Math.min(...ends))
    await this.#add(outcome, parent)
  }

  /** Whether a key may mint this kind there at all; what it asks for besides may still be too much. */
  #mayMint(parent: ModelKey, ask: { kind: string; resource: string; now: number }): boolean {
    return (
      this.#model.standing(parent, null, ask.now) === 'allowed' &&
      !this.#model.hasEnded(ask.resource) &&
      this.#model.scopesOf(parent).includes('keys:write') &&
      acme.kinds.get(ask.kind)?.mintedBy.includes(parent.kind) === true &&
      (ask.resource === parent.resource || ask.resource.startsWith(`${parent.resource}/`))
    )
  }

  async #add(
    outcome: Parameters<typeof shown>[0] extends Promise<infer O> ? O : never,
    parent: ModelKey | undefined,
  ): Promise<void> {
    const { key, secret } = await shown(Promise.resolve(outcome))
    const { id, kind, resource, mode, scopes, expiresAt } = key
    const secrets = [{ text: secret, endsAt: null }]
    this.#model.keys.push({
      id,
      kind,
      parent,
      resource,
      mode: String(mode),
      scopes,
      expiresAt,
      isRevoked: false,
      secrets,
    })
    this.#events += 1
  }

  async #narrow(
    key: ModelKey,
    { scopes, life: seconds }: Extract<Step, { do: 'narrow' }>,
  ): Promise<void> {
    const outcome = await this.#world.authority.keys.narrow(key.id, {
      scopes,
      ...(seconds && { expiresInSeconds: seconds }),
    })
    if (key.isRevoked) expect(outcome.ok).toBe(false)
    if (!outcome.ok) return
    const before = scopesOfGrants(key.scopes)
    expect(scopesOfGrants(outcome.key.scopes).filter((scope) => !before.includes(scope))).toEqual(
      [],
    )
    expect(outcome.key.expiresAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
      key.expiresAt ?? Number.POSITIVE_INFINITY,
    )
    key.scopes = outcome.key.scopes
    key.expiresAt = outcome.key.expiresAt
    this.#events += 1
  }

  async #rotate(key: ModelKey, overlapSeconds: number): Promise<void> {
    const now = this.#world.clock.now()
    const outcome = await this.#world.authority.keys.rotate(key.id, { overlapSeconds })
    expect(outcome.ok).toBe(!key.isRevoked && (key.expiresAt === null || key.expiresAt > now))
    if (!outcome.ok) return
    const { secret } = await shown(Promise.resolve(outcome))
    for (const each of key.secrets) {
      each.endsAt = Math.min(each.endsAt ?? Number.POSITIVE_INFINITY, outcome.previousEndsAt)
    }
    key.secrets.push({ text: secret, endsAt: null })
    this.#events += 1
  }

  #placeAt(index: number): string {
    return this.#places[index % this.#places.length] as string
  }

  /** Every secret there ever was, with a question that goes round. */
  async check(round: number): Promise<void> {
    const now = this.#world.clock.now()
    const asks: ModelAsk[] = [
      {},
      { scope: acme.scopes[round % acme.scopes.length] as string },
      { resource: this.#placeAt(round) },
      { mode: round % 2 === 0 ? 'live' : 'test' },
    ]
    const ask = asks[round % asks.length] ?? {}
    for (const key of this.#model.keys) {
      for (const { text, endsAt } of key.secrets) {
        const expected = this.#model.verdict(key, endsAt, { ask, now })
        expect(await verdict(this.#world, text, ask)).toBe(expected)
        if (this.#model.standing(key, endsAt, now) !== 'allowed') continue
        const { scopes } = await principalOf(this.#world, text)
        expect([...scopes]).toEqual(this.#model.scopesOf(key))
      }
    }
  }

  /** Lists, page by page, against what `verify` is held to. */
  async checkLists(): Promise<void> {
    const now = this.#world.clock.now()
    const expected = this.#model.keys.map((key) => {
      return [key.id, NAMES[this.#model.standing(key, null, now)]]
    })
    const all = await this.#listed({})
    expect(all).toHaveLength(expected.length)
    expect(Object.fromEntries(all.map(({ id, standing }) => [id, standing]))).toEqual(
      Object.fromEntries(expected),
    )
    for (const standing of STANDINGS) {
      const ids = all.filter((key) => key.standing === standing).map(({ id }) => id)
      expect((await this.#listed({ standing })).map(({ id }) => id)).toEqual(ids)
    }
  }

  async #listed(filter: { standing?: (typeof STANDINGS)[number] }) {
    const rows = []
    for (const resource of this.#places.slice(0, 2)) {
      let after: string | undefined
      do {
        const page = await this.#world.authority.keys.list({ ...filter, resource, after, limit: 3 })
        if (!page.ok) throw new Error(page.code)
        rows.push(...page.keys)
        after = page.next ?? undefined
      } while (after !== undefined)
    }
    return rows
  }

  get events(): number {
    return this.#events
  }
}

const STANDINGS = ['live', 'revoked', 'expired', 'disabled', 'ended'] as const

/** What lists call the verdicts of the model. */
const NAMES: Readonly<Record<string, (typeof STANDINGS)[number]>> = {
  allowed: 'live',
  key_revoked: 'revoked',
  key_expired: 'expired',
  resource_disabled: 'disabled',
  resource_ended: 'ended',
}

function scopesOfGrants(list: readonly string[]): string[] {
  return acme.scopes.filter((scope) => list.some((grant) => gives(grant, scope)))
}

describe('any history', () => {
  it(`has the verdicts that the model gives, and lists that agree, ${RUNS} times`, async () => {
    const world = await openAcme()
    let number = 0
    const run = async (steps: readonly Step[]): Promise<void> => {
      number += 1
      const last = (): number =>
        Number(rowsOf(world.database, 'select seq from feed_head')[0]?.['seq'])
      const before = last()
      const history = new History(world, `h${number}x`)
      for (const [index, each] of steps.entries()) {
        await history.run(each)
        await history.check(index)
      }
      for (let round = 0; round < 12; round += 1) await history.check(round)
      await history.checkLists()
      // A change and its event, one to one.
      expect(last() - before).toBe(history.events)
    }
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), run), {
      numRuns: RUNS,
    })
    const [events] = world.rows('select count(*) as n, max(seq) as last from events')
    expect(events?.['n']).toBe(events?.['last'])
  }, 600_000)
})
