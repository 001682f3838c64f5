import type { Actor } from '../key/actor.ts'
import { actorText, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { PersonChanges } from '../ports/people.ts'
import type { Writes } from '../ports/store.ts'
import { checkPerson } from './add.ts'
import type { Person } from './person.ts'
import { spaceOf } from './person.ts'

/** Changes what is named; only the product's own code does. Another address is unproved until it says otherwise. */
export async function changePerson(
  deps: KeyDeps,
  actor: Actor & { readonly type: 'operator' },
  request: PersonChanges & { readonly id: string },
): Promise<Outcome<{ readonly person: Person }>> {
  const { id, name, email, isEmailVerified } = request
  const unfit = checkPerson(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const before = await writes.getPerson(id)
    if (before === undefined) return personNotFound()
    const address = email === undefined ? before.email : email
    const isProved = isEmailVerified ?? (address === before.email && before.isEmailVerified)
    const person: Person = {
      ...before,
      name: name ?? before.name,
      email: address,
      isEmailVerified: isProved && address !== null,
    }
    await writePerson(writes, person, { actor: actorText(actor), now: deps.clock.now() })
    return { ok: true, person }
  })
}

/** Writes a person as they are now, with the event. */
export async function writePerson(
  writes: Writes,
  person: Person,
  by: { readonly actor: string; readonly now: number },
): Promise<void> {
  const space = spaceOf(person.id)
  await writes.changePerson(person)
  await writes.append({
    type: 'person.changed',
    at: by.now,
    actor: by.actor,
    keyId: null,
    resource: space,
    person: space,
    mode: null,
    data: {},
  })
}
