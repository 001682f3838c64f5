// Parameters of the OAuth endpoints (RFC 6749 sections 3.1 and 3.2): those without a value count as left out, unknown
// ones are ignored, and none may come twice.

import type { OAuthRefused } from '@keywright/core'
import { oauthRefused } from '@keywright/core'

export type Parameters = Readonly<Record<string, string | undefined>>

/** @param entries names and values as they came, in a form or an address */
export function readParameters(
  entries: Iterable<readonly [string, unknown]>,
): { readonly ok: true; readonly parameters: Parameters } | OAuthRefused {
  const parameters: Record<string, string> = Object.create(null)
  const seen = new Set<string>()
  for (const [name, value] of entries) {
    if (seen.has(name) || typeof value !== 'string') {
      return oauthRefused('invalid_request', 'A parameter was sent twice. Send each once.')
    }
    seen.add(name)
    if (value !== '') parameters[name] = value
  }
  return { ok: true, parameters }
}
