// HTTP Basic of an OAuth client (RFC 6749 section 2.3.1): client id and secret, each form-encoded, then RFC 7617.
// The client id is a key's id, the client secret that key's secret.

import type { IncomingMessage } from 'node:http'
import type { CredentialHeader, Refused } from '@keywright/core'
import { refuse } from '@keywright/core'
import { headerLines, readCredential } from '@keywright/verifier'
import { NodeView } from './node-view.ts'

const LENGTH_MAX = 4096

/** @returns undefined when the request does not use Basic */
export function readBasic(
  names: readonly CredentialHeader[],
  request: IncomingMessage,
): { readonly clientId: string; readonly credential: string } | Refused | undefined {
  const lines = headerLines(request.rawHeaders, 'authorization')
  if (!lines.some((line) => /^basic(?: |$)/i.test(line))) return undefined
  const others = readCredential(names, new NodeView(request))
  if ('credential' in others || others.code !== 'missing_credential' || lines.length > 1) {
    if ('code' in others && others.code === 'credential_in_url') return others
    return refuse('conflicting_credentials', 'The request names two clients. Send one credential.')
  }
  const text = (lines[0] as string).slice('basic '.length).trim()
  const pair = text.length > LENGTH_MAX ? '' : Buffer.from(text, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  const clientId = decodeForm(pair.slice(0, Math.max(0, colon)))
  const credential = decodeForm(pair.slice(colon + 1))
  if (colon > 0 && clientId && credential) return { clientId, credential }
  const detail = "The header authorization does not hold 'Basic' with a key's id and secret."
  return refuse('malformed_credential', detail)
}

function decodeForm(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
