// Who is calling. The same verification as for any credential: it counts in the caller's rate limits and takes
// nothing from quotas.

import type { IncomingMessage } from 'node:http'
import type { BuiltinScope, Decision, Refused, VerifyRequest } from '@keywright/core'
import { readCredential } from '@keywright/verifier'
import { NodeView } from '../request/node-view.ts'
import type { Door } from './door.ts'

/**
 * @param scope what the route takes; undefined where holding a key is enough
 */
export function findCaller(
  door: Door,
  request: IncomingMessage,
  scope: BuiltinScope | undefined,
): Promise<Decision> | Refused {
  const read = readCredential(door.authority.definition.headers, new NodeView(request))
  if ('code' in read) return read
  return verifyCaller(door, request, { credential: read.credential, scope })
}

/** The same for a credential that was read already. */
export function verifyCaller(
  door: Door,
  request: IncomingMessage,
  { credential, scope }: { readonly credential: string; readonly scope: BuiltinScope | undefined },
): Promise<Decision> {
  const question: { -readonly [Name in keyof VerifyRequest]: VerifyRequest[Name] } = {
    credential,
    cost: 0,
  }
  const network = door.proxies.addressOf(request)
  if (scope !== undefined) question.scope = scope
  if (network !== undefined) question.network = network
  return door.authority.verify(question)
}
