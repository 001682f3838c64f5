import { isUtf8 } from 'node:buffer'
import { RequestRefused } from '../answer/problems.ts'

/** Reads a form as Fastify's parsers do. A field that is there twice becomes a list, which no schema takes. */
export function parseForm(
  _request: unknown,
  body: string | Buffer,
  done: (error: Error | null, fields?: unknown) => void,
): void {
  if (typeof body === 'string' || !isUtf8(body)) {
    done(new RequestRefused({ code: 'malformed_body', detail: 'The form is not in UTF-8.' }))
    return
  }
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  done(null, fields)
}
