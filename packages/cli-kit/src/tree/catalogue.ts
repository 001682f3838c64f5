/**
 * Every command that the kit has, as data: the tree of a product's command line is built from this, and what a command does
 * is loaded when it runs. A product may put those about its sign-in under `auth`.
 */
import type { Context } from '../session/context.ts'
import type { FlagText } from './global-flags.ts'

/** What was written after a command. */
export interface Given {
  /** The command's own argument, the first where it has several. */
  readonly argument: string | undefined
  /** Those after the first. */
  readonly rest: readonly string[]
  /** Flags by their name in camel case; those beginning with `no-` are false without it. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
}

/** Does a command. What it gives back is the exit code of a program that it ran; otherwise it ended well. */
export type Run = (context: Context, given: Given) => Promise<number | void>

export interface CommandEntry {
  readonly about: string
  /** As commander writes arguments: `<name>`, `[file]`, `<name> [folder]`, `<command...>`. */
  readonly argument?: string
  readonly flags: readonly FlagName[]
  load(): Promise<Run>
}

/** Flags of single commands; `<value>` as commander writes it. */
export const FLAGS = {
  profile: ['--profile <name>', 'the profile this is about'],
  'with-token': ['--with-token', 'read the credential from standard input'],
  'token-file': ['--token-file <file>', 'read the credential from a file'],
  token: ['--token <value>', 'the credential itself; other users of this machine can see it'],
  pickup: [
    '--pickup [code]',
    'log in with a one-time code from another machine; - reads it from stdin',
  ],
  send: ['--send', 'print a code for another machine instead of the token'],
  device: ['--device', 'log in with a code on another device'],
  web: ['--web', 'log in with the browser of this machine'],
  'no-browser': ['--no-browser', 'print the page and start no browser'],
  qr: ['--qr', 'log in with a code, and show the page as a QR code for a telephone'],
  start: ['--start', 'begin a login by code, print it and end; for programs'],
  complete: ['--complete', 'finish the login that --start began'],
  'no-verify': ['--no-verify', 'store the credential without asking the server about it'],
  organization: ['--organization <id-or-slug>', 'the default organization'],
  personal: ['--personal', 'no default organization'],
  'server-url': ['--server-url <url>', 'the server to log in to, kept for later'],
  store: ['--store <mode>', 'where to keep it: auto, keyring, encrypted-file, file or none'],
  all: ['--all', 'every stored login'],
  revoked: ['--all', 'also those that were revoked'],
  'local-only': ['--local-only', 'leave the credential valid at the server'],
  'min-ttl': ['--min-ttl <duration>', 'fail when the credential lives shorter, as 30m'],
  offline: ['--offline', 'do not ask the server'],
  fix: ['--fix', 'mend what can be mended'],
  name: ['--name <name>', 'what it is called'],
  scope: ['--scope <scopes>', 'scopes, with commas between them; may be repeated', 'repeatable'],
  output: ['--output <file>', 'write the token to a new file that only you read'],
  expires: ['--expires <duration>', 'how long it lives, as 12h or 90d'],
  provider: ['--provider <provider>', 'whose key it is'],
  limit: ['--limit <usd>', 'most US dollars that are spent through it'],
  model: ['--model <model>', 'the model to use with it'],
  overlap: ['--overlap <duration>', 'how long the earlier secret still counts, as 1h'],
  ttl: ['--ttl <duration>', 'how long the token of the program lives at most, as 15m'],
  project: ['--project <project>', 'the project it is for'],
} as const satisfies Record<string, FlagText>

export type FlagName = keyof typeof FLAGS

export const CATALOGUE = {
  login: {
    about: 'log in and store the credential',
    flags: [
      'profile',
      'with-token',
      'token-file',
      'token',
      'pickup',
      'device',
      'web',
      'no-browser',
      'qr',
      'start',
      'complete',
      'no-verify',
      'organization',
      'personal',
      'server-url',
      'store',
    ],
    load: async () => (await import('../verb/login.ts')).login,
  },
  logout: {
    about: 'end the stored login at the server and here',
    flags: ['profile', 'server-url', 'all', 'local-only'],
    load: async () => (await import('../verb/logout.ts')).logout,
  },
  status: {
    about: 'what the credential and the settings are, and where they come from',
    flags: ['profile', 'offline', 'min-ttl'],
    load: async () => (await import('../verb/status.ts')).status,
  },
  whoami: {
    about: 'who is logged in, at which server',
    flags: ['profile'],
    load: async () => (await import('../verb/whoami.ts')).whoami,
  },
  list: {
    about: 'the stored logins',
    flags: [],
    load: async () => (await import('../verb/list.ts')).list,
  },
  hosts: {
    about: 'the hosts that you are logged in to',
    flags: [],
    load: async () => (await import('../verb/list.ts')).list,
  },
  switch: {
    about: 'make another stored login the one that counts',
    argument: '<name>',
    flags: [],
    load: async () => (await import('../verb/switch.ts')).switchTo,
  },
  bind: {
    about: 'use a profile in a folder and below it',
    argument: '<profile> [folder]',
    flags: [],
    load: async () => (await import('../verb/bind.ts')).bind,
  },
  unbind: {
    about: 'take the profile of a folder away',
    argument: '[folder]',
    flags: [],
    load: async () => (await import('../verb/bind.ts')).unbind,
  },
  why: {
    about: 'every place that a setting was looked for, and which one counted',
    argument: '[setting]',
    flags: ['profile'],
    load: async () => (await import('../verb/why.ts')).why,
  },
  doctor: {
    about: 'look for what keeps a login from working or from being safe',
    flags: ['fix'],
    load: async () => (await import('../verb/doctor.ts')).doctor,
  },
  approve: {
    about: 'approve the login of another machine that shows this code',
    argument: '<code>',
    flags: [],
    load: async () => (await import('../verb/approve.ts')).approve,
  },
  helper: {
    about: 'hand the login to another program: git, docker, exec (kubectl) or process',
    argument: '<protocol> [operation]',
    flags: ['profile'],
    load: async () => (await import('../verb/hand-over.ts')).handOver,
  },
  token: {
    about: 'print the token that is in use',
    flags: ['profile'],
    load: async () => (await import('../verb/token-print.ts')).printToken,
  },
  'token print': {
    about: 'print the token that is in use',
    flags: ['profile'],
    load: async () => (await import('../verb/token-print.ts')).printToken,
  },
  'token create': {
    about: 'make a new token and print it, once',
    flags: ['name', 'scope', 'expires', 'output', 'send'],
    load: async () => (await import('../verb/token-create.ts')).createToken,
  },
  'token ls': {
    about: 'list the tokens',
    flags: ['revoked'],
    load: async () => (await import('../verb/token-list.ts')).listTokens,
  },
  'token show': {
    about: 'show one token without its secret',
    argument: '<name-or-id>',
    flags: [],
    load: async () => (await import('../verb/token-show.ts')).showToken,
  },
  'token rotate': {
    about: 'replace the secret of a token and print the new one, once',
    argument: '<name-or-id>',
    flags: ['overlap'],
    load: async () => (await import('../verb/token-rotate.ts')).rotateToken,
  },
  'token tree': {
    about: 'which token was made with which',
    flags: [],
    load: async () => (await import('../verb/token-tree.ts')).showTree,
  },
  'token inspect': {
    about: 'what a secret is, told by how it looks; asks no server',
    flags: [],
    load: async () => (await import('../verb/token-inspect.ts')).inspectToken,
  },
  'token revoke': {
    about: 'end a token, named by its name or the beginning of its id',
    argument: '<name-or-id>',
    flags: [],
    load: async () => (await import('../verb/token-revoke.ts')).revokeTokenNamed,
  },
  keys: {
    about: 'list the provider keys',
    flags: [],
    load: async () => (await import('../verb/keys-list.ts')).listKeys,
  },
  'keys add': {
    about: 'store a key of a provider; it is asked for unseen',
    flags: ['provider', 'name', 'limit', 'with-token'],
    load: async () => (await import('../verb/keys-add.ts')).addKey,
  },
  'keys use': {
    about: 'use a provider key for the current project',
    argument: '<key>',
    flags: ['model', 'project'],
    load: async () => (await import('../verb/keys-use.ts')).useKey,
  },
  'keys rm': {
    about: 'take a provider key away',
    argument: '<key>',
    flags: [],
    load: async () => (await import('../verb/keys-remove.ts')).removeKey,
  },
  run: {
    about: 'run a program with a token of its own, which ends with it',
    argument: '<command...>',
    flags: ['ttl', 'scope', 'profile'],
    load: async () => (await import('../verb/run.ts')).runProgram,
  },
  'config get': {
    about: 'print what a setting is, or all of them',
    argument: '[setting]',
    flags: ['profile'],
    load: async () => (await import('../verb/config-get.ts')).getSetting,
  },
  'config set': {
    about: 'store a setting',
    argument: '<setting> <value>',
    flags: ['profile'],
    load: async () => (await import('../verb/config-set.ts')).setSetting,
  },
  'config unset': {
    about: 'take a stored setting away',
    argument: '<setting>',
    flags: ['profile'],
    load: async () => (await import('../verb/config-set.ts')).unsetSetting,
  },
  'config path': {
    about: 'print where settings are stored',
    flags: [],
    load: async () => (await import('../verb/config-path.ts')).printPath,
  },
  completion: {
    about: 'print a script that completes commands in your shell',
    argument: '<shell>',
    flags: [],
    load: async () => (await import('../verb/completion.ts')).completion,
  },
  help: {
    about: 'how a command is written, or about environment, exit-codes or files',
    argument: '[words...]',
    flags: [],
    load: async () => (await import('../verb/help.ts')).help,
  },
} as const satisfies Record<string, CommandEntry>

/** A command without the `auth` in front. */
export type Verb = keyof typeof CATALOGUE

/** What a product writes: `login` or `auth login`, as its people type it. */
export type CommandName = Verb | `auth ${Exclude<Verb, `${string} ${string}`>}`

/** The entry of a command, and the verb it is. */
export function entryOf(name: CommandName): { readonly verb: Verb; readonly entry: CommandEntry } {
  const verb = (name.startsWith('auth ') ? name.slice(5) : name) as Verb
  return { verb, entry: CATALOGUE[verb] }
}
