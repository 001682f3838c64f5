// POST /v1/verify: decides about one credential. Answers 200 with the decision, also when it is no. The caller needs
// `keys:verify`, and a key outside the caller's resource is answered like one that does not exist.

import type { z } from 'zod'
import { verifyBodySchema } from '@keywright/contract'
import type { Principal, VerifyRequest } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { invalidRequest, limitHeaders } from '@keywright/verifier'
import { decisionText } from '../../answer/decision-text.ts'
import type { RawAnswer, RawExchange } from '../../answer/raw.ts'
import { answerRaw, rawFailure, rawProblem } from '../../answer/raw.ts'
import { UNSUPPORTED } from '../../answer/problems.ts'
import { refuseAsk } from '../../door/ask.ts'
import type { CallerAsk } from '../../door/caller.ts'
import { findCaller } from '../../door/caller.ts'
import type { Door } from '../../door/door.ts'
import { isJson, parseJson, readBody } from '../../request/body.ts'

export const VERIFY_ROUTE = '/v1/verify'

const JSON_TYPE: readonly string[] = ['content-type', 'application/json; charset=utf-8']
const CALLER: CallerAsk = { scope: 'keys:verify' }
const CALLER_AGAIN: CallerAsk = { ...CALLER, isAgain: true }
const QUERY: CodedRefusal = { code: 'invalid_request', detail: 'This address takes no query.' }

/** One question, as the body asks it. */
export type AskedVerification = z.infer<typeof verifyBodySchema>

/** Answers whatever happens; it never rejects. */
export async function answerVerify(exchange: RawExchange): Promise<void> {
  let answer: RawAnswer
  try {
    answer = await verify(exchange)
  } catch (error) {
    answer = rawFailure(exchange, error)
  }
  answerRaw(exchange, answer)
}

async function verify(exchange: RawExchange): Promise<RawAnswer> {
  const { door, request } = exchange
  const caller = await findCaller(door, request, CALLER)
  if (!caller.allowed) return rawProblem(exchange, caller)
  if (request.url?.includes('?') === true) return rawProblem(exchange, QUERY)
  const read = readBody(request)
  const body = read instanceof Promise ? await read : read
  if (read instanceof Promise) {
    const still = await findCaller(door, request, CALLER_AGAIN)
    if (!still.allowed) return rawProblem(exchange, still)
  }
  const asked = 'code' in body ? { refusal: body } : bind(exchange, body)
  if ('refusal' in asked) return rawProblem(exchange, asked.refusal)
  const { limit, principal } = caller
  const decision = await door.authority.verify(questionOf(asked, principal))
  const headers =
    limit === undefined ? JSON_TYPE : [...JSON_TYPE, ...Object.entries(limitHeaders(limit)).flat()]
  return { status: 200, headers, body: decisionText(decision), keyId: principal.keyId ?? undefined }
}

function bind(
  { door, request }: RawExchange,
  body: Buffer,
): AskedVerification | { refusal: CodedRefusal } {
  if (body.length > 0 && !isJson(request.headers['content-type'])) return { refusal: UNSUPPORTED }
  const json = parseJson(body)
  if (!json.ok) return json
  const parsed = verifyBodySchema.safeParse(json.value)
  if (!parsed.success) return { refusal: invalidRequest('body', parsed.error.issues) }
  const refusal = refuseAsk(door, parsed.data, 'body')
  return refusal === undefined ? parsed.data : { refusal }
}

/** The question of a caller: only what lies where it may verify is there for it. */
export function questionOf(asked: AskedVerification, within: Principal): VerifyRequest {
  const { credential, scope, resource, mode, cost, request_id: requestId } = asked
  // Written out and not spread: this runs for every request of somebody's API.
  const question: { -readonly [Name in keyof VerifyRequest]: VerifyRequest[Name] } = {
    credential,
    within,
  }
  if (scope !== undefined) question.scope = scope
  if (resource !== undefined) question.resource = resource
  if (mode !== undefined) question.mode = mode
  if (cost !== undefined) question.cost = cost
  if (requestId !== undefined) question.requestId = requestId
  return question
}

/** Everything at this door in one place, for the framework and for what stands in front of it. */
export function verifyExchange(
  door: Door,
  raw: Pick<RawExchange, 'request' | 'response' | 'requestId'>,
): RawExchange {
  return { door, ...raw, route: VERIFY_ROUTE, arrivedMs: door.clock.monotonic() }
}
