// What the verbs of accounts say, as pages say it.

import type { AccountRefusalCode, AccountRefused } from '@keywright/contract'
import { PROBLEMS } from '@keywright/contract'
import { problemOf } from '@keywright/verifier'
import { alert } from './form.ts'
import type { Html } from './html.ts'
import type { Visit } from './visit.ts'

/** Takes the cookies of an answer along, whatever else it says. */
export function bring<Answer extends { readonly setCookies: readonly string[] }>(
  { reply }: Visit,
  answer: Answer,
): Answer {
  for (const cookie of answer.setCookies) reply.header('set-cookie', cookie)
  return answer
}

/** A refusal laid out for a page. Without one, everything is empty. */
export interface Wrong {
  readonly status: number
  readonly isWrong: boolean
  /** Above the form, when no field is to blame. */
  readonly top: Html | undefined
  /** What is wrong with a field. */
  at(field: string): string | undefined
}

/** @param fields which field of this page each code is about */
export function wrongOf(
  visit: Visit,
  refusal: AccountRefused | undefined,
  fields: Partial<Record<AccountRefusalCode, string>> = {},
): Wrong {
  if (refusal === undefined)
    return { status: 200, isWrong: false, top: undefined, at: () => undefined }
  const { code, detail } = refusal
  const context = { realm: visit.site.door.realm, requestId: visit.request.id }
  // Retry-After of 429, the challenge that every 401 has (RFC 9110 section 15.5.2); the type is the page's.
  visit.reply.headers(problemOf(refusal, context).headers)
  const blamed = fields[code]
  return {
    status: PROBLEMS[code].status,
    isWrong: true,
    top: blamed === undefined ? alert(detail) : undefined,
    at: (field) => (field === blamed ? detail : undefined),
  }
}
