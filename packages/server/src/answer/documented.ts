// What a route says about itself in the OpenAPI document. Every status that it can answer is named, because a test
// calls every route and fails on any other.

import type { z } from 'zod'
import { PROBLEM_CONTENT_TYPE, problemSchema } from '@keywright/contract'

const MEANINGS = {
  400: 'The request cannot be read, or names more than one credential.',
  401: 'No credential, or none that counts.',
  403: 'The credential counts and may not do this.',
  404: 'There is no such thing, or it is not shown to this caller.',
  409: 'It cannot be done to the thing as it now is.',
  413: 'The body is too large.',
  415: 'The body has the wrong content type.',
  422: 'The request does not fit.',
  429: 'Too many requests, or the quota is used up.',
  500: 'We failed.',
  503: 'It cannot be decided now.',
} as const

type ProblemStatus = keyof typeof MEANINGS

/** Problems with these statuses. */
export function problems<Status extends ProblemStatus>(
  ...statuses: readonly Status[]
): Record<
  Status,
  { description: string; content: { 'application/problem+json': { schema: typeof problemSchema } } }
> {
  const entries = statuses.map((status) => [
    status,
    {
      description: MEANINGS[status],
      content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema } },
    },
  ])
  return Object.fromEntries(entries)
}

/** A JSON answer. */
export function json<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

/** Statuses of every route that needs a credential. */
export const CALLER_PROBLEMS = [400, 401, 403, 429, 500, 503] as const

/** Statuses of every route that reads a body, besides. */
export const BODY_PROBLEMS = [413, 415, 422] as const

/** For the document: the credential of a caller. */
export const BEARER: { readonly [name: string]: readonly string[] }[] = [{ bearer: [] }]
