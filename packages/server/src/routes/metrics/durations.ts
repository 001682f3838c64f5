// The histogram of request times in the Prometheus text format. Its buckets are filled where requests are answered;
// the client library has no way to take a histogram that was filled elsewhere.

import type { Tally } from '../../door/traffic.ts'
import { BUCKETS } from '../../door/traffic.ts'

const NAME = 'keywright_http_request_duration_seconds'

/** Routes are patterns and statuses numbers, so no label needs escaping. */
export function durationsText(tallies: readonly Tally[]): string {
  const head = [`# HELP ${NAME} Time to answer, by route and status.`, `# TYPE ${NAME} histogram`]
  return `${[...head, ...tallies.flatMap(linesOf)].join('\n')}\n`
}

function linesOf({ route, status, count, seconds, buckets }: Tally): string[] {
  const labels = `route="${route}",status="${status}"`
  let below = 0
  const bounded = BUCKETS.map((bound, index) => {
    below += buckets[index] as number
    return `${NAME}_bucket{${labels},le="${bound}"} ${below}`
  })
  return [
    ...bounded,
    `${NAME}_bucket{${labels},le="+Inf"} ${count}`,
    `${NAME}_sum{${labels}} ${seconds}`,
    `${NAME}_count{${labels}} ${count}`,
  ]
}
