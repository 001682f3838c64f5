// The studio's command line. As a program: `node studio-line.ts ARGUMENT…`.

import type { CommandLine } from '@keywright/cli-kit'
import { main } from '@keywright/cli-kit'
import { defineBrand, hostsJson, sealedStore } from '@keywright/client'

export const line: CommandLine = {
  brand: defineBrand({
    id: 'studio',
    client: 'Studio',
    env: 'STUDIO',
    settings: { api_key: { type: 'credential' }, server_url: { type: 'server' } },
    kinds: { personal: 'st_pk_' },
    files: hostsJson({ directory: { xdg: 'studio' } }),
  }),
  name: 'studio',
  version: '1.0.0',
  login: { way: 'browser', clientId: 'studio' },
  tokenFields: { kind: 'personal', resource: '{personal}' },
}

/** The same, of a product that seals what a login gives. */
export const sealing: CommandLine = {
  ...line,
  brand: { ...line.brand, store: sealedStore({ mode: 'encrypted-file' }) },
}

if (import.meta.main) await main(line)
