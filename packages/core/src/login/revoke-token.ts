import { digestSecret, pepperDigest, readSecret } from '@keywright/token'
import type { KeyDeps } from '../key/deps.ts'
import { revokeWithin } from '../key/revoke.ts'
import { findClient } from './client.ts'
import type { OAuthOutcome } from './refusal.ts'
import { oauthRefused } from './refusal.ts'

export interface RevokeTokenRequest {
  readonly clientId?: string | undefined
  readonly token?: string | undefined
}

/**
 * Ends a key that this client was handed, and all that it minted (RFC 7009 section 2.1). A token that is unknown or
 * over already is no error: it does not count any more, which is what was wanted (section 2.2).
 */
export async function revokeToken(
  deps: KeyDeps,
  request: RevokeTokenRequest,
): Promise<OAuthOutcome<object>> {
  const found = findClient(deps.definition, request.clientId)
  if (!found.ok) return found
  const { token } = request
  if (token === undefined) return oauthRefused('invalid_request', 'Send the token.')
  if (readSecret(token) === undefined) return { ok: true }
  const digest = pepperDigest(digestSecret(token), deps.pepper)
  return deps.store.transact(async (writes) => {
    const at = deps.clock.now()
    const { snapshot } = await writes.findBySecret(digest)
    if (snapshot === undefined) return { ok: true }
    const { id, revokedAt, secretEndsAt } = snapshot
    const isOver = revokedAt !== null || (secretEndsAt !== null && secretEndsAt <= at)
    if (isOver) return { ok: true }
    const handed = await writes.findLoginKey(id)
    if (handed?.clientId !== found.client.id) {
      const description =
        'This token was not handed to this client, so it stays. Nothing has changed.'
      return oauthRefused('invalid_grant', description)
    }
    const key = await writes.getKey(id)
    if (key !== undefined) await revokeWithin(writes, key, { by: id, at })
    return { ok: true }
  })
}
