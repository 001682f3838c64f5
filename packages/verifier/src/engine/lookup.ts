// The cold half of verification: from a secret's digest to facts that are true. Parallel look-ups of one secret share
// a read; unknown secrets are remembered for a moment, so a client that hammers with one costs one read; and an
// answer that an event overtook on its way is read again, never stored.

import type { KeyFacts, SecretRead, SharedFacts } from '@keywright/core'
import { factsOf } from '@keywright/core'
import { Generations } from './generations.ts'
import type { VerifierDeps } from './ports.ts'
import type { Truth } from './truth.ts'

/** How long an unknown secret is taken for unknown without a look. */
const UNKNOWN_MS = 2000
const UNKNOWN_MAX = 20_000
const SHARED_MAX = 20_000
const READS_MAX = 5

export class Lookup {
  readonly #deps: VerifierDeps
  readonly #truth: Truth
  readonly #reading = new Map<string, Promise<SecretRead>>()
  readonly #unknownUntil = new Generations<number>(UNKNOWN_MAX)
  readonly #shared = new Generations<SharedFacts>(SHARED_MAX)

  constructor(deps: VerifierDeps, truth: Truth) {
    this.#deps = deps
    this.#truth = truth
  }

  /** True while a secret that was looked up in vain is not looked up again. */
  isKnownUnknown(digest: string): boolean {
    const until = this.#unknownUntil.get(digest)
    return until !== undefined && this.#deps.clock.monotonic() < until
  }

  /** @returns the facts and whether they may be kept; undefined for an unknown secret. @throws StoreUnavailable */
  async find(digest: string): Promise<{ facts: KeyFacts; isCurrent: boolean } | undefined> {
    let facts: KeyFacts | undefined
    for (let reads = 0; reads < READS_MAX; reads += 1) {
      const read = this.#read(digest)
      const { snapshot, seq } = await read
      facts = snapshot && factsOf(this.#deps.definition, { snapshot, seq }, this.#intern)
      if (facts === undefined) {
        this.#unknownUntil.set(digest, this.#deps.clock.monotonic() + UNKNOWN_MS)
        return undefined
      }
      if (this.#truth.isCurrent(facts)) return { facts, isCurrent: true }
      this.#forget(digest, read)
    }
    // Changed faster than it can be read: the last read began after this call did, so it is an answer, but not kept.
    return facts === undefined ? undefined : { facts, isCurrent: false }
  }

  #read(digest: string): Promise<SecretRead> {
    const running = this.#reading.get(digest)
    if (running !== undefined) return running
    const read: Promise<SecretRead> = this.#deps.source
      .find(digest)
      .finally(() => this.#forget(digest, read))
    this.#reading.set(digest, read)
    return read
  }

  // Only the read that is meant: somebody may have begun a newer one meanwhile.
  #forget(digest: string, read: Promise<SecretRead>): void {
    if (this.#reading.get(digest) === read) this.#reading.delete(digest)
  }

  readonly #intern = (text: string, make: () => SharedFacts): SharedFacts => {
    const known = this.#shared.get(text)
    if (known !== undefined) return known
    const made = make()
    this.#shared.set(text, made)
    return made
  }
}
