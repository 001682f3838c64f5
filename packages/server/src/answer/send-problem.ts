import type { ChangeRefused, Refused } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { problemOf } from '@keywright/verifier'
import type { Door } from '../door/door.ts'

/** What is used of a Fastify reply, whatever its types. */
export interface ProblemReply {
  readonly request: { readonly id: string }
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(payload: never): unknown
}

/** Answers with the problem of a refusal. */
export function sendProblem(
  door: Door,
  reply: ProblemReply,
  refusal: Refused | ChangeRefused | CodedRefusal,
): void {
  const context = { realm: door.realm, requestId: reply.request.id }
  const { status, headers, body } = problemOf(refusal, context)
  reply.code(status)
  reply.headers({ ...headers })
  // Bytes: of text, Fastify would give the content type a charset, and of an object drop what a schema lacks.
  reply.send(Buffer.from(JSON.stringify(body)) as never)
}
