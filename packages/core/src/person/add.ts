// People are added by the product, when somebody has signed up; Keywright gives them an id and nothing else.

import type { Actor } from '../key/actor.ts'
import { actorText } from '../key/actor.ts'
import { checkText } from '../key/check-request.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Writes } from '../ports/store.ts'
import { isEmail } from './email.ts'
import type { Person } from './person.ts'
import { spaceOf } from './person.ts'

export interface AddPersonRequest {
  readonly name: string
  readonly email?: string | null | undefined
  /** Whether it was proved that the address is theirs; default: no. */
  readonly isEmailVerified?: boolean | undefined
}

/** Adds a person; only the product's own code does. */
export async function addPerson(
  deps: KeyDeps,
  actor: Actor & { readonly type: 'operator' },
  request: AddPersonRequest,
): Promise<Outcome<{ readonly person: Person }>> {
  const unfit = checkPerson(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const person = await writePerson(deps, writes, { by: actorText(actor), request })
    return { ok: true, person }
  })
}

/** Writes a new person with the event, whoever adds them. */
export async function writePerson(
  { clock, random }: KeyDeps,
  writes: Writes,
  added: { readonly by: string; readonly request: AddPersonRequest },
): Promise<Person> {
  const { name, email = null, isEmailVerified = false } = added.request
  const now = clock.now()
  const person = {
    id: newId('usr', now, random),
    name,
    email,
    isEmailVerified: isEmailVerified && email !== null,
    createdAt: now,
  }
  await writes.insertPerson(person)
  await writes.append({
    type: 'person.added',
    at: now,
    actor: added.by,
    keyId: null,
    resource: spaceOf(person.id),
    person: spaceOf(person.id),
    mode: null,
    data: {},
  })
  return person
}

/** The refusal of a name or address that is none. */
export function checkPerson({ name, email }: Partial<AddPersonRequest>): ChangeRefused | undefined {
  const text = checkText({ name })
  if (!text.ok) return text
  if (typeof email !== 'string' || isEmail(email)) return undefined
  return refused('invalid_email', 'That is no e-mail address.')
}
