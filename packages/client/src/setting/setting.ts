// What a product's client can be told: its settings, described as data. Names are written as they stand in files
// (`max_upload_workers`); the option of a call is the same word in camel case, the variable in capitals.

/** What a setting's value is, by its type. Seconds may be fractions. */
export interface SettingValues {
  readonly credential: string
  readonly server: string
  readonly text: string
  readonly integer: number
  readonly seconds: number
  readonly boolean: boolean
}

export type SettingType = keyof SettingValues
export type SettingValue = SettingValues[SettingType]

/** Where a value can come from; the order of a setting's layers is its precedence. */
export type Layer = 'argument' | 'environment' | 'files' | 'default'

/** Highest first, as nearly every product wants it. */
export const PRECEDENCE: readonly Layer[] = ['argument', 'environment', 'files', 'default']

interface SettingFields {
  /** Environment variable; without it, the brand's `env` and the setting in capitals: `CHRONICLE_TIMEOUT`. */
  readonly variable?: string
  /** Where values may come from, highest first; a layer that is left out never counts. Default: `PRECEDENCE`. */
  readonly precedence?: readonly Layer[]
  /** One line for help texts. */
  readonly about?: string
}

/** The secret that a request carries. A brand has exactly one; it is required and has no default. */
interface CredentialSetting extends SettingFields {
  readonly type: 'credential'
}

/** The base URL of the API. A brand has exactly one. */
interface ServerSetting extends SettingFields {
  readonly type: 'server'
  readonly default?: string
}

interface TextSetting extends SettingFields {
  readonly type: 'text'
  readonly default?: string
  readonly required?: boolean
}

interface NumberSetting extends SettingFields {
  readonly type: 'integer' | 'seconds'
  readonly default?: number
  readonly min?: number
  readonly max?: number
  readonly required?: boolean
}

interface BooleanSetting extends SettingFields {
  readonly type: 'boolean'
  readonly default?: boolean
  readonly required?: boolean
}

export type SettingInput =
  | CredentialSetting
  | ServerSetting
  | TextSetting
  | NumberSetting
  | BooleanSetting

export type SettingsInput = Readonly<Record<string, SettingInput>>

/** `max_upload_workers` as `maxUploadWorkers`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name

/** A setting of a checked brand, with everything that follows from its name filled in. */
export interface Setting {
  /** As in files: `organization_id`. */
  readonly name: string
  /** As an option of a call: `organizationId`. */
  readonly option: string
  /** As an environment variable: `CHRONICLE_ORGANIZATION_ID`. */
  readonly variable: string
  readonly type: SettingType
  readonly default: SettingValue | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly isRequired: boolean
  readonly precedence: readonly Layer[]
  readonly about: string | undefined
}

export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
