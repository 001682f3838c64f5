import { Failure } from '../output/failure.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/** Seconds of a duration as people write it: `45s`, `30m`, `12h`, `90d`, `2w`. @throws Failure `usage` */
export function durationOf(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? []
  if (count === undefined || unit === undefined || Number(count) === 0) {
    throw new Failure('usage', `${text} is no duration.`, { hint: 'Write 45s, 30m, 12h or 90d.' })
  }
  return Number(count) * SECONDS[unit as keyof typeof SECONDS]
}
