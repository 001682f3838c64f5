// Numbers for Prometheus. They are gathered by plain additions where things happen (the engine's counts, door/traffic)
// and turned into metrics when somebody scrapes: a client library's counters would cost more than a decision does.

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Door } from '../../door/door.ts'
import type { Tally } from '../../door/traffic.ts'

/** The metrics of one server, those of its process included. */
export function openRegistry(door: Door): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  addCounter(registry, {
    name: 'keywright_decisions_total',
    help: 'Decisions about credentials, by code.',
    labelNames: ['code'],
    read: () => [...door.authority.counts().decisions].map(([code, count]) => [{ code }, count]),
  })
  addCounter(registry, {
    name: 'keywright_cache_lookups_total',
    help: 'Look-ups of keys in memory, by whether they were there.',
    labelNames: ['result'],
    read: () => {
      const { cacheHits, cacheMisses } = door.authority.counts()
      return [
        [{ result: 'hit' }, cacheHits],
        [{ result: 'miss' }, cacheMisses],
      ]
    },
  })
  addCounter(registry, {
    name: 'keywright_http_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['route', 'status'],
    read: () => door.traffic.tallies().map((tally) => [labelsOf(tally), tally.count]),
  })
  registry.registerMetric(
    new Gauge({
      name: 'keywright_cached_keys',
      help: 'Keys in memory.',
      registers: [],
      collect() {
        this.set(door.authority.counts().cachedKeys)
      },
    }),
  )
  return registry
}

interface CounterSource {
  readonly name: string
  readonly help: string
  readonly labelNames: string[]
  readonly read: () => (readonly [Record<string, string>, number])[]
}

function addCounter(registry: Registry, { read, ...configuration }: CounterSource): void {
  const counter = new Counter({
    ...configuration,
    registers: [],
    collect() {
      this.reset()
      for (const [labels, count] of read()) this.inc(labels, count)
    },
  })
  registry.registerMetric(counter)
}

function labelsOf({ route, status }: Tally): { route: string; status: string } {
  return { route, status: String(status) }
}
