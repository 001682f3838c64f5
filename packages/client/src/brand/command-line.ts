// What a brand says about its command line. The client does nothing with it but check it: cli-kit builds the commands.

/** The commands that exist. A brand names those it wants. */
export const COMMANDS = [
  'login',
  'logout',
  'whoami',
  'auth login',
  'auth logout',
  'auth status',
  'auth list',
  'auth switch',
  'auth bind',
  'auth why',
  'auth doctor',
  'auth approve',
  'token',
  'token create',
  'token ls',
  'token show',
  'token rotate',
  'token revoke',
  'keys',
  'keys add',
  'keys use',
  'keys rm',
  'completion',
] as const

export type CommandName = (typeof COMMANDS)[number]

export interface CommandLineInput {
  /** What people type: `methodic`. */
  readonly name: string
  readonly commands: readonly CommandName[]
  /** Flags that a command has in this product, without the dashes: `{ login: ['token'] }`. */
  readonly flags?: Partial<Readonly<Record<CommandName, readonly string[]>>>
  /** Only these commands, flags and texts, and nothing that comes with the kit. Default: false. */
  readonly strict?: boolean
  /** How `login` asks: for a secret at a hidden prompt, or in the browser. Default: `prompt`. */
  readonly login?: 'prompt' | 'browser'
  /** Message templates by name, instead of the kit's own: `{ loggedIn: 'Logged in as {name} ({server}).' }`. */
  readonly texts?: Readonly<Record<string, string>>
  /** Providers whose keys `keys add --provider` takes. */
  readonly providers?: readonly string[]
}
