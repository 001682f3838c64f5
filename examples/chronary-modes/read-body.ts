import type { CodedRefusal } from 'keywright'
import { invalidRequest } from 'keywright'
import type { z } from 'zod'

/** What is read of Hono's request. */
interface BodyRequest {
  header(name: string): string | undefined
  json(): Promise<unknown>
}

export type ReadBody<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: CodedRefusal }

/** The JSON body of a request, as its schema has it, or what to answer. */
export async function readBody<Schema extends z.ZodType>(
  request: BodyRequest,
  schema: Schema,
): Promise<ReadBody<z.output<Schema>>> {
  if (!/^application\/json\s*(;|$)/i.test(request.header('content-type') ?? '')) {
    const detail = 'Send the body as application/json.'
    return { ok: false, refusal: { code: 'unsupported_media_type', detail } }
  }
  let sent: unknown
  try {
    sent = await request.json()
  } catch {
    const detail = 'The body cannot be read. Send one JSON value.'
    return { ok: false, refusal: { code: 'malformed_body', detail } }
  }
  const read = schema.safeParse(sent)
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, refusal: invalidRequest('body', read.error.issues) }
}
