// What pages and the login of a CLI need of accounts: who is signed in at this browser, and the verbs of signing up,
// in and out. Types and addresses only; packages/accounts is what is behind them, and an API without accounts never
// loads it.
//
// Every verb takes plain fields, never the body of a request: nobody can name another account, because the account is
// that of the visitor's cookie. Verbs throw only when we failed (StoreUnavailable: answer 503).

import type { ProblemCode } from './problem.ts'

/** Where the links in our mails lead, relative to the base URL. The pages must be there, and GET must change nothing. */
export const ACCOUNT_PATHS = {
  /** `?token=…`: a form whose POST calls `verifyEmail`. */
  verifyEmail: '/verify-email',
  /** `?token=…`: a form for the new password, whose POST calls `resetPassword`. */
  resetPassword: '/reset-password',
  /** Named in the mail to somebody who has an account already. */
  signIn: '/sign-in',
  /** `/{id}?code=…&state=…`: the redirect URI at an outside provider; calls `finishProvider`. */
  provider: '/sign-in/callback',
} as const

/** Who is asking: the request's headers (for its cookies) and the network that guesses are counted for. */
export interface Visitor {
  readonly headers: Headers
  /** The client's address, after trusted proxies; undefined when there is none, as in tests. */
  readonly network: string | undefined
}

/** Somebody who is signed in at this browser. */
export interface Session {
  readonly id: string
  /** `usr_…` */
  readonly personId: string
  readonly name: string
  /** Null when an outside provider names none. */
  readonly email: string | null
  /** When they last proved who they are; ms since the epoch. */
  readonly authenticatedAt: number
  /** When the session ends if it is not used meanwhile; ms since the epoch. */
  readonly expiresAt: number
}

/** A session as its owner sees it in a list. */
export interface ListedSession {
  readonly id: string
  readonly isCurrent: boolean
  readonly authenticatedAt: number
  readonly lastUsedAt: number
  readonly expiresAt: number
  /** As the browser named itself; not to be believed. */
  readonly userAgent: string | null
  readonly network: string | null
}

export interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

/** The reasons of a verb to refuse, codes of docs/errors.md. */
export type AccountRefusalCode = Extract<
  ProblemCode,
  | 'already_exists'
  | 'not_signed_in'
  | 'invalid_credentials'
  | 'account_disabled'
  | 'too_many_attempts'
  | 'reauthentication_needed'
  | 'weak_password'
  | 'invalid_link'
  | 'invalid_code'
  | 'invalid_name'
  | 'invalid_email'
  | 'second_factor_exists'
  | 'second_factor_missing'
  | 'session_not_found'
  | 'passkey_not_found'
  | 'passkey_refused'
  | 'provider_not_found'
  | 'provider_refused'
>

/** A refusal; `detail` is for people and says what to do. */
export interface AccountRefused {
  readonly ok: false
  readonly code: AccountRefusalCode
  readonly detail: string
  /** With `too_many_attempts`. */
  readonly retryAfterSeconds?: number
  /** Cookies are cleared also by refusals. */
  readonly setCookies: readonly string[]
}

/** The answer of a verb. Every string of `setCookies` becomes one `Set-Cookie` header, unchanged. */
export type AccountAnswer<Extra extends object = object> =
  | ({ readonly ok: true; readonly setCookies: readonly string[] } & Extra)
  | AccountRefused

/** An outside provider of sign-in (OpenID Connect). */
export interface SignInProvider {
  readonly id: string
  readonly name: string
}

/** JSON of WebAuthn, made and read by the browser: `parseCreationOptionsFromJSON`, `credential.toJSON()`. */
export type WebAuthnJson = Readonly<Record<string, unknown>>

export interface Accounts {
  /** Scheme, host and port of the pages: what a form's `Origin` must be. */
  readonly origin: string
  readonly providers: readonly SignInProvider[]

  /** Undefined: nobody. Reading it changes nothing a browser has to be told of. */
  sessionOf(visitor: Visitor): Promise<Session | undefined>

