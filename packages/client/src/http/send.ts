// One attempt: out with the request, in with the whole answer. No retries here, and no decisions about them.

import { apiErrorOf } from '../error/api-error.ts'
import { ClientError } from '../error/client-error.ts'
import { ConnectionError, TimeoutError } from '../error/connection-error.ts'
import type { Transport } from '../surroundings/surroundings.ts'
import type { AnsweredWith } from './answer.ts'
import type { ReadingContext } from './read-answer.ts'
import { readAnswer, requestIdOf } from './read-answer.ts'
import { whyUnreachable } from './unreachable.ts'

/** A request as it goes out. */
export interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** JSON text, or bytes and forms as `fetch` takes them. */
  readonly body: BodyInit | undefined
  readonly credential: string
  /** For the whole attempt, in milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** Redirects to the same origin that a read may follow; more are a circle. */
const REDIRECTS_MAX = 3

/**
 * Sends a request once.
 *
 * @throws APIError when the answer is not what was asked for
 * @throws ConnectionError when none came, TimeoutError when it came too late
 * @throws the reason of the signal when that ended it
 */
export async function sendOnce(
  fetcher: Transport['fetch'],
  outgoing: Outgoing,
  context: ReadingContext,
): Promise<AnsweredWith<unknown>> {
  const deadline = AbortSignal.timeout(outgoing.timeoutMs)
  const { signal } = outgoing
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
  let response: Response
  let text: string
  try {
    response = await follow(fetcher, { outgoing, signal: either, context })
    text = await textOf(response)
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ClientError) throw error
    if (deadline.aborted) throw tooLate(outgoing, error)
    throw connectionError(outgoing, error)
  }
  const shown = response.ok ? text : text.replaceAll(outgoing.credential, '…')
  const answer = readAnswer(response, shown, context)
  if (!answer.ok) throw apiErrorOf(answer.facts)
  return { data: answer.data, response, requestId: requestIdOf(response) }
}

/** More than any page of an API, and far from what would exhaust a program, whatever a small answer unpacks to. */
const ANSWER_LENGTH_MAX = 67_108_864

/** The whole answer; what is longer is left where it is, and read as the half JSON that it then is. */
async function textOf({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < ANSWER_LENGTH_MAX) {
    const { value } = (await reader?.read()) ?? {}
    if (value === undefined) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  await reader?.cancel()
  return text
}

interface Following {
  readonly outgoing: Outgoing
  readonly signal: AbortSignal
  readonly context: ReadingContext
}

/** Follows redirects of reads within the origin; a credential never goes anywhere else by itself. */
async function follow(
  fetcher: Transport['fetch'],
  { outgoing, signal, context }: Following,
): Promise<Response> {
  const { method, headers, body = null } = outgoing
  let { url } = outgoing
  for (let hops = 0; ; hops += 1) {
    const response = await fetcher(url, { method, headers, body, signal, redirect: 'manual' })
    // A browser hides where a redirect leads: its type says that it is one.
    const isRedirect =
      response.type === 'opaqueredirect' || /^30[12378]$/.test(String(response.status))
    if (!isRedirect) return response
    const target = targetOfRedirect(response, url)
    const isFine = method === 'GET' && target?.origin === url.origin && hops < REDIRECTS_MAX
    if (!isFine || target === undefined) throw redirected(response, target, context)
    await response.body?.cancel()
    url = target
  }
}

function targetOfRedirect(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location')
  return location !== null && URL.canParse(location, from) ? new URL(location, from) : undefined
}

function redirected(
  response: Response,
  target: URL | undefined,
  { client, serverSetting, source }: ReadingContext,
): Error {
  const where = target === undefined ? 'elsewhere' : `to ${target.origin}`
  return apiErrorOf({
    status: response.status,
    code: 'redirected',
    message: `The server sends the request ${where}; the credential of ${client} was not sent there.`,
    requestId: requestIdOf(response),
    hint: `when ${where.replace('to ', '')} is right, name it in ${serverSetting}`,
    source,
  })
}

function tooLate({ url, timeoutMs }: Outgoing, cause: unknown): TimeoutError {
  const message = `${url.origin} gave no whole answer within ${timeoutMs / 1000} s.`
  return new TimeoutError(message, { cause })
}

function connectionError({ url }: Outgoing, error: unknown): ConnectionError {
  const { reason, hint } = whyUnreachable(error)
  const message = `${url.origin} gave no whole answer: ${reason}.`
  const thrown = new ConnectionError(message, undefined, { cause: error })
  thrown.hint = hint
  return thrown
}
