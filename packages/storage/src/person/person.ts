import type { Person } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, PersonRow } from '../schema/tables.ts'

const selectPerson = prepare((db, { id }: { id: string }) =>
  db.selectFrom('persons').selectAll().where('id', '=', id),
)

const insertRow = prepare((db, row: PersonRow) =>
  db.insertInto('persons').values({
    id: row.id,
    name: row.name,
    email: row.email,
    email_verified: row.email_verified,
    created_at: row.created_at,
  }),
)

const updateRow = prepare((db, row: Omit<PersonRow, 'created_at'>) =>
  db
    .updateTable('persons')
    .set({ name: row.name, email: row.email, email_verified: row.email_verified })
    .where('id', '=', row.id),
)

export async function getPerson(db: Database, id: string): Promise<Person | undefined> {
  const [row] = await selectPerson(db, { id })
  if (row === undefined) return undefined
  const { name, email, email_verified, created_at } = row
  return { id, name, email, isEmailVerified: email_verified === 1, createdAt: created_at }
}

export async function insertPerson(db: Database, person: Person): Promise<void> {
  await insertRow(db, toRow(person))
}

export async function changePerson(db: Database, person: Person): Promise<void> {
  await updateRow(db, toRow(person))
}

function toRow({ id, name, email, isEmailVerified, createdAt }: Person): PersonRow {
  return { id, name, email, email_verified: isEmailVerified ? 1 : 0, created_at: createdAt }
}
