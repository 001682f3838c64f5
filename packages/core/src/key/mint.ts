// Mint: everything a new key may be is proved in the transaction that writes it. A key minted by a key is its child
// and never wider than it: scopes, resource, mode and lifetime are a subset, and so are limits by definition.

import { standingOf } from '../decide/standing.ts'
import type { Definition, Kind } from '../definition/definition.ts'
import { headOf } from '../definition/definition.ts'
import { hashRequest, recallKey, rememberRequest } from '../idempotency/recall.ts'
import { isSpace, personIdOf } from '../person/person.ts'
import type { NewKey, Writes } from '../ports/store.ts'
import { withAncestors } from '../resource/covers.ts'
import { issueSecret } from '../secret/issue.ts'
import { printable } from '../secret/printable.ts'
import type { Actor, ActorNow } from './actor.ts'
import { checkActor, givingAt, personNotFound } from './actor.ts'
import { checkExpiry } from './check-expiry.ts'
import { checkBinding, checkScopes, checkText } from './check-request.ts'
import type { KeyDeps } from './deps.ts'
import { newKeyId } from './id.ts'
import type { Key, KeySnapshot, Metadata } from './key.ts'
import { personOf } from './key.ts'
import type { ChangeRefused, Outcome } from './outcome.ts'
import { refused } from './outcome.ts'

/** Keys above a key at most: each verification after a change reads them all. */
const LINE_LENGTH_MAX = 32

export interface MintRequest {
  readonly kind: string
  readonly resource: string
  /** For a key of a person that is bound elsewhere than to their own space: the person, `users/usr_…`. */
  readonly holder?: string | undefined
  readonly name?: string | undefined
  /** Grants; default: what the kind says, as far as the minter has it. */
  readonly scopes?: readonly string[] | undefined
  /** Default: the minter's mode, or the definition's first. */
  readonly mode?: string | undefined
  /** Life in seconds; default: the kind's. */
  readonly expiresInSeconds?: number | undefined
  readonly metadata?: Metadata | undefined
  /** The same request with the same key makes one key, for 24 hours. */
  readonly idempotencyKey?: string | undefined
}

/** `secret` is the plaintext, shown here only; null when the answer repeats an earlier one. */
export interface Minted {
  readonly key: Key
  readonly secret: string | null
  /** True when an earlier request with the same `Idempotency-Key` made this key. */
  readonly isReplay: boolean
}

export async function mintKey(
  deps: KeyDeps,
  actor: Actor,
  request: MintRequest,
): Promise<Outcome<Minted>> {
  const known = kindOfRequest(deps.definition, request)
  if (!known.ok) return known
  const { kind } = known
  const requestDigest = hashRequest('mint', request)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor(
      { definition: deps.definition, reads: writes, now },
      actor,
      'keys:write',
    )
    if (!checked.ok) return checked
    const asked = {
      actor: checked.actor.text,
      idempotencyKey: request.idempotencyKey,
      requestDigest,
    }
    const earlier = await recallKey(writes, { ...asked, now })
    if (earlier !== undefined) {
      if (!earlier.ok) return earlier
      // Who may not make keys there any more does not learn how this one stands.
      const parent = checked.actor.principal
      const binding = checkBinding(deps.definition, kind, { request, parent })
      return binding.ok ? { ok: true, ...earlier.minted } : binding
    }
    const minted = await mintWithin(deps, writes, { kind, request, actor: checked.actor, now })
    if (!minted.ok) return minted
    await rememberRequest(writes, { ...asked, madeId: minted.key.id, now })
    return { ...minted, isReplay: false }
  })
}

/** The kind that is asked for. */
export function kindOfRequest(
  { kinds }: Definition,
  request: { readonly kind: string },
): { readonly ok: true; readonly kind: Kind } | ChangeRefused {
  const kind = kinds.get(request.kind)
  if (kind !== undefined) return { ok: true, kind }
  const known = [...kinds.keys()].join(', ')
  return refused(
    'unknown_kind',
    `No kind of key is called '${printable(request.kind)}'. Use one of ${known}.`,
  )
}

/** Proves and writes a new key in the caller's transaction, which has checked the actor. A refusal has written nothing. */
export async function mintWithin(
  deps: KeyDeps,
  writes: Writes,
  plan: MintPlan,
): Promise<Outcome<{ readonly key: Key; readonly secret: string }>> {
  const proven = await proveKey(deps, writes, plan)
  if (!proven.ok) return proven
  const { added, plaintext } = issueKey(deps, plan, proven)
  await writeKey(writes, added)
  const key = { ...added.key, revokedAt: null, revokedBy: null, rotatedAt: null, lastUsedAt: null }
  return { ok: true, key, secret: plaintext }
}

/** What a new key will be, proved and not yet made. */
export interface ProvenKey {
  readonly holder: string
  readonly resource: string
  readonly mode: string | null
  readonly scopes: readonly string[]
  readonly expiresAt: number | null
  /** Set for `single` kinds. */
  readonly slot: string | null
}

