// The one way to a document of an issuer. Guards the process against where a URL leads: https, or http to this machine;
// each dialled address is judged; a new socket for each request; no redirect is followed, no proxy asked, nothing
// unpacked; the answer must be 200, small, quick and JSON. What fails says why in a closed word, and never throws.

import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import type { RequestOptions as DialOptions, IncomingMessage } from 'node:http'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { isLoopbackHost, whyNoIssuerUrl } from '@keywright/core'
import type { Reach } from './address.ts'
import { reachOf } from './address.ts'

/** A document takes this long at most, from the look-up of its host to its last byte. */
const FETCH_TIMEOUT_MS = 5000
/** A document is this long at most. */
export const DOCUMENT_BYTES_MAX = 256 * 1024

/** Why a document could not be had. */
export type FetchFailure =
  | 'refused_url'
  | 'refused_address'
  | 'unreachable'
  | 'timeout'
  | 'bad_status'
  | 'too_large'
  | 'not_json'

export type Fetched =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly failure: FetchFailure }

export interface GetOptions {
  /** Only for documents of an issuer that is on this machine itself. */
  readonly mayBeLoopback: boolean
}

interface RequestOptions extends GetOptions {
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>
  /** Set for a POST. */
  readonly body?: string
}

/** Fetches a JSON document of an issuer. */
export type GuardedGet = (url: string, options: GetOptions) => Promise<Fetched>

/** Asks an issuer's endpoint, as guarded. */
export type GuardedRequest = (url: string, options: RequestOptions) => Promise<Fetched>

export interface GuardedGetDeps {
  /** Addresses of a host name; default: the system's. */
  readonly lookup?: (hostname: string) => Promise<readonly LookupAddress[]>
  /** A signal that aborts after so many milliseconds; default: the runtime's timer. */
  readonly deadline?: (ms: number) => AbortSignal
}

class Refusal extends Error {
  readonly failure: FetchFailure

  constructor(failure: FetchFailure) {
    super(failure)
    this.failure = failure
  }
}

/** Makes the guarded way out. The roof makes one with the defaults; tests give it names and time. */
export function guardedGet(deps: GuardedGetDeps = {}): GuardedGet {
  return guardedRequest(deps)
}

/** The same way out for endpoints that want headers or a POST. */
export function guardedRequest(deps: GuardedGetDeps = {}): GuardedRequest {
  const lookup = deps.lookup ?? ((hostname) => systemLookup(hostname, { all: true }))
  const deadline = deps.deadline ?? ((ms) => AbortSignal.timeout(ms))
  return async (text, options) => {
    const { mayBeLoopback } = options
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || whyNoIssuerUrl(url.href) !== undefined) {
      return { ok: false, failure: 'refused_url' }
    }
    const mayDial = (reach: Reach): boolean =>
      reach === 'loopback' ? mayBeLoopback : reach === 'public' && url.protocol === 'https:'
    // The look-up is not asked about a host that is an address already, and those are loopback only.
    if (isLoopbackHost(url.hostname) && !mayBeLoopback) {
      return { ok: false, failure: 'refused_address' }
    }
    const signal = deadline(FETCH_TIMEOUT_MS)
    try {
      const dial = { signal, lookup: judgedLookup(lookup, mayDial) }
      const response = await send(url, dial, options)
      return { ok: true, json: await readJson(response) }
    } catch (error) {
      return { ok: false, failure: failureOf(error, signal) }
    }
  }
}

function failureOf(error: unknown, signal: AbortSignal): FetchFailure {
  if (error instanceof Refusal) return error.failure
  return signal.aborted ? 'timeout' : 'unreachable'
}

// One forbidden address among several refuses the name: the dialler tries them all.
function judgedLookup(
  lookup: NonNullable<GuardedGetDeps['lookup']>,
  mayDial: (reach: Reach) => boolean,
): LookupFunction {
  const judge = callbackify(
    async (hostname: string): Promise<[LookupAddress, ...LookupAddress[]]> => {
      const [first, ...rest] = await lookup(hostname)
      if (first === undefined) throw new Refusal('unreachable')
      if (![first, ...rest].every(({ address }) => mayDial(reachOf(address)))) {
        throw new Refusal('refused_address')
      }
      return [first, ...rest]
    },
  )
  return (hostname, { all }, done) =>
    judge(hostname, (error, addresses) => {
      if (error !== null) done(error, '')
      else if (all === true) done(null, addresses)
      else done(null, addresses[0].address, addresses[0].family)
    })
}

function send(
  url: URL,
  dial: Pick<DialOptions, 'signal' | 'lookup'>,
  { headers = {}, body }: RequestOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      // Neither a pooled socket nor a proxy of the environment.
      agent: false,
      // Whatever the environment says about certificates.
      rejectUnauthorized: true,
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, accept: 'application/json', 'accept-encoding': 'identity' },
      ...dial,
    })
    request.on('response', resolve)
    request.on('error', reject)
    // Also when the host wants another protocol: the promise is settled then, or never would be.
    request.on('close', () => reject(new Refusal('unreachable')))
    request.end(body)
  })
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  try {
    if (response.statusCode !== 200) throw new Refusal('bad_status')
    const chunks: Buffer[] = []
    if (Number(response.headers['content-length'] ?? 0) > DOCUMENT_BYTES_MAX) {
      throw new Refusal('too_large')
    }
    let bytes = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > DOCUMENT_BYTES_MAX) throw new Refusal('too_large')
      chunks.push(chunk)
    }
    return parse(Buffer.concat(chunks))
  } finally {
    response.destroy()
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('not_json')
  }
}
