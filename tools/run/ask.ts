/** One HTTP request of a test and its answer, read whole. A key that is shown goes to the canary scan. */
import { rememberSecret } from '../canary/registry.ts'

export interface Question {
  readonly method?: string
  /** Sent as `Authorization: Bearer`. */
  readonly key?: string
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, when it is JSON. */
  readonly body: Readonly<Record<string, unknown>>
  /** The `id` in it, or nothing. */
  readonly id: string
}

export async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', key, body, headers = {} } = question
  const response = await fetch(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== ''
  const read = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  if (typeof read['key'] === 'string') rememberSecret(read['key'])
  const id = typeof read['id'] === 'string' ? read['id'] : ''
  return { status: response.status, headers: response.headers, text, body: read, id }
}
