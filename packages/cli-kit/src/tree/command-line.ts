/** A product's command line, on top of its brand: `cli.ts` is this and one call. */
import type { Brand, Route } from '@keywright/client'
import type { OwnCommands } from '../own/own-command.ts'
import type { FailureCode } from '../output/failure.ts'
import type { Texts } from '../session/texts.ts'
import type { CommandName, FlagName } from './catalogue.ts'

/** How `login` gets a credential when no flag says otherwise. */
export type LoginWay =
  /** Asks for a key or JWT, unseen. */
  | { readonly way: 'prompt' }
  /** In the browser, or with a code on another device; `clientId` is this program's at the server (RFC 6749). */
  | {
      readonly way: 'browser'
      readonly clientId: string
      /** What the login asks for. Default: what the server gives without being asked. */
      readonly scopes?: readonly string[]
      /** Asks for a key, unseen, at a server where nobody can sign in. Default: such a login fails and says so. */
      readonly orPrompt?: boolean
    }

/** Where provider keys are kept at the server; `{id}` and `{project}` are filled in. */
export interface ProviderKeyRoutes {
  readonly add: Route
  readonly list: Route
  readonly use: Route
  /** Without it there is no `keys rm`. */
  readonly remove?: Route
}

export interface CommandLine {
  readonly brand: Brand
  /** What people type: `methodic`. */
  readonly name: string
  readonly version: string
  readonly about?: string
  readonly login: LoginWay
  /** The commands there are. Default: those that make sense for the brand's files and the login. */
  readonly commands?: readonly CommandName[]
  /** The product's own commands. Where one is called as one of the kit's, that is left out of `commands`. */
  readonly own?: OwnCommands
  /** Flags of a command, where they differ from the kit's; `token` (a secret in argv) only exists where it is named. */
  readonly flags?: Partial<Readonly<Record<CommandName, readonly FlagName[]>>>
  /** Flags of every command: the credential (`--api-key`) and the profile, ahead of the environment. Default: none. */
  readonly everywhere?: readonly ('credential' | 'profile')[]
  /** A command then has the flags that `flags` names and no others. Default: false. */
  readonly isStrict?: boolean
  /** Exit codes that differ from the kit's, by the code of the failure: `{ invalid_credential: 3 }`. */
  readonly exits?: Partial<Readonly<Record<FailureCode, number>>>
  /** Message templates that differ from the kit's. */
  readonly texts?: Partial<Texts>
  /**
   * Fields that every new token is made with: `{ kind: 'personal', resource: '{personal}' }`. `{personal}` is the person's
   * own space, as the server names it.
   */
  readonly tokenFields?: Readonly<Record<string, string>>
  /** The file of a folder that names its project, as `.acme-project`. Default: there is none. */
  readonly projectFile?: string
  /** Whether secrets end with the checksum that Keywright gives them: a mistyped one is then told before it is sent. */
  readonly hasChecksums?: boolean
  readonly providerKeys?: {
    readonly providers: readonly string[]
    readonly routes: ProviderKeyRoutes
  }
}
