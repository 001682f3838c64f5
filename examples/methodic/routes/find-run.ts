import type { Principal } from 'keywright'
import type { Refusal } from 'keywright/fastify'
import type { Api } from '../api.ts'
import type { Scope } from '../caller.ts'
import { NOT_FOUND, refusalAt } from '../caller.ts'
import type { Run } from '../data/runs.ts'
import type { OfVariation } from './find-variation.ts'
import { numberOf } from './page.ts'

/** A request for one run. */
export interface OfRun {
  Params: OfVariation['Params'] & { run: string }
}

/** The run that a request names, if the caller may do this to it, or why not. */
export function findRun(
  { authority, data }: Api,
  principal: Principal,
  { params, scope }: { readonly params: OfRun['Params']; readonly scope: Scope },
): Run | Refusal {
  const variation = numberOf(params.variation)
  const number = numberOf(params.run)
  if (variation === undefined || number === undefined) return NOT_FOUND
  const run = data.runs.find({ experimentId: params.experiment, variation, number })
  if (run === undefined) return NOT_FOUND
  return refusalAt(authority, principal, { scope, resource: run.resource }) ?? run
}
