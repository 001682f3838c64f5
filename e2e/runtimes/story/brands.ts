// The products of the story: one for each way in which settings are kept, and one that lives by options alone.

import { clientFor, defineBrand, mapBounded, profilesJson, splitYaml } from '@keywright/client'

interface Uploaded {
  readonly bytes: number
  readonly type: string
  readonly isNamed: boolean
}

const settings = {
  api_key: { type: 'credential' },
  server_url: { type: 'server', default: 'https://api.acme.example' },
  max_upload_workers: { type: 'integer', default: 2, min: 1 },
} as const

const common = { settings, kinds: { user: 'acme_user_' }, login: 'acme login' } as const

/** No files: what it needs is in the options or in the environment. */
const acme = defineBrand({ ...common, id: 'acme', client: 'Acme', env: 'ACME' })

export class Acme extends clientFor(acme) {
  readonly agents = {
    list: () => this.pages<{ id: string }>('GET /v1/agents'),
    get: (id: string) => this.call<{ id: string }>('GET /v1/agents/{id}', { params: { id } }),
  }

  upload(files: readonly (Blob | FormData | Uint8Array<ArrayBuffer>)[]): Promise<Uploaded[]> {
    return mapBounded(files, this.settings.maxUploadWorkers, (bytes, signal) =>
      this.call<Uploaded>('POST /v1/assets', { bytes, signal }),
    )
  }
}

/** `config.yaml` and `credentials.yaml`. */
const yamlBrand = defineBrand({
  ...common,
  id: 'birch',
  client: 'Birch',
  env: 'BIRCH',
  files: splitYaml({ directory: { home: '.birch' } }),
})

export class Birch extends clientFor(yamlBrand) {
  readonly me = () => this.call('GET /v1/me')
}

/** Profiles in `config.json`. */
const jsonBrand = defineBrand({
  ...common,
  id: 'cedar',
  client: 'Cedar',
  env: 'CEDAR',
  files: profilesJson({ directory: { xdg: 'cedar' } }),
})

export class Cedar extends clientFor(jsonBrand) {
  readonly me = () => this.call('GET /v1/me')
}

/** Its file can be written by others. */
const unsafeBrand = defineBrand({
  ...common,
  id: 'dogwood',
  client: 'Dogwood',
  env: 'DOGWOOD',
  files: profilesJson({ directory: { xdg: 'dogwood' } }),
})

export class Dogwood extends clientFor(unsafeBrand) {}
