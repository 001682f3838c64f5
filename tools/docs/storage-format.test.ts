/** docs/storage-format.md names every table and column of a fresh database, and no other. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openStore } from '@keywright/storage'
import { expect, test } from 'vitest'

const PAGE = readFileSync(new URL('../../docs/storage-format.md', import.meta.url), 'utf8')

function documentedTables(): Record<string, string[]> {
  const rows = [...PAGE.matchAll(/^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$/gm)]
  return Object.fromEntries(
    rows.map(([, table, columns]) => [
      table as string,
      // Words in brackets explain a column; they are not columns.
      [...(columns as string).replaceAll(/\([^)]*\)/g, '').matchAll(/`([a-z_]+)`/g)].map(
        ([, name]) => name as string,
      ),
    ]),
  )
}

test('the page names every table and column, and no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-format-'))
  try {
    const path = join(folder, 'fresh.db')
    const store = await openStore({ path, rootKey: new Uint8Array(32), randomId: () => 'epoch' })
    await store.close()
    const database = new DatabaseSync(path, { readOnly: true })
    const tables = database
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'kysely%' order by name",
      )
      .all()
      .map((row) => String(row['name']))
    const found = tables.map((table) => [
      table,
      database
        .prepare('select name from pragma_table_info(?)')
        .all(table)
        .map((row) => row['name']),
    ])
    database.close()
    expect(found.length).toBeGreaterThan(5)
    expect(documentedTables()).toEqual(Object.fromEntries(found))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
