// People name a key by what it is called or by the beginning of its id. Both only find: an answer is exactly one live
// key of one holder, or a refusal, and the beginning of a secret finds nothing.

import { isForGood, nameStanding } from '../decide/name-standing.ts'
import { printable } from '../secret/printable.ts'
import type { KeyQuery } from '../ports/store.ts'
import type { Actor } from './actor.ts'
import { canSee, checkActor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import { keyNotFound } from './find-managed.ts'
import { isKeyId } from './id.ts'
import type { Key } from './key.ts'
import type { Outcome } from './outcome.ts'
import { refused } from './outcome.ts'

/** Characters of an id after `key_` that a prefix needs at least. */
const ID_PREFIX_LENGTH_MIN = 8

/** Keys that are looked at together. */
const BATCH = 10

export interface ResolveRequest {
  /** A key's exact name, or the beginning of its id. */
  readonly text: string
  /** Whose keys; default: those of the actor's person or resource. An operator must say. */
  readonly holder?: string | undefined
}

/** Finds one live key of a holder: by exact name, else by a beginning of its id that fits no other. */
export async function resolveKey(
  deps: KeyDeps,
  actor: Actor,
  request: ResolveRequest,
): Promise<Outcome<{ readonly key: Key }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const now = clock.now()
  const checked = await checkActor({ definition, reads, now }, actor, 'keys:read')
  if (!checked.ok) return checked
  const { principal } = checked.actor
  const holder = request.holder ?? principal?.reach?.holder ?? principal?.resource
  if (holder === undefined) return refused('invalid_resource', 'Say whose key: give a holder.')
  const mode = principal?.mode
  const ofMode = mode === undefined ? {} : { mode }
  const query = { resource: null, holder, ...ofMode, now, limit: BATCH } as const
  const { text } = request
  const named = await twoLive(deps, { ...query, name: text })
  // Somebody may have called a key by the whole id of another: then the two readings are in doubt.
  const isById = isKeyId(text) || (named.length === 0 && isIdPrefix(text))
  const begun = isById ? await twoLive(deps, { ...query, idPrefix: text }) : []
  const found = new Map([...named, ...begun].map((each) => [each.id, each]))
  const [key, other] = [...found.values()].filter((each) => canSee(checked.actor, each))
  if (key === undefined) return keyNotFound()
  if (other === undefined) return { ok: true, key }
  const detail = `More than one live key is called or begins with '${printable(text)}', as ${key.id} and ${other.id}. Give a whole id.`
  return refused('ambiguous_key', detail)
}

// One more than the answer has is enough to know that it is in doubt.
async function twoLive({ definition, store }: KeyDeps, query: KeyQuery): Promise<readonly Key[]> {
  const live: Key[] = []
  let batch: readonly Key[]
  let before: string | undefined
  do {
    const after = before === undefined ? {} : { before }
    batch = await store.reads.listKeys({ ...query, ...after, standing: 'live' })
    for (const key of batch) {
      const { snapshot: ground } = await store.reads.findById(key.id)
      if (ground === undefined) continue
      const { standing } = nameStanding(definition, { key, ground }, query.now)
      // What does not count just now is found as well: its holder may want it ended before it counts again.
      if (!isForGood(standing)) live.push(key)
    }
    before = batch.at(-1)?.id
  } while (live.length < 2 && batch.length === query.limit)
  return live
}

function isIdPrefix(text: string): boolean {
  const beginning = /^key_([0-9A-Za-z]{1,20})$/.exec(text)?.[1]
  return beginning !== undefined && beginning.length >= ID_PREFIX_LENGTH_MIN
}
