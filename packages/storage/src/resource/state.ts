import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'
import { toState } from './block.ts'

type State = 'disabled' | 'ended'

const selectState = prepare((db, { resource }: { resource: string }) =>
  db.selectFrom('resource_states').select(['state', 'changed_by']).where('resource', '=', resource),
)

const upsertState = prepare(
  (db, { resource, state, at, by }: { resource: string; state: string; at: number; by: string }) =>
    db
      .insertInto('resource_states')
      .values({ resource, state, changed_at: at, changed_by: by })
      .onConflict((conflict) =>
        conflict
          .column('resource')
          .doUpdateSet({ state, changed_at: at, changed_by: by })
          .where('resource_states.state', '!=', 'ended'),
      )
      .returning('state'),
)

const deleteState = prepare((db, { resource }: { resource: string }) =>
  db.deleteFrom('resource_states').where('resource', '=', resource).where('state', '!=', 'ended'),
)

export async function resourceState(
  db: Database,
  resource: string,
): Promise<{ state: State; by: string } | null> {
  const [row] = await selectState(db, { resource })
  return row === undefined ? null : { state: toState(row.state), by: row.changed_by }
}

/** @returns false when the resource has ended, which nothing changes any more */
export async function setResourceState(
  db: Database,
  resource: string,
  change: { readonly state: State | null; readonly at: number; readonly by: string },
): Promise<boolean> {
  const { state, at, by } = change
  if (state !== null) return (await upsertState(db, { resource, state, at, by })).length > 0
  await deleteState(db, { resource })
  return (await resourceState(db, resource)) === null
}
