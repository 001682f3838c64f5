import type { Quota, Rate } from '../limit/limit.ts'
import type { DefinitionProblem } from './error.ts'
import type { LooseDefinition } from './loose.ts'
import { listOf } from './loose.ts'

/** What is wrong with the limits: amounts, and names that nothing declares. */
export function checkLimits(definition: LooseDefinition): DefinitionProblem[] {
  const rates = listOf(definition.limits?.rate)
  const quotas = listOf(definition.limits?.quota)
  return [
    ...rates.flatMap((rate, index) => [
      ...checkAmount(`limits.rate[${index}]`, rate?.count),
      ...checkAmount(`limits.rate[${index}].burst`, rate?.burstCount),
      ...checkNames(definition, `limits.rate[${index}]`, rate),
    ]),
    ...quotas.flatMap((quota, index) => [
      ...checkAmount(`limits.quota[${index}]`, quota?.units),
      ...checkNames(definition, `limits.quota[${index}]`, quota),
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
    .filter(([, kind]) => kind.bound !== path && !kind.bound.startsWith(`${path}/`))
    .map(([name, kind]) => ({
      place: `${place}.of`,
      problem: `kind '${name}' is bound to '${kind.bound}', which lies not at or below '${path}'`,
      fix: 'name the kinds it holds for with .on(…), or a pattern above all of them',
    }))
}
