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
  SessionRequest,
  Shown,
  Verifier,
  VerifyRequest,
} from '@keywright/core'
import { decide, permits, personPrincipalOf, principalOf, refuse, scopesAt } from '@keywright/core'
import { digestKey, digestSecret, readSecret, SECRET_LENGTH_MAX } from '@keywright/token'
import { isTokenForm } from '../jwt/read-token.ts'
import type { JwtVerifier, VerifiedToken } from '../jwt/verify-token.ts'
import type { Charge } from '../limit/charge.ts'
import { Charger } from '../limit/charge.ts'
import { isCost } from '../limit/cost.ts'
import { Quotas } from '../limit/quotas.ts'
import { Rates } from '../limit/rates.ts'
import { UsageCounter } from '../limit/usage.ts'
import { askingOf } from './asker.ts'
import { DecisionCounts } from './counts.ts'
import { Generations } from './generations.ts'
import { Lookup } from './lookup.ts'
import { NetworkGuard } from './network.ts'
import { People } from './people.ts'
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

const SESSION_ENDED = refuse('session_ended', 'This session has ended. Sign in again.')

const UNDECIDED = refuse(
  'unavailable',
  'It cannot be decided now whether this credential is valid. Try again shortly.',
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
  readonly #people: People | undefined
  readonly #tokens: JwtVerifier | undefined
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
    const { people, tokens } = deps
    this.#people = people && new People({ ...deps, people }, this.#truth)
    this.#tokens = people && tokens
    this.#charger = new Charger(new Rates(), this.quotas, deps.clock)
    this.#unsubscribe = deps.feed.subscribe((events) => {
      for (const event of events) this.#truth.apply(event)
    })
  }

  get cachedKeys(): number {
    return this.#cache.size
  }

  async verify(request: VerifyRequest): Promise<Decision> {
    const { credential } = request
    if (typeof credential !== 'string') throw new TypeError('credential must be text')
    checkCost(request)
    try {
      if (this.#isClosed) return this.#count(UNDECIDED)
      // Tokens are longer than any key, so that keys do not pay for being told from them.
      if (credential.length > SECRET_LENGTH_MAX) return await this.#verifyToken(request)
      const key = digestKey(credential)
      const facts = this.#cache.get(key)
      if (facts !== undefined && this.#truth.isCurrent(facts)) {
        this.counts.cacheHits += 1
        const concluded = this.#conclude({ facts, request, now: this.#deps.clock.now() })
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

  async verifySession(request: SessionRequest): Promise<Decision> {
    checkCost(request)
    const { personId, sessionId, authenticatedAt, expiresAt } = request
    try {
      if (this.#isClosed || this.#people === undefined) return this.#count(UNDECIDED)
      const now = this.#deps.clock.now()
      if (now >= expiresAt) return this.#count(SESSION_ENDED)
      const facts = await this.#people.ofId(personId, request.mode)
      if ('code' in facts) return this.#count(facts)
      const by: Shown = { type: 'session', sessionId, authenticatedAt, expiresAt }
      return await this.#conclude({ facts, request, now, by })
    } catch {
      return this.#count(UNDECIDED)
    }
  }

  permits(principal: Principal, ask: Ask): Refused | undefined {
    return permits(principal, ask)
  }

  /** Whether the limits of a key would refuse a call of one unit now; nothing is taken. @throws StoreUnavailable */
  lookAtLimits(facts: KeyFacts): Promise<Refused | undefined> {
    return this.#charger.look({ facts, cost: 1 })
  }

  /** From now on nothing can be decided: without the feed, what is cached may have ceased to be true. */
  close(): void {
    this.#isClosed = true
    this.#unsubscribe()
  }

  async #verifyCold(key: string, request: VerifyRequest): Promise<Decision> {
    const head = readSecret(request.credential)?.head
    const named = head === undefined ? undefined : this.definition.heads.get(head)
    if (named === undefined) return this.#verifyToken(request)
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
    return this.#conclude({ facts: found.facts, request, now: this.#deps.clock.now() })
  }

  /** Decides about what cannot be a key: a JWT, where the definition has issuers. */
  async #verifyToken(request: VerifyRequest): Promise<Decision> {
    const [people, tokens] = [this.#people, this.#tokens]
    if (people === undefined || tokens === undefined || !isTokenForm(request.credential)) {
      return this.#count(INVALID)
    }
    const now = this.#deps.clock.now()
    const known = tokens.recall(request.credential, now)
    const token = known ?? (await this.#proveToken(tokens, request))
    if ('code' in token) return this.#count(token)
    const facts = await people.ofToken(token, request.mode)
    if ('code' in facts) return this.#count(facts)
    const { issuer, subject, issuedAt, expiresAt } = token
    const by: Shown = { type: 'token', issuer, subject, issuedAt, expiresAt }
    return this.#conclude({ facts, request, now, by })
  }

  // A signature costs more than a look-up: who sends forgeries is slowed down like who guesses keys.
  async #proveToken(
    tokens: JwtVerifier,
    { credential, network }: VerifyRequest,
  ): Promise<VerifiedToken | Refused> {
    const nowNs = Math.floor(this.#deps.clock.monotonic() * 1e6)
    const waitSeconds = this.#networks.waitSeconds(network, nowNs)
    if (waitSeconds > 0) return tooManyGuesses(waitSeconds)
    const token = await tokens.verifyJwt(credential, this.#deps.clock.now())
    if ('code' in token && (token.code === 'invalid_token' || token.code === 'unknown_issuer')) {
      this.#networks.noteUnknown(network, nowNs)
    }
    return token
  }

  #conclude(asked: Asked): Decision | Promise<Decision> {
    const { facts, request } = asked
    if (request.within !== undefined) {
      const asking = askingOf(request.within, facts, request)
      if (asking === undefined) return this.#count(INVALID)
      if (asking.place !== undefined)
        return this.#weigh({ ...asked, place: asking.place }, asking.ask)
    }
    return this.#weigh(asked, request)
  }

  #weigh(asked: Asked, ask: Ask): Decision | Promise<Decision> {
    const { facts, request, now } = asked
    const refusal = decide(facts, ask, now)
    if (refusal !== undefined) return this.#finish(asked, refusal)
    if (request.isPeek === true) return this.#finish(asked, NOT_CHARGED)
    const earlier = this.#earlier(facts, request)
    if (earlier !== undefined) return this.#repeat(asked, earlier)
    const charge = this.#charge(facts, request)
    if (!(charge instanceof Promise)) return this.#finish(asked, charge)
    return charge.then((settled) => this.#finish(asked, settled))
  }

  #charge(facts: KeyFacts, request: Question): Charge | Promise<Charge> {
    const { requestId, cost = 1 } = request
    const ask = { facts, cost }
    const charge = this.#charger.tryCharge(ask) ?? this.#charger.charge(ask)
    if (requestId !== undefined) this.#replays.remember(facts.id, requestId, charge)
    return charge
  }

  /** What the same request took before, or is taking now. */
  #earlier(facts: KeyFacts, { requestId }: Question): Charge | Promise<Charge> | undefined {
    if (requestId === undefined) return undefined
    return this.#replays.find(facts.id, requestId)
  }

  // A request that was charged is neither charged nor counted as use again.
  async #repeat(asked: Asked, earlier: Charge | Promise<Charge>): Promise<Decision> {
    return this.#answer(asked, await earlier)
  }

  #finish(asked: Asked, charge: Charge): Decision {
    const { facts, request, now, by } = asked
    // Use is counted by key, and a person has none.
    if (request.isPeek !== true && by === undefined) {
      const units = facts.shared.limits.quotas.length === 0 ? 0 : (request.cost ?? 1)
      if (charge.allowed) this.usage.noteAllowed(facts, units, now)
      else this.usage.noteRefused(facts, now)
    }
    return this.#answer(asked, charge)
  }

  #answer({ facts, by, place }: Asked, charge: Charge): Decision {
    if (!charge.allowed) return this.#count(by === undefined ? charge : withoutKey(charge))
    this.counts.allowed += 1
    const whole = by === undefined ? principalOf(facts) : personPrincipalOf(facts, by)
    const principal = place === undefined ? whole : { ...whole, scopes: scopesAt(whole, place) }
    return { allowed: true, principal, limit: charge.limit }
  }

  #count(refused: Refused): Refused {
    this.counts.noteRefused(refused.code)
    return refused
  }
}

/** What a verdict needs of a request, whatever was presented. */
type Question = Omit<VerifyRequest, 'credential' | 'network'>

/** A question about a known key or person. */
interface Asked {
  readonly facts: KeyFacts
  readonly request: Question
  /** When it was asked. */
  readonly now: number
  /** Set for a person without a key: by what they have shown who they are. */
  readonly by?: Shown
  /** What the answer is limited to, where the asker sees no more. */
  readonly place?: string
}

/** @throws TypeError for a cost that no correct program asks */
function checkCost({ cost = 1 }: Question): void {
  if (isCost(cost)) return
  throw new TypeError(`cost must be a whole number from 0 to ${COST_MAX}`)
}

// Limits name the key that they refuse; a person has none.
function withoutKey({ keyId: _, ...refused }: Refused): Refused {
  return refused
}

function tooManyGuesses(waitSeconds: number): Refused {
  const detail = `Too many unknown credentials came from this network. Wait ${waitSeconds} s.`
  return { ...refuse('rate_limited', detail), retryAfterSeconds: waitSeconds }
}
