// The API's own data: one SQLite file for each mode, so that live and test data are not even in the same database.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Agents } from './agents.ts'
import { Webhooks } from './webhooks.ts'

/** The data of one mode. */
export interface Store {
  readonly agents: Agents
  readonly webhooks: Webhooks
  close(): void
}

export interface Data {
  readonly live: Store
  readonly test: Store
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS agents (
    id TEXT PRIMARY KEY, organization TEXT NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhooks (
    id TEXT PRIMARY KEY, organization TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
`

/** Opens both files of a folder, making them the first time. */
export function openData(folder: string): Data {
  const live = openStore(join(folder, 'live.db'))
  const test = openStore(join(folder, 'test.db'))
  const close = (): void => {
    live.close()
    test.close()
  }
  return { live, test, close }
}

function openStore(path: string): Store {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(SCHEMA)
  return { agents: new Agents(db), webhooks: new Webhooks(db), close: () => db.close() }
}

/** A fresh id, as `agt_0f9a6c2e41b7d385`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(8).toString('hex')}`
}
