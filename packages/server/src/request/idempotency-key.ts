import type { IncomingMessage } from 'node:http'
import { idempotencyKeySchema } from '@keywright/contract'
import { headerLines, invalidRequest } from '@keywright/verifier'
import { RequestRefused } from '../answer/problems.ts'

/** The caller's name for its request, where it gave one. @throws RequestRefused for one that is none */
export function readIdempotencyKey(request: IncomingMessage): string | undefined {
  const lines = headerLines(request.rawHeaders, 'idempotency-key')
  if (lines.length === 0) return undefined
  const parsed = idempotencyKeySchema.safeParse(lines.length === 1 ? lines[0] : lines)
  if (parsed.success) return parsed.data
  throw new RequestRefused(invalidRequest('header.idempotency-key', parsed.error.issues))
}
