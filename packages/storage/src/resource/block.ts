import type { KeySnapshot } from '@keywright/core'
import { inBatches } from '../query/in-batches.ts'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'

interface Names {
  first: string
  second: string
  third: string
  fourth: string
}

const selectStates = prepare((db, { first, second, third, fourth }: Names) =>
  db
    .selectFrom('resource_states')
    .select(['resource', 'state'])
    .where('resource', 'in', [first, second, third, fourth]),
)

/** The first of these names, nearest first, that is disabled or has ended. */
export async function nearestBlock(
  db: Database,
  names: readonly string[],
): Promise<KeySnapshot['blockedBy']> {
  const states = new Map<string, string>()
  // Few trees are deeper than four, so that one statement asks for all; a short list repeats its first name.
  for (let start = 0; start < names.length; start += 4) {
    const [first = '', second = first, third = first, fourth = first] = names.slice(
      start,
      start + 4,
    )
    for (const row of await selectStates(db, { first, second, third, fourth })) {
      states.set(row.resource, row.state)
    }
  }
  return nearestOf(states, names)
}

/** The same for many lists whose names are all among these. */
export async function blocksOf(
  db: Database,
  all: readonly string[],
): Promise<(names: readonly string[]) => KeySnapshot['blockedBy']> {
  const rows = await inBatches(all, (names) =>
    db
      .selectFrom('resource_states')
      .select(['resource', 'state'])
      .where('resource', 'in', names)
      .execute(),
  )
  const states = new Map(rows.map(({ resource, state }) => [resource, state]))
  return (names) => nearestOf(states, names)
}

function nearestOf(
  states: ReadonlyMap<string, string>,
  names: readonly string[],
): KeySnapshot['blockedBy'] {
  const resource = names.find((name) => states.has(name))
  if (resource === undefined) return null
  return { resource, state: toState(states.get(resource)) }
}

/** Fails on a state it does not know: an unknown word must not read as standing. */
export function toState(state: string | undefined): 'disabled' | 'ended' {
  if (state === 'disabled' || state === 'ended') return state
  throw new TypeError('The database has a resource in an unknown state.')
}
