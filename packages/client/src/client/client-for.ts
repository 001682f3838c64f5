import type { Brand } from '../brand/brand.ts'
import type { NamedFiles } from '../resolve/file-layers.ts'
import type { SettingsInput } from '../setting/setting.ts'
import { Client } from './client.ts'
import type { ClientOptions } from './options.ts'

/** The class that a product's client extends. */
export interface ClientClass<Settings extends SettingsInput> {
  /**
   * Settings are looked for when they are first needed: arguments, environment, files, defaults. Never throws, so a
   * client can stand at the top of a module.
   */
  new (options?: ClientOptions<Settings>): Client<Settings>

  /** A client whose settings are all there. @throws ConfigError, before any network call, when they are not */
  fromEnv<Own>(
    this: new (options?: ClientOptions<Settings>) => Own,
    options?: ClientOptions<Settings>,
  ): Own

  /** A client that reads these files, either optional, and no environment. @throws ConfigError as `fromEnv` does */
  fromFiles<Own>(
    this: new (options?: ClientOptions<Settings>) => Own,
    files: NamedFiles,
    options?: ClientOptions<Settings>,
  ): Own
}

/**
 * The base class for a product's client.
 *
 * @example
 * export class Chronary extends clientFor(brand) {
 *   readonly agents = {
 *     list: () => this.pages<Agent>('GET /v1/agents'),
 *     create: (body: NewAgent) => this.call<Agent>('POST /v1/agents', { body }),
 *   }
 * }
 */
export function clientFor<Settings extends SettingsInput>(
  brand: Brand<Settings>,
): ClientClass<Settings> {
  class BrandedClient extends Client<Settings> {
    constructor(options: ClientOptions<Settings> = {}) {
      super(brand, options)
    }

    static fromEnv<Own>(
      this: new (options?: ClientOptions<Settings>) => Own,
      options?: ClientOptions<Settings>,
    ): Own {
      return checked(new this(options))
    }

    static fromFiles<Own>(
      this: new (options?: ClientOptions<Settings>) => Own,
      files: NamedFiles,
      options?: ClientOptions<Settings>,
    ): Own {
      return checked(new this({ ...options, files } as ClientOptions<Settings>))
    }
  }
  return BrandedClient
}

/** Has the settings resolved now, so that what is wrong is thrown where the client is made. */
function checked<Own>(client: Own): Own {
  if (client instanceof Client) void client.settings
  return client
}
