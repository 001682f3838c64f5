// What accounts need of the rest: a database, a key, mail, people, a guarded way out, time and chance.

import type { Clock } from '@keywright/core'
import type { Kysely } from 'kysely'
import type { SendMail } from './mail/mail.ts'
import type { ProviderOptions } from './provider/options.ts'

export interface AccountsDeps {
  /** The handle of accounts (`OpenedStore.accounts`). No verb of people is called while it is in use. */
  readonly database: Kysely<unknown>
  /** 32 bytes derived for accounts from the root key: signs cookies, seals second factors. */
  readonly key: Uint8Array
  /** Where the pages are, as browsers see them: `https://example.com`. */
  readonly baseUrl: string
  /** What mails and authenticator apps call the service. */
  readonly product: string
  readonly sendMail: SendMail
  /** Told when a mail could not be sent: nobody waits for it. */
  readonly onMailFailed: (error: unknown) => void
  readonly people: People
  readonly providers: readonly ProviderOptions[]
  readonly requestJson: RequestJson
  readonly clock: Pick<Clock, 'now'>
  readonly random: (length: number) => Uint8Array
}

/** An account as people know it: the pair of issuer and subject, and what is known beside it. */
export interface AccountIdentity {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email: string | null
  readonly isEmailVerified: boolean
}

/** The people behind the accounts, kept by the domain. */
export interface People {
  /** The person of an identity, made the first time. What has changed since is taken over. @returns `usr_…` */
  enter(identity: AccountIdentity): Promise<string>
  find(personId: string): Promise<AccountPerson | undefined>
  rename(personId: string, name: string): Promise<void>
}

export interface AccountPerson {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** Disabled, or gone for good: nobody is signed in as them. */
  readonly isBlocked: boolean
}

/** A request to a provider: guarded like one to an issuer. @returns the JSON of a 200, or a word for what failed */
export type RequestJson = (
  url: string,
  request: {
    readonly mayBeLoopback: boolean
    readonly headers: Readonly<Record<string, string>>
    /** Set for a POST. */
    readonly body?: string
  },
) => Promise<
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly failure: string }
>
