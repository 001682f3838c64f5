import type { ListedSession, Passkey, Session } from '@keywright/contract'
import type { SeenKey } from '@keywright/core'
import type { Wrong } from '../../answer.ts'

/** What a section is written from. */
export interface AccountView {
  readonly session: Session
  readonly sessions: readonly ListedSession[]
  readonly passkeys: readonly Passkey[]
  readonly isSecondFactorOn: boolean
  /** Keys of the person that count or may count again, newest first. */
  readonly keys: readonly SeenKey[]
  readonly hasMoreKeys: boolean
  readonly wrong: Wrong
}
