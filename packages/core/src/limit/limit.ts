// What a definition says about limits. A rate is enforced in memory by GCRA (gcra.ts), a quota by durable blocks
// (quota.ts). Both may be narrowed to kinds and to a mode, and shared by all keys below a resource.

/** So many calls in a period, with a burst. Without `of` each key has its own; with it, all keys below that resource share one. */
export interface Rate<
  Path extends string = string,
  Kind extends string = string,
  Mode extends string = string,
> {
  readonly type: 'rate'
  readonly count: number
  readonly periodMs: number
  readonly burstCount: number
  readonly path: Path | undefined
  readonly kinds: readonly Kind[] | undefined
  readonly mode: Mode | undefined
  /** How many calls may come at once after a pause; by default as many as a period allows. */
  burst(count: number): Rate<Path, Kind, Mode>
  /** One limit for all keys below one resource of this pattern, as `organizations`. */
  of<P extends string>(path: P): Rate<P, Kind, Mode>
  /** Only keys of these kinds. */
  on<K extends string>(...kinds: readonly K[]): Rate<Path, K, Mode>
  /** Only keys of this mode. */
  in<M extends string>(mode: M): Rate<Path, Kind, M>
}

/** So many units a calendar month (UTC). */
export interface Quota<
  Path extends string = string,
  Kind extends string = string,
  Mode extends string = string,
> {
  readonly type: 'quota'
  readonly units: number
  readonly path: Path | undefined
  readonly kinds: readonly Kind[] | undefined
  readonly mode: Mode | undefined
  /** One quota for all keys below one resource of this pattern, as `organizations`. */
  of<P extends string>(path: P): Quota<P, Kind, Mode>
  /** Only keys of these kinds. */
  on<K extends string>(...kinds: readonly K[]): Quota<Path, K, Mode>
  /** Only keys of this mode; calls in other modes are free. */
  in<M extends string>(mode: M): Quota<Path, Kind, M>
}

/** `count` calls a second, per key. */
export function perSecond(count: number): Rate<never, never, never> {
  return rate(count, 1000)
}

/** `count` calls a minute, per key. */
export function perMinute(count: number): Rate<never, never, never> {
  return rate(count, 60_000)
}

/** `units` a calendar month in UTC, per key. */
export function perMonth(units: number): Quota<never, never, never> {
  return makeQuota({ units, path: undefined, kinds: undefined, mode: undefined })
}

function rate(count: number, periodMs: number): Rate<never, never, never> {
  const state = { count, periodMs, burstCount: count }
  return makeRate({ ...state, path: undefined, kinds: undefined, mode: undefined })
}

type RateState = Pick<Rate, 'count' | 'periodMs' | 'burstCount' | 'path' | 'kinds' | 'mode'>
type QuotaState = Pick<Quota, 'units' | 'path' | 'kinds' | 'mode'>

// The builders carry their narrowing in type parameters that the value does not have; the one cast is here.
function makeRate<P extends string, K extends string, M extends string>(
  state: RateState,
): Rate<P, K, M> {
  return Object.freeze({
    type: 'rate',
    ...state,
    burst: (burstCount: number) => makeRate({ ...state, burstCount }),
    of: (path: string) => makeRate({ ...state, path }),
    on: (...kinds: readonly string[]) => makeRate({ ...state, kinds }),
    in: (mode: string) => makeRate({ ...state, mode }),
  }) as Rate<P, K, M>
}

function makeQuota<P extends string, K extends string, M extends string>(
  state: QuotaState,
): Quota<P, K, M> {
  return Object.freeze({
    type: 'quota',
    ...state,
    of: (path: string) => makeQuota({ ...state, path }),
    on: (...kinds: readonly string[]) => makeQuota({ ...state, kinds }),
    in: (mode: string) => makeQuota({ ...state, mode }),
  }) as Quota<P, K, M>
}