  /**
   * Sends a mail with a link; the account exists when the link was followed. The same answer for an address that has
   * an account: its mail says so. `returnTo` is a path of our own, given back by `verifyEmail`.
   */
  signUp(request: SignUpRequest, visitor: Visitor): Promise<AccountAnswer>
  /**
   * Makes the account that was asked for and signs in to it. The password is that of the sign-up: whoever reads the mail
   * has yet to show that it was them who asked. `invalid_credentials` leaves the link as it is.
   */
  verifyEmail(
    request: { readonly token: string; readonly password: string },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly returnTo: string | undefined }>>
  /** With `second_factor` nobody is signed in yet: ask for a code and call `secondFactor`. */
  signIn(
    request: { readonly email: string; readonly password: string },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly next: 'signed_in' | 'second_factor' }>>
  /** A code of the authenticator app, or one of the recovery codes; spaces do not matter. */
  secondFactor(request: { readonly code: string }, visitor: Visitor): Promise<AccountAnswer>
  /** Ends the session at the server; ok also when there was none. */
  signOut(visitor: Visitor): Promise<AccountAnswer>

  /** Always the same answer; only a known address gets a mail. */
  requestPasswordReset(
    request: { readonly email: string },
    visitor: Visitor,
  ): Promise<AccountAnswer>
  /** Ends all sessions. Signs nobody in, and a second factor is still asked for. */
  resetPassword(
    request: { readonly token: string; readonly password: string },
    visitor: Visitor,
  ): Promise<AccountAnswer>
  /** Ends the other sessions; this one gets a new id. */
  changePassword(
    request: { readonly current: string; readonly next: string },
    visitor: Visitor,
  ): Promise<AccountAnswer>
  changeName(request: { readonly name: string }, visitor: Visitor): Promise<AccountAnswer>

  listSessions(
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly sessions: readonly ListedSession[] }>>
  endSession(request: { readonly id: string }, visitor: Visitor): Promise<AccountAnswer>

  /** Codes of an authenticator app (RFC 6238) as a second factor beside a password. */
  readonly totp: TotpVerbs
  readonly passkeys: PasskeyVerbs

  /** `location` is the provider's page to redirect to. `returnTo` is a path of our own. */
  startProvider(
    request: { readonly id: string; readonly returnTo?: string | undefined },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly location: string }>>
  /** `url` is the callback's, with its query; absolute or a path. */
  finishProvider(
    request: { readonly id: string; readonly url: string },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly returnTo: string | undefined }>>
}

export interface SignUpRequest {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly returnTo?: string | undefined
}

export interface TotpVerbs {
  /** `uri` is `otpauth://…`, for a QR code. In force only after `confirm`. Both are shown once. */
  enable(
    request: { readonly password: string },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly uri: string; readonly recoveryCodes: readonly string[] }>>
  /** Ends the other sessions. */
  confirm(request: { readonly code: string }, visitor: Visitor): Promise<AccountAnswer>
  /** Ends the other sessions. */
  disable(request: { readonly password: string }, visitor: Visitor): Promise<AccountAnswer>
  isEnabled(visitor: Visitor): Promise<AccountAnswer<{ readonly isEnabled: boolean }>>
}

/** WebAuthn. A passkey signs in alone: it is something held and, with user verification, something known. */
export interface PasskeyVerbs {
  /** Needs a sign-in of the last minutes, else `reauthentication_needed`. */
  registerOptions(visitor: Visitor): Promise<AccountAnswer<{ readonly options: WebAuthnJson }>>
  register(
    request: { readonly name: string; readonly response: WebAuthnJson },
    visitor: Visitor,
  ): Promise<AccountAnswer<{ readonly passkey: Passkey }>>
  signInOptions(visitor: Visitor): Promise<AccountAnswer<{ readonly options: WebAuthnJson }>>
  signIn(request: { readonly response: WebAuthnJson }, visitor: Visitor): Promise<AccountAnswer>
  list(visitor: Visitor): Promise<AccountAnswer<{ readonly passkeys: readonly Passkey[] }>>
  remove(request: { readonly id: string }, visitor: Visitor): Promise<AccountAnswer>
}
