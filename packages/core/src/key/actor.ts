// Who changes something. An operator is the product's own code (embedded calls, the first start) and may do
// everything; a key may do what its scopes, resource and mode reach, and a person who is signed in or has a token what
// their roles give, checked on the primary rows in the change's own transaction, so that a key revoked a moment ago can
// no longer leave itself a successor. What a key was verified by may end before the key does, as a replaced secret in
// its overlap: it then gives nothing that lasts longer than itself.

import type { Definition, Kind } from '../definition/definition.ts'
import { isPersonal } from '../definition/definition.ts'
import { decide, principalOf } from '../decide/decide.ts'
import type { KeyPrincipal, Principal } from '../decide/decision.ts'
import { factsOf } from '../decide/facts.ts'
import type { Shown } from '../decide/person-facts.ts'
import type { Reach } from '../decide/reach.ts'
import { reachOf, scopesAt, scopesOfReach } from '../decide/reach.ts'
import { isSpace, PEOPLE, personIdOf, spaceOf } from '../person/person.ts'
import { isTooOld } from '../issuer/too-old.ts'
import type { Reads } from '../ports/store.ts'
import type { BuiltinScope } from '../scope/builtin.ts'
import type { Key } from './key.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

export type Actor = { readonly type: 'operator'; readonly name: string } | PersonActor | KeyActor

interface PersonActor {
  readonly type: 'person'
  readonly personId: string
  /** By what they have shown who they are; left out, whoever calls has made sure and answers for it. */
  readonly shown?: Shown
}

interface KeyActor {
  readonly type: 'key'
  readonly keyId: string
  /** When what it was verified by ends, epoch milliseconds; null or left out for with the key itself. */
  readonly endsAt?: number | null
  /** The event number it was verified at; left out, nothing that happened since is looked for. */
  readonly seq?: number
}

/** What verbs look at of a principal, or of a person who acts without a key. */
export interface Acting {
  /** Null for a person who acts without a key: what they mint is no key's child. */
  readonly keyId: string | null
  /** The kind of the key; `users` for a person, as in `mintedBy`. */
  readonly kind: string
  readonly resource: string
  /** `undefined` for a person: any mode. */
  readonly mode: string | null | undefined
  readonly scopes: readonly string[]
  readonly expiresAt: number | null
  readonly reach?: Reach | undefined
}

/** An actor whose standing was checked just now, in the same transaction. `principal` is null for an operator. */
export interface ActorNow {
  readonly text: string
  readonly principal: Acting | null
  /** Its own key and those above it, nearest first; empty for who acts without one. */
  readonly line: readonly string[]
}

/** How an actor is written in rows and events. */
export function actorText(actor: Actor): string {
  if (actor.type === 'operator') return `operator:${actor.name}`
  return actor.type === 'key' ? actor.keyId : spaceOf(actor.personId)
}

/** Who acts as a principal. */
export function actorAs(principal: Principal): Actor {
  const { expiresAt, seq } = principal
  if (principal.type === 'key') {
    return { type: 'key', keyId: principal.keyId, endsAt: expiresAt, seq }
  }
  return { type: 'person', personId: personIdOf(principal.holder), shown: principal }
}

/** The actor that such a text names. */
export function actorOf(text: string): Actor {
  if (isSpace(text)) return { type: 'person', personId: personIdOf(text) }
  const operator = /^operator:(.*)$/s.exec(text)?.[1]
  return operator === undefined
    ? { type: 'key', keyId: text }
    : { type: 'operator', name: operator }
}

/** What checking an actor needs. */
export interface ActorCheck {
  readonly definition: Definition
  readonly reads: Reads
  readonly now: number
}

/**
 * Reads the actor's key or roles again and checks that they stand.
 * @param needs the scope this verb takes, somewhere: where it is needed is for the verb to check; undefined where
 *   holding the key is enough
 */
export async function checkActor(
  check: ActorCheck,
  actor: Actor,
  needs: BuiltinScope | undefined,
): Promise<{ ok: true; actor: ActorNow } | ChangeRefused> {
  if (actor.type === 'operator') {
    return { ok: true, actor: { text: actorText(actor), principal: null, line: [] } }
  }
  if (actor.type === 'person') return checkPerson(check, actor, needs)
  const { seq, snapshot } = await check.reads.findById(actor.keyId)
  const facts = snapshot && factsOf(check.definition, { snapshot, seq }, (_, make) => make())
  if (facts === undefined) return refused('invalid_key', 'The calling key does not exist.')
  const refusal = decide(facts, needs === undefined ? {} : { scope: needs }, check.now)
  if (refusal !== undefined) {
    const { code, detail, scope } = refusal
    const change = refused(code as ChangeRefused['code'], detail)
    return scope === undefined ? change : { ...change, scope }
  }
  const endsAt = actor.endsAt ?? null
  if ((endsAt !== null && check.now >= endsAt) || (await isRotatedSince(check.reads, actor))) {
    return refused('key_rotated', 'This secret was replaced by a rotation. Send the request anew.')
  }
  const principal = endingAt(principalOf(facts), endsAt)
  const line = [facts.id, ...facts.shared.line]
  return { ok: true, actor: { text: actorText(actor), principal, line } }
}

