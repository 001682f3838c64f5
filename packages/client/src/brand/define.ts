import { camelCase, PRECEDENCE } from '../setting/setting.ts'
import type { Setting, SettingInput, SettingsInput, SettingValue } from '../setting/setting.ts'
import type { Brand, BrandInput } from './brand.ts'
import { checkBrand } from './check.ts'
import { BrandError } from './error.ts'
import { routesOf } from './routes.ts'

/**
 * Describes a product's client and command line: the one file that both are built from.
 *
 * @example
 * export default defineBrand({
 *   id: 'chronary',
 *   client: 'Chronary',
 *   env: 'CHRONARY',
 *   settings: {
 *     api_key: { type: 'credential' },
 *     server_url: { type: 'server', default: 'https://api.chronary.ai' },
 *   },
 *   kinds: { org: 'chr_sk_', agent: 'chr_ak_' },
 *   files: profilesJson({ directory: { xdg: 'chronary' } }),
 * })
 * @returns the checked brand, for `clientFor` and cli-kit
 * @throws BrandError when it cannot be right, with every place and its fix
 */
export function defineBrand<const Settings extends SettingsInput>(
  input: BrandInput<Settings>,
): Brand<Settings> {
  const problems = checkBrand(input)
  if (problems.length > 0) throw new BrandError(problems)
  const settings = Object.entries(input.settings).map(([name, setting]) =>
    settingOf(name, setting, input.env),
  )
  const { organization } = input
  return Object.freeze({
    id: input.id,
    client: input.client,
    env: input.env,
    settings,
    credential: settings.find(({ type }) => type === 'credential') as Setting,
    server: settings.find(({ type }) => type === 'server') as Setting,
    exclusive: [
      ...(input.exclusive ?? []),
      ...(organization === undefined ? [] : [[organization.id, organization.slug]]),
    ],
    organization,
    preferStored: input.preferStored,
    kinds: input.kinds ?? {},
    files: input.files,
    store: input.store,
    routes: routesOf(input.routes),
    errors: input.errors ?? {},
    allowsPlainHttp: input.allowsPlainHttp ?? false,
    hasIdempotencyKeys: input.hasIdempotencyKeys ?? true,
    login: input.login,
  })
}

/** What settings of any type may say. */
interface AnySetting extends Pick<Setting, 'type'> {
  readonly default?: SettingValue
  readonly required?: boolean
  readonly min?: number
  readonly max?: number
}

function settingOf(name: string, input: SettingInput, env: string): Setting {
  const { type, default: preset, required, min, max }: AnySetting = input
  return {
    name,
    option: camelCase(name),
    variable: input.variable ?? `${env}_${name.toUpperCase()}`,
    type,
    default: preset,
    min,
    max,
    isRequired: type === 'credential' || type === 'server' || required === true,
    precedence: input.precedence ?? PRECEDENCE,
    about: input.about,
  }
}
