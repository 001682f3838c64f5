export {
  days,
  defineAuthority,
  DefinitionError,
  hours,
  perMinute,
  perMonth,
  perSecond,
  StoreUnavailable,
} from '@keywright/core'
export type {
  Allowed,
  Authority,
  ChangeRefusalCode,
  ChangeRefused,
  Clock,
  Decision,
  Definition,
  DefinitionInput,
  Desk,
  Key,
  KeyEvent,
  KindOf,
  Invitation,
  IssuerInput,
  LimitState,
  Membership,
  Minted,
  ModeOf,
  Organization,
  Outcome,
  Person,
  KeyPrincipal,
  Principal,
  Reach,
  RefusalCode,
  Refused,
  RoleOf,
  ScopeOf,
  SessionPrincipal,
  SessionRequest,
  TokenPrincipal,
  Verifier,
  VerifyRequest,
} from '@keywright/core'
export type { Mail, OwnAccounts, ProviderOptions, SendMail } from '@keywright/accounts'
export type { Accounts } from '@keywright/contract'
export { fileOutbox } from './open/file-outbox.ts'
export { openAccounts } from './open/open-accounts.ts'
export type { OpenAccountsOptions } from './open/open-accounts.ts'
export type { AuthorityOf } from './open/authority-of.ts'
export { openAuthority } from './open/open-authority.ts'
export type { OpenOptions } from './open/open-authority.ts'
export { StartError } from './open/start-error.ts'
export { freePort } from './serve/free-port.ts'
export { stopOnSignal } from './serve/stop-on-signal.ts'
export { redactSecrets } from '@keywright/token'
export { invalidRequest, refusalOfError } from '@keywright/verifier'
export type { CodedRefusal } from '@keywright/verifier'
