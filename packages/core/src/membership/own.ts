// Who decides about a person's own affairs: which invitation they accept, which resource they leave, what they are called.
// Whoever is signed in does. A key does when it acts as its person everywhere and was given `members:write`: joining
// widens what all of the person's keys reach, so a key that was made to do less must not bring it about. A key that is
// narrowed to a resource, and one that such a key minted, does not speak for the person.

import type { Definition } from '../definition/definition.ts'
import type { Actor, ActorNow } from '../key/actor.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { personIdOf } from '../person/person.ts'
import { checkGiving } from './rights.ts'

/** The id of the person whom an actor acts as, or for whom a key of theirs acts; undefined for all others. */
export function personActing({ principal }: ActorNow): string | undefined {
  const holder = principal?.reach?.holder
  return holder === undefined ? undefined : personIdOf(holder)
}

/** The refusal of an actor who does not decide about their own person. An operator decides about everybody. */
export function checkOwn(
  definition: Definition,
  actor: Actor,
  now: ActorNow,
): ChangeRefused | undefined {
  if (actor.type === 'person' || now.principal === null) return undefined
  const space = now.principal.reach?.holder
  if (space !== undefined) return checkGiving(definition, now, { resource: space, roles: [] })
  return refused('outside_resource', 'A person decides this, or a personal key of theirs.')
}
