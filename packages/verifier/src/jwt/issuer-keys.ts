// The keys of one issuer, kept apart from every other's. One rule protects the issuer's host and us: at most one fetch
// begins in 30 s, whatever the reason and however many tokens ask. A set older than 5 minutes is renewed behind the
// answer; one older than 10 minutes decides nothing, so a removed key ends within that time also when the host is gone.

import type { Clock, Issuer } from '@keywright/core'
import { isLoopbackHost } from '@keywright/core'
import type { FetchFailure, GetOptions, GuardedGet } from './guarded-get.ts'
import type { KeySet } from './key-set.ts'
import { keySetOf } from './key-set.ts'

/** The least time between the starts of two fetches for one issuer. */
export const FETCH_PAUSE_MS = 30_000
/** From this age a set is renewed while it is still used. */
export const KEYS_FRESH_MS = 5 * 60_000
/** From this age a set is not used any more. */
export const KEYS_STALE_MS = 10 * 60_000

/** Why an issuer's keys could not be had. */
export type KeysFailure = FetchFailure | 'other_issuer' | 'no_key_set'

/** What an operator should hear of: the keys of an issuer could not be renewed. */
export interface KeysFailed {
  readonly issuer: string
  readonly url: string
  readonly failure: KeysFailure
}

export interface IssuerKeysDeps {
  readonly clock: Clock
  readonly get: GuardedGet
  readonly onKeysFailed?: ((failed: KeysFailed) => void) | undefined
}

export class IssuerKeys {
  readonly #issuer: Issuer
  readonly #deps: IssuerKeysDeps
  readonly #options: GetOptions
  #set: KeySet | undefined
  #fetching: Promise<KeySet | undefined> | undefined
  #attemptedAt = Number.NEGATIVE_INFINITY
  #flushes = 0

  constructor(issuer: Issuer, deps: IssuerKeysDeps) {
    this.#issuer = issuer
    this.#deps = deps
    this.#options = { mayBeLoopback: isLoopbackHost(new URL(issuer.issuer).hostname) }
  }

  /**
   * The keys to verify a token with.
   * @param keyId the token's `kid`; one that is not known is looked for anew when that is due
   * @returns the newest set there is, with or without that key; undefined when it cannot be known now
   */
  async keysFor(keyId: string | undefined): Promise<KeySet | undefined> {
    const set = this.#set
    if (set === undefined || this.#age(set.fetchedAt) >= KEYS_STALE_MS) return this.#renew(keyId)
    if (keyId === undefined || set.keyIds.has(keyId)) {
      // The answer does not wait for it, and `onKeysFailed` tells of a failure.
      if (this.#age(set.fetchedAt) >= KEYS_FRESH_MS) void this.#renew(keyId)
      return set
    }
    // No later fetch can have begun: the issuer has no such key, as far as we may know.
    if (this.#age(set.fetchedAt) < FETCH_PAUSE_MS) return set
    return this.#renew(keyId)
  }

  /** Seconds until keys may be fetched again. */
  get waitSeconds(): number {
    const waitMs = FETCH_PAUSE_MS - this.#age(this.#attemptedAt)
    return Math.max(1, Math.ceil(waitMs / 1000))
  }

  /** Forgets the keys: the next token has them fetched, and no answer under way brings old ones back. */
  flush(): void {
    this.#flushes += 1
    this.#set = undefined
    this.#fetching = undefined
    this.#attemptedAt = Number.NEGATIVE_INFINITY
  }

  #age(since: number): number {
    return this.#deps.clock.monotonic() - since
  }

  async #renew(keyId: string | undefined): Promise<KeySet | undefined> {
    const flushes = this.#flushes
    const set = await (this.#fetching ?? this.#begin())
    // What was fetched before a flush may hold what the flush was to end.
    return flushes === this.#flushes ? set : this.keysFor(keyId)
  }

  #begin(): Promise<KeySet | undefined> | undefined {
    if (this.#age(this.#attemptedAt) < FETCH_PAUSE_MS) return undefined
    this.#attemptedAt = this.#deps.clock.monotonic()
    const flushes = this.#flushes
    this.#fetching = this.#fetch(this.#attemptedAt)
      .catch(() => undefined)
      .then((set) => {
        if (flushes !== this.#flushes) return set
        this.#fetching = undefined
        this.#set = set ?? this.#set
        return set
      })
    return this.#fetching
  }

  async #fetch(startedAt: number): Promise<KeySet | undefined> {
    const url = this.#issuer.jwksUrl ?? (await this.#discover())
    if (url === undefined) return undefined
    const fetched = await this.#deps.get(url, this.#options)
    if (!fetched.ok) return this.#fail(url, fetched.failure)
    return keySetOf(fetched.json, startedAt) ?? this.#fail(url, 'no_key_set')
  }

  // OpenID Connect Discovery 1.0 sections 4.1 and 4.3: below the issuer, and saying exactly its name.
  async #discover(): Promise<string | undefined> {
    const { issuer } = this.#issuer
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const fetched = await this.#deps.get(url, this.#options)
    if (!fetched.ok) return this.#fail(url, fetched.failure)
    const document = fetched.json as { issuer?: unknown; jwks_uri?: unknown } | null
    if (document?.issuer !== issuer) return this.#fail(url, 'other_issuer')
    if (typeof document.jwks_uri !== 'string') return this.#fail(url, 'no_key_set')
    return document.jwks_uri
  }

  #fail(url: string, failure: KeysFailure): undefined {
    this.#deps.onKeysFailed?.({ issuer: this.#issuer.issuer, url, failure })
  }
}
