// What a program calls Methodic with: `Chronicle.fromEnv()`, and the nouns of the API. Names of arguments are
// JavaScript's; answers are as they stand on the wire.

import type { Answer, Pages } from '@keywright/client'
import { clientFor, mapBounded, type PERSONAL, Secret } from '@keywright/client'
import brand from './brand.ts'
import type { ApiKey, Asset, Placed, Scopes, ShownRun, Variation } from './client/answers.ts'
import { Run } from './client/run.ts'

export type {
  ApiKey,
  Asset,
  Metric,
  Placed,
  Scopes,
  ShownRun,
  Variation,
} from './client/answers.ts'
export type { Run } from './client/run.ts'
export {
  APIError,
  AuthenticationError,
  ConfigError as ChronicleConfigError,
  PERSONAL,
  Secret,
} from '@keywright/client'

/** Where something is made. */
export interface Place {
  /** An organization's id, or `PERSONAL` for one's own space. Default: the default organization. */
  readonly organizationId?: string | typeof PERSONAL
}

/** What a key may be made with. */
export interface NewApiKey {
  readonly description: string
  /** Default: all that the caller may do. */
  readonly scopes?: readonly string[]
  readonly kind?: 'user' | 'agent'
  /** What it is bound to. Default: as far as the caller reaches. */
  readonly resource?: string
  /** Seconds. Default: 90 days. */
  readonly expiresIn?: number
}

export interface NewAsset {
  readonly name: string
  readonly content: Uint8Array<ArrayBuffer> | Blob | string
  readonly contentType?: string
}

export class Chronicle extends clientFor(brand) {
  readonly me = {
    scopes: (): Answer<Scopes> => this.call('GET /v1/me/scopes'),
  }

  readonly apiKeys = {
    /** The secret is in this answer only. */
    create: ({ expiresIn, ...body }: NewApiKey) =>
      this.call<ApiKey & { readonly key: string }>('POST /api-keys', {
        body: { ...body, expires_in: expiresIn },
      }).map((made) => ({ ...made, key: new Secret(made.key, `${made.prefix}…`) })),
    list: (): Pages<ApiKey> => this.pages('GET /api-keys'),
    revoke: (id: string): Answer<ApiKey> => this.call('DELETE /api-keys/{id}', { params: { id } }),
  }

  readonly experiments = {
    create: (name: string, place: Place = {}) => this.#createIn('POST /experiments', name, place),
    get: (id: string): Answer<Placed> => this.call('GET /experiments/{id}', { params: { id } }),
    /** Wherever the caller has a part. */
    list: (): Pages<Placed> => this.pages('GET /experiments'),
  }

  readonly variations = {
    create: (
      experiment: string,
      body: {
        readonly name?: string
        readonly parameters?: Readonly<Record<string, unknown>>
      } = {},
    ): Answer<Variation> =>
      this.call('POST /experiments/{experiment}/variations', {
        params: { experiment },
        body,
      }),
    list: (experiment: string): Pages<Variation> =>
      this.pages('GET /experiments/{experiment}/variations', { params: { experiment } }),
  }

  readonly runs = {
    create: (experiment: string, variation: number): Answer<ShownRun> =>
      this.call('POST /experiments/{experiment}/variations/{variation}/runs', {
        params: { experiment, variation },
      }),
    list: (experiment: string, variation: number): Pages<ShownRun> =>
      this.pages('GET /experiments/{experiment}/variations/{variation}/runs', {
        params: { experiment, variation },
      }),
  }

  readonly datasets = {
    create: (name: string, place: Place = {}) => this.#createIn('POST /datasets', name, place),
    get: (id: string): Answer<Placed & { readonly assets: readonly Asset[] }> =>
      this.call('GET /datasets/{id}', { params: { id } }),
    /** Wherever the caller has a part. */
    list: (): Pages<Placed> => this.pages('GET /datasets'),
    /** Uploads as many at once as `max_upload_workers` says; the answers stand in the order of the assets. */
    upload: (dataset: string, assets: Iterable<NewAsset>): Promise<Asset[]> =>
      mapBounded(assets, this.settings.maxUploadWorkers, ({ name, content, contentType }, signal) =>
        this.call<Asset>('POST /datasets/{dataset}/assets/{name}', {
          params: { dataset, name },
          bytes: content,
          isRepeatable: true,
          headers: contentType === undefined ? {} : { 'content-type': contentType },
          signal,
        }),
      ),
  }

  /** One run, by the names it was started under. */
  run(experiment: string, variation: number, run: number): Run {
    return new Run(this, { experiment, variation, run })
  }

  async #createIn(
    route: 'POST /experiments' | 'POST /datasets',
    name: string,
    { organizationId }: Place,
  ): Promise<Placed> {
    const organization_id = (await this.organizationFor(organizationId)) ?? null
    return this.call<Placed>(route, { body: { name, organization_id } })
  }
}
