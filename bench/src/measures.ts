import { heap } from './heap.ts'
import type { Effort, Measure } from './harness/measure.ts'
import { http } from './http.ts'
import { mint } from './mint.ts'
import { start } from './start.ts'
import { verifyBetterAuth } from './verify-better-auth.ts'
import { verifyCached } from './verify-cached.ts'
import { verifyCold } from './verify-cold.ts'

/** By the name that `--only` takes. */
export const MEASURES = {
  'verify-cached': verifyCached,
  'verify-better-auth': verifyBetterAuth,
  http,
  'verify-cold': verifyCold,
  heap,
  mint,
  start,
} as const satisfies Record<string, Measure>

export type MeasureName = keyof typeof MEASURES

/** The measures to run; without a wish, all. @throws TypeError for a name there is not */
export function namesOf(only: readonly string[]): MeasureName[] {
  const known = Object.keys(MEASURES) as MeasureName[]
  const unknown = only.find((name) => !known.some((other) => other === name))
  if (unknown !== undefined) {
    throw new TypeError(`There is no measure '${unknown}'. There are ${known.join(', ')}.`)
  }
  return only.length === 0 ? known : known.filter((name) => only.includes(name))
}

export function effortOf(isQuick: boolean): Effort {
  return { rounds: isQuick ? 1 : 5, isQuick }
}
