// What every product's client is: settings, requests, pages and the default organization. A product adds its own nouns
// in a class of its own, see `clientFor`.

import type { Brand, Route, SettingResults } from '../brand/brand.ts'
import type { Answer } from '../http/answer.ts'
import type { CallOptions } from '../http/call.ts'
import { Caller } from '../http/call.ts'
import type { Page } from '../http/pages.ts'
import { Pages, readPage } from '../http/pages.ts'
import type { Explanation } from '../resolve/explain.ts'
import { explainResolution } from '../resolve/explain.ts'
import type { SettingsInput } from '../setting/setting.ts'
import { findSurroundings, findTransport } from '../surroundings/defaults.ts'
import type { ClientOptions } from './options.ts'
import { DefaultOrganization, PERSONAL } from './organization.ts'
import type { LooseOptions } from './settings.ts'
import { ClientSettings } from './settings.ts'

export abstract class Client<Settings extends SettingsInput = SettingsInput> {
  readonly #brand: Brand
  readonly #options: LooseOptions
  readonly #settings: ClientSettings
  readonly #caller: Caller
  readonly #organization: DefaultOrganization

  /** Reads nothing and throws nothing, so a client can be made where a module is loaded. */
  constructor(brand: Brand<Settings>, options: ClientOptions<Settings>) {
    this.#brand = brand
    this.#options = options
    const { host, fetch: fetcher } = this.#options
    this.#settings = new ClientSettings(this.#brand, this.#options, () => ({
      ...findSurroundings(),
      ...host,
    }))
    const transport = { ...findTransport(), ...host, ...(fetcher && { fetch: fetcher }) }
    this.#caller = new Caller(this.#brand, this.#settings, { transport, options: this.#options })
    this.#organization = new DefaultOrganization(this.#brand, this.#settings, () =>
      this.call(this.#brand.routes.scopes),
    )
  }

  /** The settings that count. @throws ConfigError when they do not let the client work */
  get settings(): SettingResults<Settings> {
    this.#settings.check()
    const pairs = this.#settings.resolution.settings.map(
      ({ setting, winner }) => [setting.option, winner?.value] as const,
    )
    return Object.fromEntries(pairs) as SettingResults<Settings>
  }

  /** Where every setting comes from, what it hides and what is wrong. Without secrets; never throws. */
  explain(): Explanation {
    return explainResolution(this.#settings.resolution, this.#settings.home)
  }

  /** The same client with other options; what they name in one way, they no longer name in another. */
  with(changes: ClientOptions<Settings>): this {
    const kept: Record<string, unknown> = { ...this.#options }
    for (const group of this.#brand.exclusive) {
      const options = this.#brand.settings
        .filter(({ name }) => group.includes(name))
        .map(({ option }) => option)
      if (!options.some((option) => option in changes)) continue
      for (const option of [...options, 'organization']) delete kept[option]
    }
    const Same = this.constructor as new (options: object) => this
    return new Same({ ...kept, ...changes })
  }

  /**
   * Makes one call. `GET /v1/agents/{id}` takes its holes from `params`.
   *
   * @throws ConfigError before anything goes out, ConnectionError, APIError
   */
  call<Data = unknown>(route: Route, options: CallOptions = {}): Answer<Data> {
    return this.#caller.call(route, options, (body) => body as Data)
  }

  /** A list that comes in pages of `{ data, next_cursor }`. */
  pages<Item = unknown>(route: Route, options: CallOptions = {}): Pages<Item> {
    return new Pages<Item>((cursor) =>
      this.#caller.call<Page<Item>>(
        route,
        { ...options, query: { ...options.query, ...(cursor !== undefined && { cursor }) } },
        (body) => readPage<Item>(body),
      ),
    )
  }

  /**
   * The organization that a call is for: what the call says, or the default.
   *
   * @param chosen an id; `PERSONAL` for none; undefined for the default
   * @returns undefined for the person's own space
   */
  async organizationFor(chosen?: string | typeof PERSONAL): Promise<string | undefined> {
    const wanted = chosen ?? this.#options.organization
    if (wanted === PERSONAL) return undefined
    if (wanted !== undefined) return wanted
    return this.#organization.id()
  }
}
