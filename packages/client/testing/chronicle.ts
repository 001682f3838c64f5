// A product's client, written as products write theirs.

import type { Answer, Pages, PERSONAL } from '../src/index.ts'
import { clientFor, mapBounded, Secret } from '../src/index.ts'
import { chronicle } from './brands.ts'

export interface Experiment {
  readonly id: string
  readonly name: string
  readonly organization_id: string | null
}

interface InOrganization {
  readonly organizationId?: string | typeof PERSONAL
}

export class Chronicle extends clientFor(chronicle) {
  readonly experiments = {
    list: (): Pages<Experiment> => this.pages('GET /experiments'),
    get: (id: string): Answer<Experiment> => this.call('GET /experiments/{id}', { params: { id } }),
    create: async (name: string, { organizationId }: InOrganization = {}): Promise<Experiment> => {
      const organization = await this.organizationFor(organizationId)
      return this.call<Experiment>('POST /experiments', {
        body: { name, organization_id: organization ?? null },
      })
    },
  }

  readonly apiKeys = {
    create: (body: { description: string; scopes: readonly string[] }) =>
      this.call<{ id: string; key: string }>('POST /api-keys', { body }).map((made) => ({
        ...made,
        key: new Secret(made.key),
      })),
    revoke: (id: string): Answer<undefined> =>
      this.call('DELETE /api-keys/{id}', { params: { id } }),
  }

  readonly assets = {
    upload: (files: readonly string[]): Promise<string[]> =>
      mapBounded(files, this.settings.maxUploadWorkers, async (bytes, signal) => {
        const { id } = await this.call<{ id: string }>('POST /assets', { bytes, signal })
        return id
      }),
  }
}
