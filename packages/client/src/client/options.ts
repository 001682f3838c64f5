import type { SettingOptions } from '../brand/brand.ts'
import type { NamedFiles } from '../resolve/file-layers.ts'
import type { SettingsInput } from '../setting/setting.ts'
import type { Surroundings, Transport } from '../surroundings/surroundings.ts'
import type { PERSONAL } from './organization.ts'

/** What happens on the way, without secrets: methods, paths, statuses, waits. `console` is one. */
export interface Logger {
  debug(message: string, fields: Readonly<Record<string, unknown>>): void
  warn(message: string, fields: Readonly<Record<string, unknown>>): void
}

/** What every client can be told besides its settings. */
export interface CommonOptions {
  /** The profile to use, where the brand's files have profiles. */
  readonly profile?: string | undefined
  /** Read these files, and neither the environment nor the files in the home folder. */
  readonly files?: NamedFiles | undefined
  /** `PERSONAL`: no default organization, whatever is set. */
  readonly organization?: typeof PERSONAL | undefined
  /** How often a request is made again after it failed in passing. Default: 2. */
  readonly maxRetries?: number | undefined
  /** Instead of the `fetch` of the runtime, for instance one with a proxy. */
  readonly fetch?: typeof fetch | undefined
  readonly logger?: Logger | undefined
  /** Instead of what the program finds around it: environment, files, clock, randomness. */
  readonly host?: Partial<Surroundings & Transport> | undefined
  /** How the caller wrote its options, for messages: a command line has `{ apiKey: '--api-key' }`. */
  readonly argumentNames?: Readonly<Record<string, string>> | undefined
}

/** The options of a client: its settings in camel case, and what every client has. */
export type ClientOptions<Settings extends SettingsInput> = SettingOptions<Settings> & CommonOptions

/** Exhaustive by its type: an option that is added is known here too. */
const COMMON: Readonly<Record<keyof CommonOptions, true>> = {
  profile: true,
  files: true,
  organization: true,
  maxRetries: true,
  fetch: true,
  logger: true,
  host: true,
  argumentNames: true,
}

export function isCommonOption(name: string): boolean {
  return Object.hasOwn(COMMON, name)
}
