// The first time that somebody is seen they become a person; each later time they are found. Nothing else joins two
// identities: whoever could choose an address at one issuer would become whoever has it at another.

import type { Actor } from '../key/actor.ts'
import { actorText } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { AddPersonRequest } from '../person/add.ts'
import { checkPerson, writePerson } from '../person/add.ts'
import type { Person } from '../person/person.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import type { Identity } from './identity.ts'

const ISSUER_LENGTH_MAX = 512
/** OpenID Connect Core 1.0 section 2: a subject has 255 characters at most. */
const SUBJECT_LENGTH_MAX = 255

/** Whose identity it is, and what a person is made of when it is nobody's yet. */
export interface JoinRequest extends Identity, AddPersonRequest {}

/** Finds the person of an identity, or makes both. Any number of calls at once make one person. */
export async function joinPerson(
  deps: KeyDeps,
  actor: Actor & { readonly type: 'operator' },
  request: JoinRequest,
): Promise<Outcome<{ readonly person: Person; readonly isNew: boolean }>> {
  const unfit = checkIdentity(request) ?? checkPerson(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const known = await writes.findIdentity(request)
    const found = known && (await writes.getPerson(known.personId))
    if (found !== undefined) return { ok: true, person: found, isNew: false }
    const person = await writeJoined(deps, writes, { by: actorText(actor), request })
    return { ok: true, person, isNew: true }
  })
}

/** Writes a new person with their identity and the events of both, whoever joins them. */
export async function writeJoined(
  deps: KeyDeps,
  writes: Writes,
  joined: { readonly by: string; readonly request: JoinRequest },
): Promise<Person> {
  const { by, request } = joined
  const { issuer, subject } = request
  const person = await writePerson(deps, writes, { by, request })
  const now = person.createdAt
  const identity = { issuer, subject, personId: person.id, createdAt: now, claimedAt: null }
  await writes.insertIdentity(identity)
  await writes.append({
    type: 'identity.joined',
    at: now,
    actor: by,
    keyId: null,
    resource: spaceOf(person.id),
    person: spaceOf(person.id),
    mode: null,
    data: { issuer, subject },
  })
  return person
}

/** The refusal of texts that name nobody. */
export function checkIdentity({ issuer, subject }: Identity): ChangeRefused | undefined {
  if (isName(issuer, ISSUER_LENGTH_MAX) && isName(subject, SUBJECT_LENGTH_MAX)) return undefined
  const detail = `An identity is an issuer of 1 to ${ISSUER_LENGTH_MAX} characters and a subject of 1 to ${SUBJECT_LENGTH_MAX}, without control characters.`
  return refused('invalid_identity', detail)
}

function isName(text: string, lengthMax: number): boolean {
  // Half of a character is written as another one: two different names would become one.
  const isText = text.isWellFormed() && !/\p{Cc}/u.test(text)
  return isText && text.length >= 1 && text.length <= lengthMax
}
