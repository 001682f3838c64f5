import { personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { Person } from '../person/person.ts'
import type { Identity } from './identity.ts'

/** The person of an identity; only the product's own code asks. */
export async function findPerson(
  { store }: KeyDeps,
  { issuer, subject }: Identity,
): Promise<Outcome<{ readonly person: Person }>> {
  const identity = await store.reads.findIdentity({ issuer, subject })
  const person = identity && (await store.reads.getPerson(identity.personId))
  return person === undefined ? personNotFound() : { ok: true, person }
}
