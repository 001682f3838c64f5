import type { RandomBytes } from '@keywright/token'
import type { Definition } from '../definition/definition.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** What the verbs of keys work with. */
export interface KeyDeps {
  readonly definition: Definition
  readonly store: Store
  readonly clock: Clock
  readonly random: RandomBytes
  /** 32 bytes derived from the root key; digests are stored under it. */
  readonly pepper: Uint8Array
}
