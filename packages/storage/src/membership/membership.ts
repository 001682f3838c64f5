import type { Member, MemberQuery, Membership } from '@keywright/core'
import { PEOPLE } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, MembershipRow } from '../schema/tables.ts'

type Place = { personId: string; resource: string }

const selectOne = prepare((db, { personId, resource }: Place) =>
  db
    .selectFrom('memberships')
    .selectAll()
    .where('person_id', '=', personId)
    .where('resource', '=', resource),
)

const selectOfPerson = prepare((db, { personId }: { personId: string }) =>
  db.selectFrom('memberships').selectAll().where('person_id', '=', personId).orderBy('resource'),
)

const insertRow = prepare((db, row: MembershipRow) =>
  db.insertInto('memberships').values({
    person_id: row.person_id,
    resource: row.resource,
    role: row.role,
    granted_at: row.granted_at,
    granted_by: row.granted_by,
  }),
)

const updateRole = prepare((db, { personId, resource, role }: Place & { role: string }) =>
  db
    .updateTable('memberships')
    .set({ role })
    .where('person_id', '=', personId)
    .where('resource', '=', resource),
)

const deleteRow = prepare((db, { personId, resource }: Place) =>
  db.deleteFrom('memberships').where('person_id', '=', personId).where('resource', '=', resource),
)

export async function getMembership(
  db: Database,
  personId: string,
  resource: string,
): Promise<Membership | undefined> {
  const [row] = await selectOne(db, { personId, resource })
  return row && toMembership(row)
}

/** In the order of people's ids. */
export async function listMembers(db: Database, query: MemberQuery): Promise<Member[]> {
  const { resource, after = '', limit } = query
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('persons', 'persons.id', 'memberships.person_id')
    .selectAll('memberships')
    .select(['persons.name', 'persons.email'])
    .where('resource', '=', resource)
    .where('person_id', '>', after)
    .orderBy('person_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...toMembership(row), name: row.name, email: row.email }))
}

export async function listMemberships(db: Database, personId: string): Promise<Membership[]> {
  return (await selectOfPerson(db, { personId })).map(toMembership)
}

export async function insertMembership(db: Database, membership: Membership): Promise<void> {
  const { personId, resource, role, grantedAt, grantedBy } = membership
  const row = { person_id: personId, resource, role, granted_at: grantedAt, granted_by: grantedBy }
  await insertRow(db, row)
}

export async function changeRole(
  db: Database,
  change: { readonly personId: string; readonly resource: string; readonly role: string },
): Promise<void> {
  await updateRole(db, change)
}

export async function removeMembership(
  db: Database,
  personId: string,
  resource: string,
): Promise<void> {
  await deleteRow(db, { personId, resource })
}

/** Whether somebody besides one person has the role there; who is gone for good counts for nobody. */
export async function hasOther(
  db: Database,
  role: string,
  at: { readonly resource: string; readonly besides: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('memberships')
    .select('person_id')
    .where('resource', '=', at.resource)
    .where('role', '=', role)
    .where('person_id', '!=', at.besides)
    .where((person) =>
      person.not(
        person.exists(
          person
            .selectFrom('resource_states')
            .select('resource_states.resource')
            .where('state', '=', 'ended')
            .where((where) =>
              where(
                'resource_states.resource',
                '=',
                where.fn<string>('concat', [where.val(`${PEOPLE}/`), 'memberships.person_id']),
              ),
            ),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function toMembership(row: MembershipRow): Membership {
  const { person_id: personId, resource, role, granted_at, granted_by } = row
  return { personId, resource, role, grantedAt: granted_at, grantedBy: granted_by }
}
