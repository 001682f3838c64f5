import { DatabaseSync } from 'node:sqlite'
import { Presentations } from './presentations.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS presentations (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL, title TEXT NOT NULL, slides TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS presentations_of ON presentations (workspace, created_at);
`

/** Opens the API's own SQLite file, making it the first time. Nothing in it concerns keys. */
export function openData(path: string): { presentations: Presentations; close(): void } {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(SCHEMA)
  return { presentations: new Presentations(db), close: () => db.close() }
}
