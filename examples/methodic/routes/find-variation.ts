import type { Principal } from 'keywright'
import type { Refusal } from 'keywright/fastify'
import type { Api } from '../api.ts'
import type { Scope } from '../caller.ts'
import { NOT_FOUND, refusalAt } from '../caller.ts'
import type { Variation } from '../data/variations.ts'
import type { OfExperiment } from './experiments.ts'
import { numberOf } from './page.ts'
import { nameOf } from './placed.ts'

/** A request for something of one variation. */
export interface OfVariation {
  Params: OfExperiment['Params'] & { variation: string }
}

/** The variation that a request names, with its whole resource name, if the caller may do this to it, or why not. */
export function findVariation(
  { authority, data }: Api,
  principal: Principal,
  { params, scope }: { readonly params: OfVariation['Params']; readonly scope: Scope },
): { readonly variation: Variation; readonly resource: string } | Refusal {
  const experiment = data.experiments.find(params.experiment)
  const number = numberOf(params.variation)
  if (experiment === undefined || number === undefined) return NOT_FOUND
  const variation = data.variations.find(experiment.id, number)
  if (variation === undefined) return NOT_FOUND
  const resource = `${nameOf('experiments', experiment)}/variations/${number}`
  return refusalAt(authority, principal, { scope, resource }) ?? { variation, resource }
}
