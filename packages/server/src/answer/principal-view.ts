import type { z } from 'zod'
import type { principalSchema } from '@keywright/contract'
import type { Principal } from '@keywright/core'
import { instant } from '@keywright/core'

/** A principal as the wire shows it. */
export function principalView(principal: Principal): z.output<typeof principalSchema> {
  const { holder, resource } = principal
  const scopes = [...principal.scopes]
  if (principal.type === 'key') {
    const { keyId, kind, mode, expiresAt, metadata } = principal
    const expires_at = expiresAt === null ? null : instant(expiresAt)
    return {
      type: 'key',
      key_id: keyId,
      kind,
      holder,
      resource,
      mode,
      scopes,
      expires_at,
      metadata,
    }
  }
  const { kind, mode, metadata } = principal
  const expires_at = instant(principal.expiresAt)
  const person = { key_id: null, kind, holder, resource, mode, scopes, expires_at, metadata }
  if (principal.type === 'token') {
    const { issuer, subject } = principal
    return { type: 'token', ...person, issuer, subject }
  }
  const { sessionId, authenticatedAt } = principal
  const authenticated_at = instant(authenticatedAt)
  return { type: 'session', ...person, session_id: sessionId, authenticated_at }
}
