// A refusal as a browser's reader sees it. Programs get the same refusal as a problem.

import { PROBLEMS } from '@keywright/contract'
import type { ChangeRefused, Refused } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { problemOf } from '@keywright/verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../answer/send-problem.ts'
import type { Door } from '../door/door.ts'
import { html } from './html.ts'
import { sendPage } from './page.ts'
import type { Site } from './site.ts'
import { openVisit } from './visit.ts'

/** In place of what is written for programs. */
const SAID_TO_READERS: Readonly<Record<string, string>> = {
  not_found: 'There is no page at this address. Check it, or start from the account page.',
  unsupported_media_type: 'Forms of this site are sent as forms. Open the page again.',
}

/** Answers with a page where a browser asks for one, and with a problem elsewhere, always below /v1/. */
export function answerRefusal(
  { door, site }: { readonly door: Door; readonly site: Site | undefined },
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  refusal: Refused | ChangeRefused | CodedRefusal,
): unknown {
  if (site === undefined || !isForReader(site, request)) return sendProblem(door, reply, refusal)
  const { code, detail } = refusal
  const { status, headers } = problemOf(refusal, { realm: door.realm, requestId: request.id })
  reply.headers({ ...headers })
  const { title } = PROBLEMS[code]
  const body = html`<p>${SAID_TO_READERS[code] ?? detail}</p>
    <p><a href="${site.path('/account')}">Go to the account page</a></p>
    <p class="hint">Request <code>${request.id}</code></p>`
  return sendPage(openVisit(site, request, reply), { title, body, status, isWrong: true })
}

function isForReader(site: Site, { url, headers }: FastifyRequest): boolean {
  if (url.startsWith(site.path('/v1/'))) return false
  return /(?:^|,)\s*text\/html\s*(?:;|,|$)/i.test(headers.accept ?? '')
}
