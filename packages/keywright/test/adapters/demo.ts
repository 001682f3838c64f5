// One small API, written four times: what it is guarded by, and how a test sees what its handlers saw.

import type { KindOf, ModeOf, Principal, ScopeOf, Verifier } from '@keywright/core'
import { defineAuthority, perMinute, perMonth } from '@keywright/core'

export const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read', 'agents:write', 'availability:read'],
  modes: ['live', 'test'],
  headers: ['authorization', 'x-api-key'],
  keys: {
    org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'ac_ak',
      bound: 'organizations/agents',
      scopes: ['availability:read'],
      mintedBy: ['org'],
    },
    fast: { prefix: 'ac_fk', bound: 'organizations', scopes: ['agents:*'] },
  },
  limits: {
    rate: perMinute(3).on('fast'),
    quota: perMonth(5).on('org', 'agent').in('live'),
  },
})

export type DemoKind = KindOf<typeof definition>
export type DemoMode = ModeOf<typeof definition>
type DemoAuthority = Verifier<ScopeOf<typeof definition>, DemoKind, DemoMode>

/** The demo's routes are GET unless said otherwise, and answer what `seen` shows. */
export const ROUTES = {
  list: '/v1/agents',
  /** POST, of scope `agents:write`. */
  create: '/v1/agents',
  /** Of the caller's own organization's agent `:id`. */
  availability: '/v1/agents/:id/availability',
  /** Authenticates only. */
  me: '/v1/me',
  /** Live data. */
  live: '/v1/live',
  /** Takes 3 units. */
  dear: '/v1/dear',
  /** Its handler refuses every caller who passed, with `REFUSAL`. */
  refused: '/v1/refused',
  /** Has three guards. */
  thrice: '/v1/thrice',
} as const

export const AVAILABILITY = 'organizations/-/agents/:id'

export const REFUSAL = { code: 'not_found', detail: 'There is no such calendar.' } as const

/** A handler's answer: who it was told is calling. */
export function seen({ keyId, kind, resource, mode }: Principal): Record<string, unknown> {
  return { key_id: keyId, kind, resource, mode }
}

export interface RunningDemo {
  readonly port: number
  close(): Promise<void>
}

/** What a demo is started with. */
interface DemoOptions {
  readonly authority: DemoAuthority
  /** Called by every handler behind a guard. */
  readonly onHandled: () => void
  readonly onError: (error: unknown) => void
}

export type StartDemo = (options: DemoOptions) => Promise<RunningDemo>
