import type { Organization } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, OrganizationRow } from '../schema/tables.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('organizations').selectAll().where('id', '=', id),
)

const selectBySlug = prepare((db, { slug }: { slug: string }) =>
  db.selectFrom('organizations').selectAll().where('slug', '=', slug),
)

const insertRow = prepare((db, row: OrganizationRow) =>
  db.insertInto('organizations').values({
    id: row.id,
    slug: row.slug,
    name: row.name,
    created_at: row.created_at,
  }),
)

export async function getOrganization(db: Database, id: string): Promise<Organization | undefined> {
  const [row] = await selectById(db, { id })
  return row && toOrganization(row)
}

export async function findOrganization(
  db: Database,
  slug: string,
): Promise<Organization | undefined> {
  const [row] = await selectBySlug(db, { slug })
  return row && toOrganization(row)
}

export async function insertOrganization(db: Database, added: Organization): Promise<void> {
  const { id, slug, name, createdAt } = added
  await insertRow(db, { id, slug, name, created_at: createdAt })
}

function toOrganization({ id, slug, name, created_at }: OrganizationRow): Organization {
  return { id, slug, name, createdAt: created_at }
}
