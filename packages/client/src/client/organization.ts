// The default organization of a client: an id, a slug that is looked up once, or none.

import type { Brand } from '../brand/brand.ts'
import { APIError } from '../error/api-error.ts'
import { recordOf } from '../loose/record.ts'
import type { ClientSettings } from './settings.ts'

/** Given as an organization: none, the person's own space, whatever the default is. */
export const PERSONAL: unique symbol = Symbol('PERSONAL')

/** An organization as `GET /v1/me/scopes` lists it. */
export interface OwnOrganization {
  readonly id: string
  readonly slug: string
  readonly name?: string
  readonly role?: string
}

/** Looks the slug up on first use: once for all calls that need it at the time, and again only after a failure. */
export class DefaultOrganization {
  readonly #brand: Brand
  readonly #settings: ClientSettings
  readonly #fetchScopes: () => PromiseLike<unknown>
  #found: Promise<string> | undefined

  constructor(brand: Brand, settings: ClientSettings, fetchScopes: () => PromiseLike<unknown>) {
    this.#brand = brand
    this.#settings = settings
    this.#fetchScopes = fetchScopes
  }

  /** The id; undefined when there is no default. */
  async id(): Promise<string | undefined> {
    const { organization } = this.#brand
    if (organization === undefined) return undefined
    const id = this.#settings.value(organization.id)
    if (typeof id === 'string') return id
    const slug = this.#settings.value(organization.slug)
    if (typeof slug !== 'string') return undefined
    this.#found ??= this.#lookUp(slug, organization.slug).catch((error: unknown) => {
      this.#found = undefined
      throw error
    })
    return this.#found
  }

  async #lookUp(slug: string, setting: string): Promise<string> {
    const own = organizationsIn(await this.#fetchScopes())
    const found = own.find((organization) => organization.slug === slug)
    if (found !== undefined) return found.id
    const place = this.#settings.whence(setting).source
    const known = own.map((organization) => organization.slug).join(', ')
    const problem = `the credential reaches no organization with the slug '${slug}' (from ${place ?? ''})`
    const fix = known === '' ? 'ask for an invitation' : `use one of ${known}`
    throw this.#settings.refuse([{ code: 'unknown_organization', problem, fix, place }])
  }
}

/** The organizations in the body of `GET /v1/me/scopes`. */
export function organizationsIn(body: unknown): readonly OwnOrganization[] {
  const list = recordOf(body)['organizations']
  if (Array.isArray(list) && list.every(isOrganization)) return list
  throw new APIError({
    status: 200,
    code: 'not_the_api',
    message: 'The answer names no organizations, so a slug cannot be looked up.',
    hint: 'name the organization by its id',
    body,
  })
}

function isOrganization(value: unknown): value is OwnOrganization {
  const { id, slug } = recordOf(value)
  return typeof id === 'string' && typeof slug === 'string'
}
