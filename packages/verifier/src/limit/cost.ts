import { COST_MAX } from '@keywright/contract'

/** Whether a number can be a cost: whole, from 0 to the most. A negative cost would give units back. */
export function isCost(cost: number): boolean {
  return Number.isSafeInteger(cost) && cost >= 0 && cost <= COST_MAX
}
