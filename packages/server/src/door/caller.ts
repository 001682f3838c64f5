// Who is calling. The same verification as for any credential: it counts in the caller's rate limits and takes
// nothing from quotas. It is asked again when a body has come, which may take as long as the caller likes: meanwhile the
// key may have been revoked or its secret replaced.

import type { IncomingMessage } from 'node:http'
import type { BuiltinScope, Decision, Refused, VerifyRequest } from '@keywright/core'
import { readCredential } from '@keywright/verifier'
import { NodeView } from '../request/node-view.ts'
import type { Door } from './door.ts'

export interface CallerAsk {
  /** What the route takes; undefined where holding a key is enough. */
  readonly scope: BuiltinScope | undefined
  /** Looks whether what was found before still holds, and takes nothing from a limit. */
  readonly isAgain?: boolean
}

export function findCaller(
  door: Door,
  request: IncomingMessage,
  ask: CallerAsk,
): Promise<Decision> | Refused {
  const read = readCredential(door.authority.definition.headers, new NodeView(request))
  if ('code' in read) return read
  return verifyCaller(door, request, { ...ask, credential: read.credential })
}

/** The same for a credential that was read already. */
export function verifyCaller(
  door: Door,
  request: IncomingMessage,
  { credential, scope, isAgain }: CallerAsk & { readonly credential: string },
): Promise<Decision> {
  const question: { -readonly [Name in keyof VerifyRequest]: VerifyRequest[Name] } = {
    credential,
    cost: 0,
  }
  const network = door.proxies.addressOf(request)
  if (isAgain === true) question.isPeek = true
  if (scope !== undefined) question.scope = scope
  if (network !== undefined) question.network = network
  return door.authority.verify(question)
}
