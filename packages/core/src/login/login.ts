// A login is how a person hands a key of theirs to a program on some machine. The program asks (an authorization
// request or a device login), the person decides in a browser or a signed-in terminal, and the program redeems a code
// once. What comes out is a personal key like any other: named, listed, revocable.

import type { Actor } from '../key/actor.ts'

/** A program that people log in with: a public client (RFC 6749 section 2.1), so it has no secret. */
export interface LoginClient {
  readonly id: string
  /** What people read when they are asked. */
  readonly name: string
}

/** The login of a checked definition. */
export interface Login {
  /** The kind of key that is handed out; people hold it. */
  readonly kind: string
  readonly clients: ReadonlyMap<string, LoginClient>
  /** Whether the device grant (RFC 8628) exists. */
  readonly hasDevice: boolean
}

/** An approved authorization request, waiting to be redeemed; its code is stored as a digest only. */
export interface LoginCode {
  readonly clientId: string
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly personId: string
  /** `user@host`, as the program called its machine; null when it did not. */
  readonly deviceName: string | null
  /** What was approved; null for all that the kind has. */
  readonly scopes: readonly string[] | null
  readonly createdAt: number
  readonly expiresAt: number
  readonly redeemedAt: number | null
  /** The key that redeeming made. */
  readonly keyId: string | null
}

/** Which client a key was handed to, and for whom. */
export interface LoginKey {
  readonly keyId: string
  readonly clientId: string
  readonly personId: string
  readonly deviceName: string | null
}

/** Somebody who is signed in, as the accounts say. */
export interface SignedIn {
  readonly personId: string
  readonly sessionId: string
  /** When they last proved who they are, epoch milliseconds. */
  readonly authenticatedAt: number
}

/** Who decides about a device login: a person in a browser, or a terminal that is signed in already. */
export type Approver =
  | ({ readonly type: 'session' } & SignedIn)
  | { readonly type: 'key'; readonly actor: Actor & { readonly type: 'key' } }
