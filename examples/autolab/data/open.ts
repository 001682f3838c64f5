// AutoLab's own data, in its own SQLite file: handles, projects and execution nodes. Nothing of it concerns tokens.

import { DatabaseSync } from 'node:sqlite'
import { Handles } from './handles.ts'
import { Nodes } from './nodes.ts'
import { Projects } from './projects.ts'

export interface Data {
  readonly handles: Handles
  readonly projects: Projects
  readonly nodes: Nodes
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS handles (
    handle TEXT PRIMARY KEY, person_id TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS projects (
    owner TEXT NOT NULL REFERENCES handles (handle), name TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (owner, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS nodes (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, project TEXT NOT NULL, name TEXT NOT NULL,
    registered_by TEXT NOT NULL, created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL,
    UNIQUE (owner, project, registered_by, name),
    FOREIGN KEY (owner, project) REFERENCES projects (owner, name)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS nodes_of ON nodes (owner, project, id);
`

/** Opens the file, making it the first time. */
export function openData(path: string): Data {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(SCHEMA)
  return {
    handles: new Handles(db),
    projects: new Projects(db),
    nodes: new Nodes(db),
    close: () => db.close(),
  }
}
