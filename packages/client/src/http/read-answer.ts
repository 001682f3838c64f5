// What an answer says: data, or the facts of an error. An answer that is not of the API is named as such, because the
// usual reason is a wrong server_url or a proxy in between, and nobody finds that in a stack trace about JSON.

import type { AnswerFacts } from '../error/api-error.ts'
import { recordOf } from '../loose/record.ts'
import { readRetryAfter } from './retry-after.ts'

/** What the reading of an answer depends on besides the answer. */
export interface ReadingContext {
  readonly client: string
  /** The setting that names the server, as a person would write it. */
  readonly serverSetting: string
  readonly source: string | undefined
  /** How to give another credential there. */
  readonly remedy: string | undefined
  /** What `source` hides, for instance a stored login below a variable. */
  readonly shadowed: readonly string[]
  readonly now: number
}

export type ReadAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly facts: AnswerFacts }

/** Works an answer out. `text` is its whole body. */
export function readAnswer(response: Response, text: string, context: ReadingContext): ReadAnswer {
  const { status } = response
  const json = jsonIn(response, text)
  if (json !== undefined && status >= 200 && status < 300) return { ok: true, data: json.body }
  const facts =
    json === undefined ? notTheApi(response, text, context) : problemFacts(response, json.body)
  return { ok: false, facts: complete(facts, response, context) }
}

export function requestIdOf(response: Response): string | undefined {
  return response.headers.get('x-request-id') ?? undefined
}

type Facts = Pick<AnswerFacts, 'status' | 'code' | 'message' | 'body' | 'hint'>

/** Nothing at all is fine too, as with 204; undefined for what is no JSON. */
function jsonIn(response: Response, text: string): { readonly body: unknown } | undefined {
  if (text.trim() === '') return { body: undefined }
  const type = response.headers.get('content-type') ?? ''
  if (type !== '' && !/^[^;]*[/+]json\s*(;|$)/i.test(type)) return undefined
  try {
    return { body: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

function problemFacts({ status }: Response, body: unknown): Facts {
  const code = textIn(body, 'code') ?? `http_${status}`
  const said = textIn(body, 'detail') ?? textIn(body, 'message') ?? textIn(body, 'title')
  const message = said ?? textIn(body, 'error') ?? 'The server refused and did not say why.'
  return { status, code, message, body, hint: textIn(body, 'hint') }
}

function notTheApi(response: Response, text: string, context: ReadingContext): Facts {
  const { status } = response
  const isHtml = /^\s*<(!doctype|html|head|body)/i.test(text)
  const what = isHtml ? 'a web page' : 'something that is not JSON'
  const message = `The answer (${status}) is ${what}, so it is not from the API of ${context.client}.`
  const hint = `look whether ${context.serverSetting} names the API, and whether a proxy or sign-in page is in between`
  return { status, code: 'not_the_api', message, hint }
}

function complete(facts: Facts, response: Response, context: ReadingContext): AnswerFacts {
  const requestId = requestIdOf(response) ?? textIn(facts.body, 'request_id')
  const named = requestId === undefined ? '' : `, request ${requestId}`
  const from = facts.status === 401 ? whence(context) : ''
  return {
    status: facts.status,
    code: facts.code,
    message: `${facts.message} (${facts.status} ${facts.code}${named})${from}`,
    requestId,
    retryAfter:
      readRetryAfter(response.headers.get('retry-after'), context.now) ??
      secondsIn(facts.body, 'retry_after'),
    hint: facts.hint ?? (facts.status === 401 ? context.remedy : undefined),
    source: context.source,
    requiredScopes: scopesOf(response, facts.body),
    body: facts.body,
  }
}

function whence({ source, shadowed }: ReadingContext): string {
  if (source === undefined) return ''
  const hidden = shadowed.length === 0 ? '' : `, which hides ${shadowed.join(', ')}`
  return ` The credential came from ${source}${hidden}.`
}

// Our own problems name one scope; RFC 6750 section 3 has them in the challenge, separated by spaces.
function scopesOf(response: Response, body: unknown): readonly string[] {
  const scope = textIn(body, 'scope')
  if (scope !== undefined) return scope.split(' ')
  const list = recordOf(body)['required_scopes']
  if (Array.isArray(list)) return list.filter((item) => typeof item === 'string')
  const challenge = response.headers.get('www-authenticate') ?? ''
  return /\bscope="([^"]*)"/.exec(challenge)?.[1]?.split(' ') ?? []
}

/** Nobody reads more of a message, and a log would have to keep it. */
const TEXT_LENGTH_MAX = 2000

function textIn(body: unknown, field: string): string | undefined {
  const value = recordOf(body)[field]
  return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_LENGTH_MAX) : undefined
}

function secondsIn(body: unknown, field: string): number | undefined {
  const value = recordOf(body)[field]
  return typeof value === 'number' && value >= 0 ? value : undefined
}
