// Verification, one implementation for all doors. The warm path is synchronous: digest, cache, truth, verdict,
// limits. A cached secret is genuine, so its grammar and checksum are looked at only on the cold path, before storage.

import { COST_MAX } from '@keywright/contract'
import type {
  Ask,
  Decision,
  Definition,
  KeyFacts,
  Principal,
  Refused,
  Verifier,
  VerifyRequest,
} from '@keywright/core'
import { covers, decide, permits, principalOf, refuse } from '@keywright/core'
import { digestKey, digestSecret, readSecret, SECRET_LENGTH_MAX } from '@keywright/token'
import type { Charge } from '../limit/charge.ts'
import { Charger } from '../limit/charge.ts'
import { isCost } from '../limit/cost.ts'
import { Quotas } from '../limit/quotas.ts'
import { Rates } from '../limit/rates.ts'
import { UsageCounter } from '../limit/usage.ts'
import { DecisionCounts } from './counts.ts'
import { Generations } from './generations.ts'
import { Lookup } from './lookup.ts'
import { NetworkGuard } from './network.ts'
import type { VerifierDeps } from './ports.ts'
import { Replays } from './replays.ts'
import { Truth } from './truth.ts'

const CACHE_CAPACITY = 100_000

/** Outside all limits. */
const NOT_CHARGED: Charge = { allowed: true, limit: undefined }

/** The one answer for secrets that are malformed, unknown or somebody else's. */
const INVALID = refuse(
  'invalid_key',
  'This key is not valid. Check that it was copied whole, or ask for a new one.',
)

const UNDECIDED = refuse(
  'unavailable',
  'It cannot be decided now whether this key is valid. Try again shortly.',
)

/** A verifier with what its owner runs it by. */
export class VerifierEngine implements Verifier {
  readonly definition: Definition
  readonly counts = new DecisionCounts()
  readonly quotas: Quotas
  readonly usage: UsageCounter
  readonly #deps: VerifierDeps
  readonly #truth = new Truth()
  readonly #cache: Generations<KeyFacts>
  readonly #lookup: Lookup
  readonly #charger: Charger
  readonly #replays = new Replays()
  readonly #networks = new NetworkGuard()
  readonly #unsubscribe: () => void
  #isClosed = false

