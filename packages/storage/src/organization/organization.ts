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
    created_at: row.created_at,
  }),
)

const updateLabels = prepare(
  (db, { id, slug, name }: Pick<OrganizationRow, 'id' | 'slug' | 'name'>) =>
    db.updateTable('organizations').set({ slug, name }).where('id', '=', id),
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
  const { id, slug, name } = changed
  await updateLabels(db, { id, slug, name })
}

export async function insertOrganization(db: Database, added: Organization): Promise<void> {
  const { id, slug, name, createdAt } = added
  await insertRow(db, { id, slug, name, created_at: createdAt })
}

function toOrganization({
  id,
  slug,
  name,
  created_at,
}: Omit<OrganizationRow, 'device_login'>): Organization {
  return { id, slug, name, createdAt: created_at }
}
