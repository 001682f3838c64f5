// A call: target, headers and body worked out once, then attempts until one ends it.

import type { Brand, Route } from '../brand/brand.ts'
import type { CommonOptions } from '../client/options.ts'
import type { ClientSettings } from '../client/settings.ts'
import { APIError, apiErrorOf } from '../error/api-error.ts'
import { ClientError } from '../error/client-error.ts'
import { named } from '../error/named.ts'
import type { Transport } from '../surroundings/surroundings.ts'
import type { AnsweredWith } from './answer.ts'
import { Answer } from './answer.ts'
import type { ReadingContext } from './read-answer.ts'
import { waitBefore } from './retry.ts'
import type { Query, Target } from './route.ts'
import { targetOf } from './route.ts'
import { sendOnce } from './send.ts'

const TIMEOUT_SECONDS = 30
const RETRIES = 2

/** What one call can be told. */
export interface CallOptions {
  /** What fills the holes of the route. */
  readonly params?: Readonly<Record<string, string | number>>
  /** Lists repeat their name; null and undefined are left out. */
  readonly query?: Query
  /** Goes out as JSON. */
  readonly body?: unknown
  /** Goes out as it is, instead of `body`; give its content type in `headers` unless it knows it itself. */
  readonly bytes?: Blob | FormData | Uint8Array<ArrayBuffer> | string
  readonly headers?: Readonly<Record<string, string>>
  /** The credential stays here: the call shows who it is for in its body, or nobody. */
  readonly isAnonymous?: boolean
  /**
   * Names a POST or PATCH, so that repeating it does nothing twice. Without one the client makes one, where the API knows
   * them; null sends none, and such a call is made once, whatever happens.
   */
  readonly idempotencyKey?: string | null
  /** Says of a POST or PATCH without a key that repeating it does nothing twice, so it is tried again as reads are. */
  readonly isRepeatable?: boolean
  readonly signal?: AbortSignal
  /** Seconds for each attempt, instead of the client's. */
  readonly timeout?: number
  /** Instead of the client's. */
  readonly maxRetries?: number
}

/** What a client makes calls with. */
export interface CallerParts {
  readonly transport: Transport
  readonly options: Pick<CommonOptions, 'maxRetries' | 'logger'>
}

/** A call with everything worked out that its attempts share. */
interface Prepared {
  readonly target: Target
  readonly headers: Readonly<Record<string, string>>
  readonly body: BodyInit | undefined
  readonly isAnonymous: boolean | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly attempts: number
}

export class Caller {
  readonly #brand: Brand
  readonly #settings: ClientSettings
  readonly #transport: Transport
  readonly #options: CallerParts['options']

  constructor(brand: Brand, settings: ClientSettings, { transport, options }: CallerParts) {
    this.#brand = brand
    this.#settings = settings
    this.#transport = transport
    this.#options = options
  }

  /** @param read makes the data of the body; undefined when the body is not what the call answers with */
  call<Data>(
    route: Route,
    options: CallOptions,
    read: (body: unknown) => Data | undefined,
  ): Answer<Data> {
    return new Answer(this.#run(route, options, read))
  }

  async #run<Data>(
    route: Route,
    options: CallOptions,
    read: (body: unknown) => Data | undefined,
  ): Promise<AnsweredWith<Data>> {
    try {
      const prepared = this.#prepare(route, options)
      const answered = await this.#attempt(prepared)
      const data = read(answered.data)
      // Data may well be undefined: 204 has none.
      if (data === undefined && answered.data !== undefined) throw this.#notAList(answered)
      return { ...answered, data: data as Data }
    } catch (error) {
      throw error instanceof ClientError ? named(this.#brand, error) : error
    }
  }

  #prepare(route: Route, options: CallOptions): Prepared {
    const target = targetOf(String(this.#settings.value(this.#brand.server.name)), route, options)
    const isNamed = target.method === 'POST' || target.method === 'PATCH'
    const key = options.idempotencyKey === undefined ? this.#newKey() : options.idempotencyKey
    const retries = options.maxRetries ?? this.#options.maxRetries ?? RETRIES
    const { body, bytes, headers, isAnonymous, signal } = options
    const { isRepeatable = !isNamed || key !== null } = options
    return {
      target,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(isNamed && key !== null && { 'idempotency-key': key }),
        ...headers,
      },
      body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
      isAnonymous,
      timeoutMs: wholeMs(options.timeout ?? this.#seconds()),
      signal,
      attempts: isRepeatable ? 1 + Math.max(0, retries) : 1,
    }
  }

  #newKey(): string | null {
    return this.#brand.hasIdempotencyKeys ? this.#transport.uuid() : null
  }

  #seconds(): number {
    const { setting, winner } = this.#settings.find('timeout') ?? {}
    const isOurs = setting?.type === 'seconds' || setting?.type === 'integer'
    return isOurs && typeof winner?.value === 'number' ? winner.value : TIMEOUT_SECONDS
  }

  async #attempt(prepared: Prepared): Promise<AnsweredWith<unknown>> {
    const { target, signal, attempts } = prepared
    const { method, url } = target
    const path = url.pathname
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answered = await this.#send(prepared)
        this.#note('debug', 'answer', {
          method,
          path,
          attempt,
          status: answered.response.status,
          requestId: answered.requestId,
        })
        return answered
      } catch (error) {
        const wait =
          attempt < attempts ? waitBefore(error, attempt, this.#transport.random()) : undefined
        this.#note('warn', 'no success', {
          method,
          path,
          attempt,
          ...factsOf(error),
          waitMs: wait,
        })
        if (wait === undefined) throw error
        await this.#transport.sleep(wait, signal)
      }
    }
  }

  async #send({ target, headers, isAnonymous, ...rest }: Prepared): Promise<AnsweredWith<unknown>> {
    const credential = await this.#settings.credential()
    const shown = isAnonymous !== true && { authorization: `Bearer ${credential}` }
    return sendOnce(
      this.#transport.fetch,
      { ...target, ...rest, headers: { ...headers, ...shown }, credential },
      this.#context(),
    )
  }

  #context(): ReadingContext {
    return {
      client: this.#brand.client,
      serverSetting: this.#brand.server.variable,
      now: this.#transport.now(),
      ...this.#settings.whence(this.#brand.credential.name),
    }
  }

  #notAList({ data, requestId, response }: AnsweredWith<unknown>): APIError {
    return apiErrorOf({
      status: response.status,
      code: 'not_the_api',
      message: 'The answer is no page of a list.',
      requestId,
      hint: `look whether ${this.#brand.server.variable} names the API of ${this.#brand.client}`,
      body: data,
    })
  }

  #note(level: 'debug' | 'warn', what: string, fields: Readonly<Record<string, unknown>>): void {
    this.#options.logger?.[level](`${this.#brand.client}: ${what}`, fields)
  }
}

/** Timers take whole milliseconds, and end at once when they are longer than this. */
const TIMER_MS_MAX = 2_147_483_647

function wholeMs(seconds: number): number {
  return Math.min(TIMER_MS_MAX, Math.max(1, Math.ceil(1000 * seconds)))
}

function factsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof APIError) {
    return { status: error.status, code: error.code, requestId: error.requestId }
  }
  return { code: error instanceof ClientError ? error.code : 'failed' }
}
