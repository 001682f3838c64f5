import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'

/** The one answer for a code that is malformed, unknown, used, taken back or over: whoever guesses learns nothing. */
export function noSuchCode(): ChangeRefused {
  const detail =
    'This code is not valid. Check it, or ask for a new one: a code works once and not for long.'
  return refused('pickup_not_found', detail)
}

/** The one answer for a pick-up that is absent and for one of somebody else. */
export function pickupNotFound(): ChangeRefused {
  return refused('pickup_not_found', 'No such pick-up of yours. Check the id.')
}
