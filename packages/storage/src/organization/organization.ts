import type { Organization, OrganizationQuery } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, OrganizationRow } from '../schema/tables.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('organizations').selectAll().where('id', '=', id),
)

const selectBySlug = prepare((db, { slug }: { slug: string }) =>
  db.selectFrom('organizations').selectAll().where('slug', '=', slug),
)

const insertRow = prepare((db, row: Omit<OrganizationRow, 'device_login'>) =>
  db.insertInto('organizations').values({
    id: row.id,
    slug: row.slug,
    name: row.name,
    named_by: row.named_by,
    created_at: row.created_at,
  }),
)

const updateLabels = prepare(
  (db, { id, slug, name, named_by }: Omit<OrganizationRow, 'created_at' | 'device_login'>) =>
    db.updateTable('organizations').set({ slug, name, named_by }).where('id', '=', id),
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

/** In the order of ids, which is that of age. */
export async function listOrganizations(
  db: Database,
  { ids, after, limit }: OrganizationQuery,
): Promise<Organization[]> {
  if (ids?.length === 0) return []
  let select = db.selectFrom('organizations').selectAll().orderBy('id').limit(limit)
  if (ids !== undefined) select = select.where('id', 'in', [...ids])
  if (after !== undefined) select = select.where('id', '>', after)
  return (await select.execute()).map(toOrganization)
}

export async function changeOrganization(db: Database, changed: Organization): Promise<void> {
  const { id, slug, name, namedBy } = changed
  await updateLabels(db, { id, slug, name, named_by: namedBy })
}

export async function insertOrganization(db: Database, added: Organization): Promise<void> {
  const { id, slug, name, namedBy, createdAt } = added
  await insertRow(db, { id, slug, name, named_by: namedBy, created_at: createdAt })
}

function toOrganization({
  id,
  slug,
  name,
  named_by,
  created_at,
}: Omit<OrganizationRow, 'device_login'>): Organization {
  return { id, slug, name, namedBy: named_by, createdAt: created_at }
}
