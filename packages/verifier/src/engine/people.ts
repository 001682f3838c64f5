// People who act without a key: who they are, how they stand and where they reach, kept under the same rule of truth as
// keys. What a token asks to be written is written before it is decided about, so that its first use is as good as any.

import type { KeyFacts, PersonSnapshot, Refused, TokenSays } from '@keywright/core'
import { isDue, issuerName, isTooOld, personFactsOf, refuse, spaceOf } from '@keywright/core'
import { Generations } from './generations.ts'
import type { PeopleSource, VerifierDeps } from './ports.ts'
import type { Truth } from './truth.ts'

const PEOPLE_MAX = 20_000
const READS_MAX = 5

const NOBODY = refuse(
  'unknown_identity',
  'This token is genuine, but nobody here has its issuer and subject. Have the person added.',
)

const TOO_OLD = refuse(
  'token_revoked',
  'Tokens as old as this one are not accepted any more. Sign in again for a new one.',
)

const NO_PERSON = refuse('unknown_identity', 'Nobody here has the id that this session names.')

/** What a read said of somebody. */
interface Known {
  readonly snapshot: PersonSnapshot
  /** As they act where no mode is asked for; with it the truth of the whole is looked at. */
  readonly facts: KeyFacts
  readonly byMode: Map<string, KeyFacts>
  readonly claimedAt: number | null
  readonly notBefore: number | null
}

interface Found {
  readonly known: Known | undefined
  readonly notBefore: number | null
}

export class People {
  readonly #deps: VerifierDeps
  readonly #source: PeopleSource
  readonly #truth: Truth
  readonly #known = new Generations<Known>(PEOPLE_MAX)

  constructor(deps: VerifierDeps & { readonly people: PeopleSource }, truth: Truth) {
    this.#deps = deps
    this.#source = deps.people
    this.#truth = truth
  }

  /** The person of a genuine token in a mode. @throws when it cannot be known or written now */
  async ofToken(token: TokenSays, mode: string | undefined): Promise<KeyFacts | Refused> {
    const issuer = this.#deps.definition.issuers.get(token.issuer)
    if (issuer === undefined) return NOBODY
    const name = JSON.stringify([token.issuer, token.subject])
    const read = () => this.#readIdentity(token)
    let found = await this.#find(name, read)
    if (!isTooOld(token, found.notBefore) && isDue(issuer, token, found.known)) {
      await this.#source.admit(token)
      // What was noted of the token is no event: the answer from before would ask for it again and again.
      this.#known.delete(name)
      found = await this.#find(name, read)
    }
    if (isTooOld(token, found.notBefore)) return TOO_OLD
    return found.known === undefined ? NOBODY : this.#inMode(found.known, mode)
  }

  /** A person by id in a mode. @throws when it cannot be known now */
  async ofId(personId: string, mode: string | undefined): Promise<KeyFacts | Refused> {
    const { known } = await this.#find(spaceOf(personId), () => this.#readPerson(personId))
    return known === undefined ? NO_PERSON : this.#inMode(known, mode)
  }

  async #find(name: string, read: () => Promise<Found>): Promise<Found> {
    const cached = this.#known.get(name)
    if (cached !== undefined && this.#truth.isCurrent(cached.facts)) {
      return { known: cached, notBefore: cached.notBefore }
    }
    let found = await read()
    for (let reads = 1; reads < READS_MAX && found.known !== undefined; reads += 1) {
      if (this.#truth.isCurrent(found.known.facts)) {
        this.#known.set(name, found.known)
        return found
      }
      // An event overtook the answer on its way.
      found = await read()
    }
    return found
  }

  async #readIdentity(token: TokenSays): Promise<Found> {
    const { seq, notBefore, person } = await this.#source.readIdentity(token)
    if (person === undefined) return { known: undefined, notBefore }
    const { reach, blockedBy, claimedAt } = person
    const snapshot = { reach, blockedBy, seq, watched: [issuerName(token.issuer)] }
    return { known: this.#knownOf(snapshot, { claimedAt, notBefore }), notBefore }
  }

  async #readPerson(personId: string): Promise<Found> {
    const { seq, person } = await this.#source.readPerson(personId)
    if (person === undefined) return { known: undefined, notBefore: null }
    const snapshot = { ...person, seq, watched: [] }
    const known = this.#knownOf(snapshot, { claimedAt: null, notBefore: null })
    return { known, notBefore: null }
  }

  #knownOf(snapshot: PersonSnapshot, times: Pick<Known, 'claimedAt' | 'notBefore'>): Known {
    const facts = personFactsOf(this.#deps.definition, snapshot, null)
    return { snapshot, facts, byMode: new Map(), ...times }
  }

  // An undeclared mode is left to the verdict, which refuses it.
  #inMode(known: Known, mode: string | undefined): KeyFacts {
    const { definition } = this.#deps
    if (mode === undefined || !definition.modes.includes(mode)) return known.facts
    const before = known.byMode.get(mode)
    if (before !== undefined) return before
    const facts = personFactsOf(definition, known.snapshot, mode)
    known.byMode.set(mode, facts)
    return facts
  }
}
