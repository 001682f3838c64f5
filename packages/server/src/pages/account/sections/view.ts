import type { ListedSession, Passkey, Session } from '@keywright/contract'
import type { Key } from '@keywright/core'
import type { Wrong } from '../../answer.ts'

/** What a section is written from. */
export interface AccountView {
  readonly session: Session
  readonly sessions: readonly ListedSession[]
  readonly passkeys: readonly Passkey[]
  readonly isSecondFactorOn: boolean
  /** Live keys of the person, newest first. */
  readonly keys: readonly Key[]
  readonly hasMoreKeys: boolean
  readonly wrong: Wrong
}
