/** What a client makes its requests with when a command line runs it: this world's network and time, and Ctrl-C. */
import type { CommonOptions } from '@keywright/client'
import type { Context } from '../session/context.ts'

type TransportOptions = Required<Pick<CommonOptions, 'fetch' | 'logger'>> & {
  readonly host: Pick<NonNullable<CommonOptions['host']>, 'now' | 'sleep'>
}

export function transportOf(
  { world, out }: Pick<Context, 'world' | 'out'>,
  interrupted = world.interrupted,
): TransportOptions {
  const either = (signal: AbortSignal | null | undefined): AbortSignal =>
    signal ? AbortSignal.any([signal, interrupted]) : interrupted
  return {
    fetch: (input, init) => world.fetch(input, { ...init, signal: either(init?.signal) }),
    logger: {
      debug: (what, fields) => out.debug(`${what} ${JSON.stringify(fields)}`),
      warn: (what, fields) => out.debug(`${what} ${JSON.stringify(fields)}`),
    },
    host: { now: () => world.now(), sleep: (ms, signal) => world.wait(ms, either(signal)) },
  }
}
