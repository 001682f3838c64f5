import { PEOPLE } from '../person/person.ts'
import type { Quota, Rate } from '../limit/limit.ts'
import { gcraOf } from '../limit/gcra.ts'
import type { LimitSet, QuotaRule, RateRule } from './definition.ts'
import type { LooseDefinition } from './loose.ts'
import { listOf } from './loose.ts'

/** The limits of one kind, or of `users`, by mode (`''` where a definition has no modes). */
export function compileLimits(
  definition: LooseDefinition,
  kind: string,
): ReadonlyMap<string, LimitSet> {
  const modes = definition.modes ?? []
  const byMode = new Map<string, LimitSet>()
  // A person acts in any mode, and where none is asked for in none.
  for (const mode of modes.length > 0 && kind !== PEOPLE ? modes : ['', ...modes]) {
    const applies = (limit: Rate | Quota): boolean =>
      (limit.kinds === undefined || limit.kinds.includes(kind)) &&
      (limit.mode === undefined || limit.mode === mode)
    byMode.set(mode, {
      rates: named(listOf(definition.limits?.rate), 'rate')
        .filter(([, rate]) => applies(rate))
        .map(([name, rate]) => toRate(rate, { name, id: `${mode}/${name}` })),
      quotas: named(listOf(definition.limits?.quota), 'quota')
        .filter(([, quota]) => applies(quota))
        .map(([name, quota]) => toQuota(quota, { name, id: `${mode}/${name}` })),
    })
  }
  return byMode
}

function named<Limit>(limits: readonly Limit[], word: string): [string, Limit][] {
  return limits.map((limit, index) => [index === 0 ? word : `${word}-${index + 1}`, limit])
}

interface RuleName {
  readonly name: string
  readonly id: string
}

function toRate(rate: Rate, named: RuleName): RateRule {
  const { count, periodMs } = rate
  return { ...named, count, periodMs, gcra: gcraOf(rate), sharedDepth: depthOf(rate.path) }
}

function toQuota(quota: Quota, named: RuleName): QuotaRule {
  return { ...named, units: quota.units, sharedDepth: depthOf(quota.path) }
}

function depthOf(pattern: string | undefined): number {
  return pattern === undefined ? 0 : pattern.split('/').length * 2
}
