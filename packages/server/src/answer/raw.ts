// Answers of the two doors that are asked for every request of somebody's API. They are written straight to Node's
// response, in front of the framework, and look exactly like all others.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChangeRefused, Refused } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { problemOf } from '@keywright/verifier'
import type { Door } from '../door/door.ts'
import { BASE_HEADERS, REQUEST_ID_HEADER } from './headers.ts'
import { refusalOf } from './problems.ts'

/** One request at a door, from arrival to answer. */
export interface RawExchange {
  readonly door: Door
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
  /** The pattern of the route. */
  readonly route: string
  readonly arrivedMs: number
}

/** What is answered; header names and values in turn. */
export interface RawAnswer {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
  readonly keyId?: string | undefined
  /** Of a problem. */
  readonly code?: string
}

const BASE_PAIRS: readonly string[] = Object.entries(BASE_HEADERS).flat()

/** Answers and takes note. */
export function answerRaw(exchange: RawExchange, answer: RawAnswer): void {
  const { door, request, response, requestId, route, arrivedMs } = exchange
  const { status, body } = answer
  const length = Buffer.byteLength(body)
  const own = ['content-length', String(length), REQUEST_ID_HEADER, requestId]
  const headers = answer.headers.concat(BASE_PAIRS, own)
  // What is left of a body that is too large is not waited for.
  if (door.isDraining || status === 413) headers.push('connection', 'close')
  response.writeHead(status, headers)
  // Text without wide characters goes out as it lies in memory.
  response.end(body, length === body.length ? 'latin1' : 'utf8')
  const method = request.method ?? ''
  const { keyId } = answer
  door.traffic.note({ method, route, status, arrivedMs, requestId, keyId, isBusy: true })
}

/** The problem of a refusal. */
export function rawProblem(
  { door, requestId }: RawExchange,
  refusal: Refused | ChangeRefused | CodedRefusal,
): RawAnswer {
  const { status, headers, body } = problemOf(refusal, { realm: door.realm, requestId })
  // Both bring a Cache-Control; one is enough.
  const pairs = Object.entries(headers).filter(([name]) => !(name in BASE_HEADERS))
  const keyId = 'keyId' in refusal ? refusal.keyId : undefined
  const { code } = refusal
  return { status, headers: pairs.flat(), body: JSON.stringify(body), keyId, code }
}

/** The answer when something was thrown. */
export function rawFailure(exchange: RawExchange, error: unknown): RawAnswer {
  const { refusal, isOurs } = refusalOf(error)
  if (isOurs) exchange.door.traffic.noteFailure(exchange.requestId, error)
  return rawProblem(exchange, refusal)
}
