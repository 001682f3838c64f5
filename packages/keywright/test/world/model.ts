// The six sentences of the model in plain JavaScript, without caches, storage or time of its own: what a verdict must
// be, worked out anew from everything that happened.

import { acme } from './definitions.ts'

export interface ModelKey {
  readonly id: string
  readonly kind: string
  readonly parent: ModelKey | undefined
  readonly resource: string
  readonly mode: string
  scopes: readonly string[]
  expiresAt: number | null
  isRevoked: boolean
  /** Oldest first; the last one is current. */
  readonly secrets: { readonly text: string; endsAt: number | null }[]
}

export interface ModelAsk {
  readonly scope?: string
  readonly resource?: string
  readonly mode?: string
}

export class Model {
  readonly keys: ModelKey[] = []
  readonly blocked = new Map<string, 'disabled' | 'ended'>()

  /** Whether a resource, or one above it, has ended. */
  hasEnded(resource: string): boolean {
    return [...this.blocked].some(
      ([place, state]) =>
        state === 'ended' && (resource === place || resource.startsWith(`${place}/`)),
    )
  }

  /** Why a key does not stand at a moment, or 'allowed'. */
  standing(key: ModelKey, secretEndsAt: number | null, now: number): string {
    const line = lineOf(key)
    if (line.some((each) => each.isRevoked)) return 'key_revoked'
    for (const name of namesAbove(key.resource)) {
      const state = this.blocked.get(name)
      if (state !== undefined) return `resource_${state}`
    }
    const keyEnd = Math.min(...line.map((each) => each.expiresAt ?? Number.POSITIVE_INFINITY))
    const secretEnd = secretEndsAt ?? Number.POSITIVE_INFINITY
    const end = Math.min(keyEnd, secretEnd)
    if (now < Math.floor(end / 1000) * 1000) return 'allowed'
    return secretEnd < keyEnd ? 'key_rotated' : 'key_expired'
  }

  /** Scopes a key effectively has: its own, cut by every key above it. */
  scopesOf(key: ModelKey): string[] {
    return acme.scopes.filter((scope) =>
      lineOf(key).every((each) => each.scopes.some((grant) => gives(grant, scope))),
    )
  }

  verdict(
    key: ModelKey,
    secretEndsAt: number | null,
    { ask, now }: { ask: ModelAsk; now: number },
  ): string {
    const standing = this.standing(key, secretEndsAt, now)
    if (standing !== 'allowed') return standing
    if (ask.mode !== undefined && ask.mode !== key.mode) return 'wrong_mode'
    if (ask.scope !== undefined && !this.scopesOf(key).includes(ask.scope))
      return 'insufficient_scope'
    if (ask.resource === undefined) return 'allowed'
    const isCovered = ask.resource === key.resource || ask.resource.startsWith(`${key.resource}/`)
    return isCovered ? 'allowed' : 'outside_resource'
  }
}

/** The key and all above it. */
export function lineOf(key: ModelKey): ModelKey[] {
  return key.parent === undefined ? [key] : [key, ...lineOf(key.parent)]
}

export function gives(grant: string, scope: string): boolean {
  return (
    grant === '*' ||
    grant === scope ||
    (grant.endsWith(':*') && scope.startsWith(grant.slice(0, -1)))
  )
}

function namesAbove(resource: string): string[] {
  const parts = resource.split('/')
  const names: string[] = []
  for (let length = parts.length; length > 0; length -= 2)
    names.push(parts.slice(0, length).join('/'))
  return names
}
