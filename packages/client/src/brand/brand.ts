// The client-side file of a product: what its SDK and its command line are called, which settings they have, where they
// look for them. `defineBrand` checks it; everything else reads the checked form.

import type { CamelCase, Setting, SettingsInput, SettingValues } from '../setting/setting.ts'
import type { Files } from '../file/layout.ts'
import type { StoredPreference } from '../resolve/prefer-stored.ts'
import type { ErrorName } from '../error/client-error.ts'
import type { CredentialStore } from '../sealed/store.ts'

/** `POST /v1/keys` or `DELETE /v1/keys/{id}`. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** Where the API does what every product's client and command line ask of it. */
export interface Routes {
  /** The person, organizations and scopes behind a credential. Default: `GET /v1/me/scopes`. */
  readonly scopes: Route
  /** Who the credential is, for `whoami` and for the check at login. Default: `GET /v1/me`. */
  readonly me: Route
  readonly createKey: Route
  readonly listKeys: Route
  readonly showKey: Route
  readonly rotateKey: Route
  readonly revokeKey: Route
  /**
   * Promises a key to another machine and answers with a one-time code. Default: `POST /v1/pickups` in a brand that names
   * no route of its own; otherwise there are no codes.
   */
  readonly createPickup: Route | undefined
  /** Redeems such a code, without a credential. Default: `POST /v1/pickups/redeem`, likewise. */
  readonly redeemPickup: Route | undefined
}

/** How secrets of one kind begin: `chr_sk_`; `jws` for JWTs, which are told by their three parts. */
export type KindShape = string

export interface BrandInput<Settings extends SettingsInput> {
  /** Short name of the product: lower-case letters, digits and hyphens. */
  readonly id: string
  /** What the client is called in code and messages: `Chronicle`. */
  readonly client: string
  /** What variables begin with: `CHRONICLE` for `CHRONICLE_API_KEY`. */
  readonly env: string
  readonly settings: Settings
  /** Settings that name the same thing in two ways: one layer may give one of them, and hides the others below it. */
  readonly exclusive?: readonly (readonly (keyof Settings & string)[])[]
  /** The settings that name the default organization; exclusive. A slug is resolved to its id on first use. */
  readonly organization?: {
    readonly id: keyof Settings & string
    readonly slug: keyof Settings & string
  }
  /**
   * `preferStored('prefer_stored')`: the boolean setting with which a person says that the stored login goes before the
   * environment. Without it the environment always does.
   */
  readonly preferStored?: StoredPreference
  /** Kinds of credentials by how they begin. The longest beginning that fits decides. */
  readonly kinds?: Readonly<Record<string, KindShape>>
  /** `splitYaml({ … })`, `profilesJson({ … })` or `hostsJson({ … })`. Without it, no files are read. */
  readonly files?: Files
  /** `sealedStore()`: a login seals the credential, with a key in the keychain. Without it, files hold plain text. */
  readonly store?: CredentialStore
  /** Default: the routes of a Keywright server. */
  readonly routes?: Partial<Routes>
  /** How errors are called in this product: `{ ConfigError: 'ChronicleConfigError' }`. */
  readonly errors?: Partial<Record<ErrorName, string>>
  /** Whether the credential may go to a server over plain http that is not this machine. Default: false. */
  readonly allowsPlainHttp?: boolean
  /**
   * Whether the API knows idempotency keys. Without them a POST or PATCH is made once, whatever happens, because nobody can
   * tell whether it was done. Default: true.
   */
  readonly hasIdempotencyKeys?: boolean
  /** The command that stores a credential, for messages: `methodic auth login`. */
  readonly login?: string
}

/** A checked brand. Made only by `defineBrand`. */
export interface Brand<Settings extends SettingsInput = SettingsInput> {
  readonly id: string
  readonly client: string
  readonly env: string
  /** In the order they were written. */
  readonly settings: readonly Setting[]
  readonly credential: Setting
  readonly server: Setting
  readonly exclusive: readonly (readonly string[])[]
  readonly organization: { readonly id: string; readonly slug: string } | undefined
  readonly preferStored: StoredPreference | undefined
  readonly kinds: Readonly<Record<string, KindShape>>
  readonly files: Files | undefined
  readonly store: CredentialStore | undefined
  readonly routes: Routes
  readonly errors: Partial<Record<ErrorName, string>>
  readonly allowsPlainHttp: boolean
  readonly hasIdempotencyKeys: boolean
  readonly login: string | undefined
  /** Types only; never present at run time. */
  readonly '~settings'?: Settings
}

/** The settings of a brand, as they were written. */
export type SettingsOf<B> = B extends Brand<infer Settings> ? Settings : never

/** A credential that is fetched anew for each request, for instance from a secret manager. */
export type CredentialFunction = () => string | Promise<string>

type ArgumentOf<Type extends keyof SettingValues> = Type extends 'credential'
  ? string | CredentialFunction
  : SettingValues[Type]

/** The options that a brand's settings give a call: `{ apiKey?, serverUrl?, timeout? }`. Undefined counts as not given. */
export type SettingOptions<Settings extends SettingsInput> = {
  readonly [Name in keyof Settings & string as CamelCase<Name>]?:
    | ArgumentOf<Settings[Name]['type']>
    | undefined
}

/** What a setting is once it is resolved; undefined when it has no default and nobody gave it. */
export type SettingResults<Settings extends SettingsInput> = {
  readonly [Name in keyof Settings & string as CamelCase<Name>]: Settings[Name] extends
    | { readonly type: 'credential' }
    | { readonly default: unknown }
    | { readonly required: true }
    ? ArgumentOf<Settings[Name]['type']>
    : ArgumentOf<Settings[Name]['type']> | undefined
}