  /** @param onUsageFull called when usage should be written before its time */
  constructor(deps: VerifierDeps, onUsageFull: () => void = () => {}) {
    this.definition = deps.definition
    this.#deps = deps
    this.quotas = new Quotas(deps.ledger, deps.clock)
    this.usage = new UsageCounter(onUsageFull)
    this.#cache = new Generations(deps.cacheCapacity ?? CACHE_CAPACITY)
    this.#lookup = new Lookup(deps, this.#truth)
    this.#charger = new Charger(new Rates(), this.quotas, deps.clock)
    this.#unsubscribe = deps.feed.subscribe((events) => {
      for (const event of events) this.#truth.apply(event)
    })
  }

  get cachedKeys(): number {
    return this.#cache.size
  }

  async verify(request: VerifyRequest): Promise<Decision> {
    const { credential, cost = 1 } = request
    if (typeof credential !== 'string') throw new TypeError('credential must be text')
    if (!isCost(cost)) {
      throw new TypeError(`cost must be a whole number from 0 to ${COST_MAX}`)
    }
    try {
      if (this.#isClosed) return this.#count(UNDECIDED)
      if (credential.length > SECRET_LENGTH_MAX) return this.#count(INVALID)
      const key = digestKey(credential)
      const facts = this.#cache.get(key)
      if (facts !== undefined && this.#truth.isCurrent(facts)) {
        this.counts.cacheHits += 1
        const concluded = this.#conclude(facts, request)
        // Most are there at once: waiting for them would cost a turn of the microtask queue.
        return concluded instanceof Promise ? await concluded : concluded
      }
      this.counts.cacheMisses += 1
      return await this.#verifyCold(key, request)
    } catch {
      // Whatever failed, the answer is "not now": never no, which would lock people out, and never yes.
      return this.#count(UNDECIDED)
    }
  }

  permits(principal: Principal, ask: Ask): Refused | undefined {
    return permits(principal, ask)
  }

  /** From now on nothing can be decided: without the feed, what is cached may have ceased to be true. */
  close(): void {
    this.#isClosed = true
    this.#unsubscribe()
  }

  async #verifyCold(key: string, request: VerifyRequest): Promise<Decision> {
    const head = readSecret(request.credential)?.head
    const named = head === undefined ? undefined : this.definition.heads.get(head)
    if (named === undefined) return this.#count(INVALID)
    const digest = digestSecret(request.credential)
    if (this.#lookup.isKnownUnknown(digest)) return this.#count(INVALID)
    const nowNs = Math.floor(this.#deps.clock.monotonic() * 1e6)
    const waitSeconds = this.#networks.waitSeconds(request.network, nowNs)
    if (waitSeconds > 0) return this.#count(tooManyGuesses(waitSeconds))
    const found = await this.#lookup.find(digest)
    if (found === undefined) {
      this.#networks.noteUnknown(request.network, nowNs)
      return this.#count(INVALID)
    }
    const { kind, mode } = found.facts.shared
    if (kind !== named.kind || mode !== named.mode) return this.#count(INVALID)
    if (found.isCurrent) this.#cache.set(key, found.facts)
    return this.#conclude(found.facts, request)
  }

  #conclude(facts: KeyFacts, request: VerifyRequest): Decision | Promise<Decision> {
    if (request.within !== undefined && !covers(request.within, facts.resource)) {
      return this.#count(INVALID)
    }
    const now = this.#deps.clock.now()
    const asked = { facts, request, now }
    const refusal = decide(facts, request, now)
    if (refusal !== undefined) return this.#finish(asked, refusal)
    if (request.isPeek === true) return this.#finish(asked, NOT_CHARGED)
    const earlier = this.#earlier(facts, request)
    if (earlier !== undefined) return this.#repeat(facts, earlier)
    const charge = this.#charge(facts, request)
    if (!(charge instanceof Promise)) return this.#finish(asked, charge)
    return charge.then((settled) => this.#finish(asked, settled))
  }

  #charge(facts: KeyFacts, request: VerifyRequest): Charge | Promise<Charge> {
    const { requestId, cost = 1 } = request
    const ask = { facts, cost }
    const charge = this.#charger.tryCharge(ask) ?? this.#charger.charge(ask)
    if (requestId !== undefined) this.#replays.remember(facts.id, requestId, charge)
    return charge
  }

  /** What the same request took before, or is taking now. */
  #earlier(facts: KeyFacts, { requestId }: VerifyRequest): Charge | Promise<Charge> | undefined {
    if (requestId === undefined) return undefined
    return this.#replays.find(facts.id, requestId)
  }

  // A request that was charged is neither charged nor counted as use again.
  async #repeat(facts: KeyFacts, earlier: Charge | Promise<Charge>): Promise<Decision> {
    return this.#answer(facts, await earlier)
  }

  #finish({ facts, request, now }: Asked, charge: Charge): Decision {
    if (request.isPeek !== true) {
      const units = facts.shared.limits.quotas.length === 0 ? 0 : (request.cost ?? 1)
      if (charge.allowed) this.usage.noteAllowed(facts, units, now)
      else this.usage.noteRefused(facts, now)
    }
    return this.#answer(facts, charge)
  }

  #answer(facts: KeyFacts, charge: Charge): Decision {
    if (!charge.allowed) return this.#count(charge)
    this.counts.allowed += 1
    return { allowed: true, principal: principalOf(facts), limit: charge.limit }
  }

  #count(refused: Refused): Refused {
    this.counts.noteRefused(refused.code)
    return refused
  }
}

/** A question about a known key, and when it was asked. */
interface Asked {
  readonly facts: KeyFacts
  readonly request: VerifyRequest
  readonly now: number
}

function tooManyGuesses(waitSeconds: number): Refused {
  const detail = `Too many unknown keys came from this network. Wait ${waitSeconds} s.`
  return { ...refuse('rate_limited', detail), retryAfterSeconds: waitSeconds }
}
