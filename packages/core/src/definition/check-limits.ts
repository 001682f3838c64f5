import type { Quota, Rate } from '../limit/limit.ts'
import type { DefinitionProblem } from './error.ts'
import type { LooseDefinition } from './loose.ts'
import { listOf } from './loose.ts'
import { isAtOrBelow } from './patterns.ts'

/** What is wrong with the limits: amounts, and names that nothing declares. */
export function checkLimits(definition: LooseDefinition): DefinitionProblem[] {
  const rates = listOf(definition.limits?.rate)
  const quotas = listOf(definition.limits?.quota)
  return [
    ...rates.flatMap((rate, index) => [
      ...checkAmount(`limits.rate[${index}]`, rate?.count),
      ...checkAmount(`limits.rate[${index}].burst`, rate?.burstCount),
      ...checkNames(definition, `limits.rate[${index}]`, rate),
      ...checkChildren(definition, `limits.rate[${index}]`, { limit: rate, others: rates }),
    ]),
    ...quotas.flatMap((quota, index) => [
      ...checkAmount(`limits.quota[${index}]`, quota?.units),
      ...checkNames(definition, `limits.quota[${index}]`, quota),
      ...checkChildren(definition, `limits.quota[${index}]`, { limit: quota, others: quotas }),
    ]),
  ]
}

const AMOUNT_MAX = 1_000_000_000

function checkAmount(place: string, amount: number): DefinitionProblem[] {
  if (Number.isSafeInteger(amount) && amount >= 1 && amount <= AMOUNT_MAX) return []
  const problem = `${amount} is not a whole number from 1 to ${AMOUNT_MAX}`
  return [{ place, problem, fix: 'give a whole number, as perSecond(10)' }]
}

function checkNames(
  definition: LooseDefinition,
  place: string,
  limit: Rate | Quota,
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const kinds = Object.keys(definition.keys)
  for (const kind of limit.kinds ?? []) {
    if (kinds.includes(kind)) continue
    const fix = `use one of ${kinds.join(', ')}`
    problems.push({ place: `${place}.on`, problem: `no kind is called '${kind}'`, fix })
  }
  if (limit.mode !== undefined && !definition.modes?.includes(limit.mode)) {
    const fix = `declare it in modes, or use one of ${(definition.modes ?? []).join(', ')}`
    problems.push({ place: `${place}.in`, problem: `no mode is called '${limit.mode}'`, fix })
  }
  if (limit.path !== undefined) problems.push(...checkPath(definition, place, limit))
  return problems
}

// A shared limit belongs to a resource above the key, so each kind it holds for must be bound at or below it.
function checkPath(
  definition: LooseDefinition,
  place: string,
  { path, kinds }: Rate | Quota,
): DefinitionProblem[] {
  return Object.entries(definition.keys)
    .filter(([name]) => kinds === undefined || kinds.includes(name))
    .flatMap(([name, kind]) => listOf(kind.bound).map((pattern) => ({ name, pattern })))
    .filter(({ pattern }) => path !== undefined && !isAtOrBelow(pattern, path))
    .map(({ name, pattern }) => ({
      place: `${place}.of`,
      problem: `kind '${name}' is bound to '${pattern}', which lies not at or below '${path}'`,
      fix: 'name the kinds it holds for with .on(…), or a pattern above all of them',
    }))
}

// A child's limits are a subset of its parent's, or a limited key would mint itself free ones.
function checkChildren<Limit extends Rate | Quota>(
  definition: LooseDefinition,
  place: string,
  { limit, others }: { limit: Limit; others: readonly Limit[] },
): DefinitionProblem[] {
  return Object.entries(definition.keys).flatMap(([child, { mintedBy }]) => {
    const minter = mintedBy?.find((name) => name !== child && holdsFor(limit, name))
    if (minter === undefined || holdsFor(limit, child)) return []
    if (others.some((other) => holdsFor(other, child) && isAsTight(other, limit))) return []
    const problem = `it holds for '${minter}' but not for '${child}', which '${minter}' mints`
    const fix = `add '${child}' to .on(…), or give it a limit of its own that is as tight`
    return [{ place, problem, fix }]
  })
}

function holdsFor({ kinds }: Rate | Quota, kind: string): boolean {
  return kinds === undefined || kinds.includes(kind)
}

function isAsTight(child: Rate | Quota, parent: Rate | Quota): boolean {
  if (child.mode !== undefined && child.mode !== parent.mode) return false
  if (child.type === 'quota') return parent.type === 'quota' && child.units <= parent.units
  return (
    parent.type === 'rate' &&
    child.count / child.periodMs <= parent.count / parent.periodMs &&
    child.burstCount <= parent.burstCount
  )
}
