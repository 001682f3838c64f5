import type { Actor } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { checkOwn, personActing } from '../membership/own.ts'
import { writePerson } from './change.ts'
import { checkPerson } from './add.ts'
import type { Person } from './person.ts'

export interface RenamePersonRequest {
  readonly id: string
  readonly name: string
}

/** Gives a person another name: the person themself does, or a key that acts as them. An address has to be proved first. */
export async function renamePerson(
  deps: KeyDeps,
  actor: Actor,
  { id, name }: RenamePersonRequest,
): Promise<Outcome<{ readonly person: Person }>> {
  const { definition } = deps
  const unfit = checkPerson({ name })
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    const { principal, text } = checked.actor
    const isTheirs = principal === null || personActing(checked.actor) === id
    const before = isTheirs ? await writes.getPerson(id) : undefined
    if (before === undefined) return personNotFound()
    const lacking = checkOwn(definition, actor, checked.actor)
    if (lacking !== undefined) return lacking
    if (before.name === name) return { ok: true, person: before }
    const person = { ...before, name }
    await writePerson(writes, person, { actor: text, now })
    return { ok: true, person }
  })
}
