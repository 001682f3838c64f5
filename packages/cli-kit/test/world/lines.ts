// The command lines of three products, as their documentation describes them.

import { defineBrand, hostsJson, profilesJson, sealedStore, splitYaml } from '@keywright/client'
import type { CommandLine } from '../../src/tree/command-line.ts'

/** Settings and secret in two YAML files; a hidden prompt; exactly two commands. */
export const METHODIC: CommandLine = {
  brand: defineBrand({
    id: 'methodic',
    client: 'Chronicle',
    env: 'CHRONICLE',
    settings: {
      api_key: { type: 'credential' },
      server_url: { type: 'server', default: 'https://api.methodiclabs.ai' },
      timeout: { type: 'seconds', default: 30 },
      organization_id: { type: 'text' },
      organization_slug: { type: 'text' },
    },
    organization: { id: 'organization_id', slug: 'organization_slug' },
    kinds: { user: 'sk_user_', agent: 'sk_agent_', worker: 'sk_worker_', jwt: 'jws' },
    files: splitYaml({ directory: { home: '.methodic' } }),
  }),
  name: 'methodic',
  version: '1.2.3',
  login: { way: 'prompt' },
  isStrict: true,
  commands: ['auth login', 'auth status'],
  flags: { 'auth login': ['no-verify', 'organization', 'personal', 'server-url'] },
  texts: {
    askCredential: 'Credential (API key or JWT, input hidden): ',
    organization: '{number}. {slug} — {name}',
    defaultOrganization: 'Default organization: {start} (recorded in {settings}).',
  },
}

/** Profiles in one JSON file; the key also as a flag. */
export const CHRONARY: CommandLine = {
  brand: defineBrand({
    id: 'chronary',
    client: 'Chronary',
    env: 'CHRONARY',
    settings: {
      api_key: { type: 'credential' },
      base_url: { type: 'server', default: 'https://api.chronary.ai' },
    },
    kinds: { org: 'chr_sk_', agent: 'chr_ak_' },
    files: profilesJson({ directory: { xdg: 'chronary' } }),
  }),
  name: 'chronary',
  version: '1.0.0',
  login: { way: 'prompt' },
  commands: [
    'auth login',
    'auth logout',
    'auth switch',
    'auth list',
    'auth bind',
    'auth unbind',
    'auth status',
    'auth why',
    'auth doctor',
    'config get',
    'config set',
    'config unset',
    'config path',
    'token inspect',
    'completion',
  ],
  hasChecksums: true,
  everywhere: ['credential', 'profile'],
}

/** One login a host; a browser or a token; tokens and provider keys. */
export const AUTOLAB: CommandLine = {
  brand: defineBrand({
    id: 'autolab',
    client: 'AutoLab',
    env: 'AUTOLAB',
    settings: {
      token: { type: 'credential' },
      server_url: {
        type: 'server',
        variable: 'AUTOLAB_HOST',
        default: 'https://autolab.example',
      },
    },
    kinds: { personal: 'al_' },
    files: hostsJson({ directory: { xdg: 'autolab' } }),
    routes: {
      createKey: 'POST /v1/tokens',
      listKeys: 'GET /v1/tokens',
      revokeKey: 'DELETE /v1/tokens/{id}',
    },
    hasIdempotencyKeys: false,
  }),
  name: 'autolab',
  version: '4.5.6',
  about: 'Runs experiments.',
  login: { way: 'browser', clientId: 'autolab-cli', scopes: ['api'] },
  flags: { login: ['token'] },
  providerKeys: {
    providers: ['anthropic', 'openai', 'google'],
    routes: {
      add: 'POST /v1/provider-keys',
      list: 'GET /v1/provider-keys',
      use: 'PUT /v1/projects/{owner}/{name}/provider-key',
      remove: 'DELETE /v1/provider-keys/{id}',
    },
  },
}

/** As Chronary, and what a login gives is sealed where there is a keychain. */
export const ACME: CommandLine = {
  brand: defineBrand({
    id: 'acme',
    client: 'Acme',
    env: 'ACME',
    settings: {
      api_key: { type: 'credential' },
      server_url: { type: 'server', default: 'https://api.acme.example' },
    },
    kinds: { personal: 'acme_pk_' },
    files: profilesJson({ directory: { xdg: 'acme' } }),
    store: sealedStore(),
    login: 'acme login',
  }),
  name: 'acme',
  version: '1.0.0',
  login: { way: 'prompt' },
}

/** For a real keychain on a busy machine, where the time that it takes says nothing. */
export const PATIENT_ACME: CommandLine = {
  ...ACME,
  brand: { ...ACME.brand, store: sealedStore({ limitSeconds: 60 }) },
}

/** For a keychain that never answers: how long it is waited for says nothing either. */
export const IMPATIENT_ACME: CommandLine = {
  ...ACME,
  brand: { ...ACME.brand, store: sealedStore({ limitSeconds: 0.1 }) },
}

/** As AutoLab, sealed. */
export const SEALED_AUTOLAB: CommandLine = {
  ...AUTOLAB,
  brand: { ...AUTOLAB.brand, store: sealedStore() },
}

/** As Methodic, sealed. */
export const SEALED_METHODIC: CommandLine = {
  ...METHODIC,
  brand: { ...METHODIC.brand, store: sealedStore({ mode: 'encrypted-file' }) },
  isStrict: false,
}