/** Proves in the caller's transaction, which has checked the actor, that a key could be made now. Makes none. */
export async function proveKey(
  deps: KeyDeps,
  writes: Writes,
  plan: MintPlan,
): Promise<({ readonly ok: true } & ProvenKey) | ChangeRefused> {
  if (plan.actor.line.length > LINE_LENGTH_MAX) return branchTooLong()
  const planned = planKey(deps.definition, plan)
  if (!planned.ok) return planned
  return (await findUnfit(writes, planned, plan.now)) ?? planned
}

function branchTooLong(): ChangeRefused {
  const detail = `A key has at most ${LINE_LENGTH_MAX} keys above it. Mint with one higher up.`
  return refused('exceeds_parent', detail)
}

/** What is to be minted, and by whom. */
export interface MintPlan {
  readonly kind: Kind
  readonly request: MintRequest
  readonly actor: ActorNow
  readonly now: number
}

function planKey(
  definition: Definition,
  { kind, request, actor, now }: MintPlan,
): ({ readonly ok: true } & ProvenKey) | ChangeRefused {
  const parent = actor.principal
  const binding = checkBinding(definition, kind, { request, parent })
  if (!binding.ok) return binding
  const giver = parent && givingAt(parent, kind, binding.resource)
  const scopes = checkScopes(definition, kind, { wanted: request.scopes, parent: giver })
  if (!scopes.ok) return scopes
  const expiry = checkExpiry(kind, { wantedSeconds: request.expiresInSeconds, parent, now })
  if (!expiry.ok) return expiry
  const text = checkText(request)
  if (!text.ok) return text
  const { holder, resource, mode } = binding
  const slot = kind.single ? JSON.stringify([kind.name, mode, holder]) : null
  const { expiresAt } = expiry
  return { ok: true, holder, resource, mode, scopes: scopes.scopes, expiresAt, slot }
}

function issueKey(
  deps: KeyDeps,
  { kind, request, actor, now }: MintPlan,
  { holder, resource, mode, scopes, expiresAt, slot }: ProvenKey,
): { readonly added: NewKey; readonly plaintext: string } {
  const { plaintext, digest, start } = issueSecret(headOf(kind, mode), deps.random, deps.pepper)
  const key = {
    id: newKeyId(now, deps.random),
    kind: kind.name,
    holder,
    resource,
    mode,
    scopes,
    name: request.name ?? null,
    metadata: request.metadata ?? null,
    start,
    parentId: actor.principal?.keyId ?? null,
    createdAt: now,
    createdBy: actor.text,
    expiresAt,
  }
  return { added: { key, digest, slot }, plaintext }
}

// What only the database knows: whether its person is there, and whether its place is free.
async function findUnfit(
  writes: Writes,
  proven: ProvenKey,
  now: number,
): Promise<ChangeRefused | undefined> {
  const { holder } = proven
  if (isSpace(holder) && (await writes.getPerson(personIdOf(holder))) === undefined) {
    return personNotFound()
  }
  return (await findEnded(writes, proven)) ?? findTaken(writes, proven, now)
}

// A key of an ended resource could never stand, and its minter would not know why. A disabled one may come back.
async function findEnded(writes: Writes, proven: ProvenKey): Promise<ChangeRefused | undefined> {
  for (const resource of withAncestors(proven.resource)) {
    if ((await writes.resourceState(resource))?.state === 'ended') {
      return refused('already_ended', `${resource} has ended, for good.`)
    }
  }
  return undefined
}

// A `single` kind has one live key per resource and mode. One that can never stand again, because it or a key above
// it expired or was revoked, gives its place up here; a live one is replaced by rotating it.
async function findTaken(
  writes: Writes,
  { slot }: ProvenKey,
  now: number,
): Promise<ChangeRefused | undefined> {
  if (slot === null) return undefined
  const holder = await writes.findBySlot(slot)
  if (holder === undefined) return undefined
  const { snapshot } = await writes.findById(holder.id)
  if (snapshot !== undefined && isOver(snapshot, now)) {
    await writes.clearSlot(slot)
    return undefined
  }
  const detail = `${holder.resource} already has its ${holder.kind} key, ${holder.id}. Rotate that one for a new secret.`
  return refused('key_exists', detail)
}

// A disabled resource can be enabled again, and an ended one ends whatever is minted there.
function isOver(snapshot: KeySnapshot, now: number): boolean {
  const { refusal, endsAtSeconds } = standingOf(snapshot)
  const isExpired = endsAtSeconds !== 0 && endsAtSeconds * 1000 <= now
  return isExpired || refusal?.code === 'key_revoked'
}

async function writeKey(writes: Writes, added: NewKey): Promise<void> {
  const { id, kind, resource, mode, scopes, parentId, expiresAt, createdAt, createdBy } = added.key
  await writes.insertKey(added)
  await writes.append({
    type: 'key.minted',
    at: createdAt,
    actor: createdBy,
    keyId: id,
    resource,
    mode,
    ...personOf(added.key),
    data: { kind, scopes, parent_id: parentId, expires_at: expiresAt },
  })
}
