import type { IncomingMessage } from 'node:http'
import type { Visitor } from '@keywright/contract'
import type { Door } from './door.ts'

/** Who is asking, as accounts want it. */
export function visitorOf(door: Door, request: IncomingMessage): Visitor {
  const headers = new Headers()
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    headers.append(request.rawHeaders[at] as string, request.rawHeaders[at + 1] as string)
  }
  return { headers, network: door.proxies.addressOf(request) }
}
