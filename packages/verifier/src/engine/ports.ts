import type {
  Clock,
  Definition,
  Identity,
  IdentityRead,
  KeyEvent,
  Ledger,
  PersonRead,
  SecretRead,
  TokenSays,
} from '@keywright/core'
import type { JwtVerifier } from '../jwt/verify-token.ts'

/** Where a verifier reads what it has not cached. */
export interface Source {
  /**
   * Looks a secret up.
   * @param digest SHA-256 of the secret, base64url; the secret itself never leaves the process
   * @throws when it cannot be known now
   */
  find(digest: string): Promise<SecretRead>
}

/** Where a verifier reads who people are. */
export interface PeopleSource {
  /** @throws when it cannot be known now */
  readIdentity(identity: Identity): Promise<IdentityRead>
  /** @throws when it cannot be known now */
  readPerson(id: string): Promise<PersonRead>
  /** Writes what a genuine token asks for, before it is decided about. @throws when it cannot be written now */
  admit(token: TokenSays): Promise<void>
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
  /** Left out, nobody acts without a key. */
  readonly people?: PeopleSource
  /** Set where the definition names issuers of JWTs. */
  readonly tokens?: JwtVerifier
  /** How many keys are kept in memory; default 100 000. */
  readonly cacheCapacity?: number
}
