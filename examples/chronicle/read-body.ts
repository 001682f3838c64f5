import type { IncomingMessage } from 'node:http'
import type { CodedRefusal } from 'keywright'
import { invalidRequest } from 'keywright'
import type { z } from 'zod'

export type ReadBody<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: CodedRefusal }

/** The parsed body of a request, as its schema has it, or what to answer. Express leaves other content types unread. */
export function readBody<Schema extends z.ZodType>(
  req: IncomingMessage & { readonly body: unknown },
  schema: Schema,
): ReadBody<z.output<Schema>> {
  if (req.body === undefined && req.headers['content-type'] !== undefined) {
    const detail = 'Send the body as application/json.'
    return { ok: false, refusal: { code: 'unsupported_media_type', detail } }
  }
  const read = schema.safeParse(req.body)
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, refusal: invalidRequest('body', read.error.issues) }
}
