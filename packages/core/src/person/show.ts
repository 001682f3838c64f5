import { scopesAt } from '../decide/reach.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { Person } from './person.ts'
import { spaceOf } from './person.ts'

/** One person, as the product or the person themself sees them. */
export async function showPerson(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly person: Person }>> {
  const { reads } = deps.store
  const check = { definition: deps.definition, reads, now: deps.clock.now() }
  const checked = await checkActor(check, actor, undefined)
  if (!checked.ok) return checked
  const { principal } = checked.actor
  const isTheirs = principal === null || scopesAt(principal, spaceOf(id)).length > 0
  const person = isTheirs ? await reads.getPerson(id) : undefined
  return person === undefined ? personNotFound() : { ok: true, person }
}
