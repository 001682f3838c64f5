// /v1/forward-auth: what a proxy (nginx, Traefik, Caddy, Envoy) asks before it lets a request through. The credential
// is the client's own, in the client's own header; the query, written by whoever set the proxy up, says what it must
// allow. 200 with the identity in headers, or the refusal as it may be passed on.
//
// Below the address stands the path of the client's request where a proxy appends it (Envoy does), and the client's
// query with it. There other parameters are the client's and mean nothing here; ours can only narrow.

import { forwardAuthQuerySchema } from '@keywright/contract'
import type { Principal, VerifyRequest } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { invalidRequest, limitHeaders, readCredential } from '@keywright/verifier'
import type { RawAnswer, RawExchange } from '../../answer/raw.ts'
import { answerRaw, rawFailure, rawProblem } from '../../answer/raw.ts'
import { refuseAsk } from '../../door/ask.ts'
import type { Door } from '../../door/door.ts'
import { NodeView } from '../../request/node-view.ts'

export const FORWARD_AUTH_ROUTE = '/v1/forward-auth'

/** Proxies ask the same few things again and again. */
const ASKS_MAX = 1000

type AskOfVerify = Pick<VerifyRequest, 'scope' | 'resource' | 'mode'>
type Ask = { readonly ask: AskOfVerify } | { readonly refusal: CodedRefusal }

const scopeTexts = new WeakMap<readonly string[], string>()

/** Answers forward-auth requests; it never rejects. */
export class ForwardAuth {
  readonly #door: Door
  readonly #asks = new Map<string, Ask>()

  constructor(door: Door) {
    this.#door = door
  }

  async answer(raw: Pick<RawExchange, 'request' | 'response' | 'requestId'>): Promise<void> {
    const door = this.#door
    const exchange = { door, ...raw, route: FORWARD_AUTH_ROUTE, arrivedMs: door.clock.monotonic() }
    let answer: RawAnswer
    try {
      answer = await this.#decide(exchange)
    } catch (error) {
      answer = rawFailure(exchange, error)
    }
    answerRaw(exchange, withVerdict(answer))
  }

  async #decide(exchange: RawExchange): Promise<RawAnswer> {
    const { request } = exchange
    const { authority, proxies } = this.#door
    const read = readCredential(authority.definition.headers, new NodeView(request))
    if ('code' in read) return rawProblem(exchange, read)
    const asked = this.#ask(request.url ?? '')
    if ('refusal' in asked) return rawProblem(exchange, asked.refusal)
    const network = proxies.addressOf(request)
    const { credential } = read
    const decision = await authority.verify(
      network === undefined ? { credential, ...asked.ask } : { credential, network, ...asked.ask },
    )
    if (!decision.allowed) return rawProblem(exchange, decision)
    const headers = identityHeaders(decision.principal)
    const { limit } = decision
    if (limit !== undefined) headers.push(...Object.entries(limitHeaders(limit)).flat())
    return { status: 200, headers, body: '', keyId: decision.principal.keyId ?? undefined }
  }

  #ask(url: string): Ask {
    const at = url.indexOf('?')
    // An app may have mounted the routes below a prefix.
    const end = url.indexOf(FORWARD_AUTH_ROUTE) + FORWARD_AUTH_ROUTE.length
    const isBelow = (at === -1 ? url.length : at) > end + 1
    const name = `${isBelow ? '/' : ''}${at === -1 ? '' : url.slice(at)}`
    const known = this.#asks.get(name)
    if (known !== undefined) return known
    const read = readAsk(this.#door, at === -1 ? '' : url.slice(at + 1), isBelow)
    if (this.#asks.size >= ASKS_MAX) this.#asks.clear()
    this.#asks.set(name, read)
    return read
  }
}

function readAsk(door: Door, query: string, isBelow: boolean): Ask {
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(query)) {
    if (isBelow && !Object.hasOwn(forwardAuthQuerySchema.shape, name)) continue
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  const parsed = forwardAuthQuerySchema.safeParse(fields)
  if (!parsed.success) return { refusal: invalidRequest('query', parsed.error.issues) }
  const refusal = refuseAsk(door, parsed.data, 'query')
  if (refusal !== undefined) return { refusal }
  const { scope, resource, mode } = parsed.data
  return {
    ask: {
      ...(scope === undefined ? {} : { scope }),
      ...(resource === undefined ? {} : { resource }),
      ...(mode === undefined ? {} : { mode }),
    },
  }
}

function identityHeaders({ keyId, kind, resource, holder, mode, scopes }: Principal): string[] {
  let scopesText = scopeTexts.get(scopes)
  if (scopesText === undefined) {
    scopesText = scopes.join(' ')
    scopeTexts.set(scopes, scopesText)
  }
  const headers = [
    'x-keywright-kind',
    kind,
    'x-keywright-resource',
    resource,
    'x-keywright-holder',
    holder,
    'x-keywright-scopes',
    scopesText,
  ]
  if (keyId !== null) headers.push('x-keywright-key-id', keyId)
  if (mode !== null) headers.push('x-keywright-mode', mode)
  return headers
}

/** A proxy that turns other statuses than 401 and 403 into its own can still learn the true one. */
function withVerdict(answer: RawAnswer): RawAnswer {
  const { code, status, headers } = answer
  if (code === undefined) return answer
  const verdict = ['x-keywright-status', String(status), 'x-keywright-code', code]
  return { ...answer, headers: [...headers, ...verdict] }
}
