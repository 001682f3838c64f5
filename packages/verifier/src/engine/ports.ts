import type { Clock, Definition, KeyEvent, Ledger, SecretRead } from '@keywright/core'

/** Where a verifier reads what it has not cached. */
export interface Source {
  /**
   * Looks a secret up.
   * @param digest SHA-256 of the secret, base64url; the secret itself never leaves the process
   * @throws when it cannot be known now
   */
  find(digest: string): Promise<SecretRead>
}

/** The ordered stream of changes. */
export interface Feed {
  /** Calls the listener with each commit's events before that change is acknowledged to whoever made it. */
  subscribe(listener: (events: readonly KeyEvent[]) => void): () => void
}

export interface VerifierDeps {
  readonly definition: Definition
  readonly source: Source
  readonly feed: Feed
  readonly ledger: Ledger
  readonly clock: Clock
  /** How many keys are kept in memory; default 100 000. */
  readonly cacheCapacity?: number
}
