// Who changes something. An operator is the product's own code (embedded calls, the first start) and may do
// everything; a key may do what its scopes, resource and mode reach, checked on the primary row in the change's own
// transaction, so that a key revoked a moment ago can no longer leave itself a successor. What it was verified by may
// end before the key does, as a replaced secret in its overlap: it then gives nothing that lasts longer than itself.

import type { Definition } from '../definition/definition.ts'
import { decide, principalOf } from '../decide/decide.ts'
import type { Principal } from '../decide/decision.ts'
import { factsOf } from '../decide/facts.ts'
import type { Reads } from '../ports/store.ts'
import { covers } from '../resource/covers.ts'
import type { BuiltinScope } from '../scope/builtin.ts'
import type { Key } from './key.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

export type Actor = { readonly type: 'operator'; readonly name: string } | KeyActor

interface KeyActor {
  readonly type: 'key'
  readonly keyId: string
  /** When what it was verified by ends, epoch milliseconds; null or left out for with the key itself. */
  readonly endsAt?: number | null
  /** The event number it was verified at; left out, nothing that happened since is looked for. */
  readonly seq?: number
}

/** An actor whose standing was checked just now, in the same transaction. `principal` is null for an operator. */
export interface ActorNow {
  readonly text: string
  readonly principal: Principal | null
  /** How many keys are above its own. */
  readonly depth: number
}

/** How an actor is written in rows and events. */
export function actorText(actor: Actor): string {
  return actor.type === 'key' ? actor.keyId : `operator:${actor.name}`
}

/** What checking an actor needs. */
export interface ActorCheck {
  readonly definition: Definition
  readonly reads: Reads
  readonly now: number
}

/**
 * Reads the actor's key again and checks that it stands.
 * @param needs the scope this verb takes; undefined where holding the key is enough
 */
export async function checkActor(
  check: ActorCheck,
  actor: Actor,
  needs: BuiltinScope | undefined,
): Promise<{ ok: true; actor: ActorNow } | ChangeRefused> {
  if (actor.type === 'operator') {
    return { ok: true, actor: { text: actorText(actor), principal: null, depth: -1 } }
  }
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
  const depth = facts.shared.line.length
  return { ok: true, actor: { text: actorText(actor), principal, depth } }
}

// Between the verification of a request and its change its body may have been held back while the owner rotated: what
// was verified then is no longer what the owner gave out.
async function isRotatedSince(reads: Reads, { keyId, seq }: KeyActor): Promise<boolean> {
  if (seq === undefined) return false
  const query = { resource: null, keyId, type: 'key.rotated', after: seq, limit: 1 } as const
  return (await reads.listEvents(query)).length > 0
}

function endingAt(principal: Principal, endsAt: number | null): Principal {
  if (endsAt === null || (principal.expiresAt !== null && principal.expiresAt <= endsAt)) {
    return principal
  }
  return { ...principal, expiresAt: endsAt }
}

/** Whether the actor may see a key: its own, and those of its mode that its resource covers. */
export function canSee(actor: ActorNow, key: Key): boolean {
  const { principal } = actor
  if (principal === null || principal.keyId === key.id) return true
  return (
    principal.scopes.includes('keys:read') &&
    principal.mode === key.mode &&
    covers(principal.resource, key.resource)
  )
}

/** Whether the actor may change a key it can see: its own, and those of the kinds that its kind mints. */
export function canManage(definition: Definition, actor: ActorNow, key: Key): boolean {
  const { principal } = actor
  if (principal === null || principal.keyId === key.id) return true
  const kind = definition.kinds.get(key.kind)
  return (
    kind !== undefined &&
    kind.mintedBy.includes(principal.kind) &&
    principal.mode === key.mode &&
    covers(principal.resource, key.resource)
  )
}