// Between the verification of a request and its change its body may have been held back while the owner rotated: what
// was verified then is no longer what the owner gave out.
async function isRotatedSince(reads: Reads, { keyId, seq }: KeyActor): Promise<boolean> {
  if (seq === undefined) return false
  const query = { resource: null, keyId, type: 'key.rotated', after: seq, limit: 1 } as const
  return (await reads.listEvents(query)).length > 0
}

function endingAt(principal: KeyPrincipal, endsAt: number | null): KeyPrincipal {
  if (endsAt === null || (principal.expiresAt !== null && principal.expiresAt <= endsAt)) {
    return principal
  }
  return { ...principal, expiresAt: endsAt }
}

async function checkPerson(
  { definition, reads, now }: ActorCheck,
  { personId, shown }: PersonActor,
  needs: BuiltinScope | undefined,
): Promise<{ ok: true; actor: ActorNow } | ChangeRefused> {
  const over = shown && (await checkShown(reads, shown, now))
  if (over !== undefined) return over
  const person = await reads.getPerson(personId)
  if (person === undefined) return personNotFound()
  const resource = spaceOf(personId)
  const { reach: snapshot, blockedBy } = await reads.findReach(personId)
  if (blockedBy !== null) {
    const code = blockedBy === 'ended' ? 'resource_ended' : 'resource_disabled'
    return refused(code, `${resource} is ${blockedBy === 'ended' ? 'gone for good' : 'disabled'}.`)
  }
  const reach = reachOf(definition, snapshot, resource)
  const scopes = [...scopesOfReach(reach)]
  if (needs !== undefined && !scopes.includes(needs)) {
    const detail = `No role of this person gives the scope ${needs}.`
    return { ...refused('insufficient_scope', detail), scope: needs }
  }
  const principal = { keyId: null, kind: PEOPLE, resource, mode: undefined, expiresAt: null }
  return {
    ok: true,
    actor: { text: resource, line: [], principal: { ...principal, scopes, reach } },
  }
}

// What was shown when the request came may have ended while its body was held back.
async function checkShown(
  reads: Reads,
  shown: Shown,
  now: number,
): Promise<ChangeRefused | undefined> {
  if (shown.type === 'session') {
    if (now < shown.expiresAt) return undefined
    return refused('session_ended', 'The session has ended. Sign in again.')
  }
  if (now >= shown.expiresAt) {
    const detail = 'This token has expired. Get a new one from your identity provider.'
    return refused('token_expired', detail)
  }
  if (!isTooOld(shown, await reads.notBefore(shown))) return undefined
  return refused('token_revoked', 'Tokens as old as this one are not accepted any more.')
}

/** The one answer for a person who is absent and for one who concerns the actor in nothing. */
export function personNotFound(): ChangeRefused {
  return refused('person_not_found', 'No such person. Check the id.')
}

/** Whether the actor may see a key: its own, and those of its mode that its resource covers or its person holds. */
export function canSee(actor: ActorNow, key: Key): boolean {
  const { principal } = actor
  if (principal === null || principal.keyId === key.id) return true
  return (
    isOfMode(principal, key) &&
    [key.resource, key.holder].some((place) => scopesAt(principal, place).includes('keys:read'))
  )
}

/** Whether a key lies above the actor's own. A secret of it would outlive the actor, and its metadata speak of the actor. */
export function isAbove({ principal, line }: ActorNow, key: Key): boolean {
  return principal?.keyId !== key.id && line.includes(key.id)
}

/** Whether the actor may change a key it can see: its own, and those of the kinds that its kind mints, if not above it. */
export function canManage(definition: Definition, actor: ActorNow, key: Key): boolean {
  const { principal } = actor
  if (principal === null || principal.keyId === key.id) return true
  if (isAbove(actor, key)) return false
  const kind = definition.kinds.get(key.kind)
  if (kind === undefined || !isMinter(kind, principal)) return false
  // A person's key belongs to the person, wherever it is bound.
  const place = isPersonal(kind) ? key.holder : key.resource
  return isOfMode(principal, key) && scopesAt(principal, place).includes('keys:write')
}

/** Whether the key is one of the actor's own person: with `keys:write` a person ends each of their keys by any other. */
export function isOfSamePerson({ principal }: ActorNow, key: Key): boolean {
  if (principal?.reach === undefined || key.holder !== principal.reach.holder) return false
  return scopesAt(principal, key.holder).includes('keys:write')
}

/** Whether an actor may mint keys of a kind at all; a person always mints their own. */
export function isMinter(kind: Kind, { kind: minter }: Acting): boolean {
  return kind.mintedBy.includes(minter) || (minter === PEOPLE && isPersonal(kind))
}

/**
 * The actor with the scopes it may give to a key of a kind there. A person's key is cut to the person's roles wherever
 * it is used, so it may be given what they have anywhere; any other key only what they have where it is bound.
 */
export function givingAt(principal: Acting, kind: Kind, resource: string): Acting {
  if (isPersonal(kind) || principal.reach === undefined) return principal
  return { ...principal, scopes: scopesAt(principal, resource) }
}

function isOfMode({ mode }: Acting, key: Key): boolean {
  return mode === undefined || mode === key.mode
}
