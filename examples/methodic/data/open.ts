// The API's own data, in its own SQLite file: nothing of it concerns keys. A place is the resource that something
// lives in, `organizations/org_…` or `users/usr_…`; a run is named by its whole resource name.

import { DatabaseSync } from 'node:sqlite'
import { Assets } from './assets.ts'
import { Instances } from './instances.ts'
import { Metrics } from './metrics.ts'
import { PlacedThings } from './placed.ts'
import { Runs } from './runs.ts'
import { Variations } from './variations.ts'

export interface Data {
  readonly experiments: PlacedThings
  readonly variations: Variations
  readonly runs: Runs
  readonly metrics: Metrics
  readonly instances: Instances
  readonly datasets: PlacedThings
  readonly assets: Assets
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS experiments (
    id TEXT PRIMARY KEY, place TEXT NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS experiments_of ON experiments (place, id);
  CREATE TABLE IF NOT EXISTS variations (
    experiment_id TEXT NOT NULL REFERENCES experiments (id), number INTEGER NOT NULL,
    name TEXT, parameters TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (experiment_id, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS runs (
    resource TEXT PRIMARY KEY, experiment_id TEXT NOT NULL, variation INTEGER NOT NULL,
    number INTEGER NOT NULL, created_at INTEGER NOT NULL, outcome TEXT, finished_at INTEGER,
    UNIQUE (experiment_id, variation, number),
    FOREIGN KEY (experiment_id, variation) REFERENCES variations (experiment_id, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS metrics (
    run TEXT NOT NULL REFERENCES runs (resource), name TEXT NOT NULL, step INTEGER NOT NULL,
    value REAL NOT NULL, reported_at INTEGER NOT NULL,
    PRIMARY KEY (run, name, step)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS instances (
    id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (resource), key_id TEXT,
    started_at INTEGER NOT NULL, ended_at INTEGER, ending TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_instance ON instances (run) WHERE ended_at IS NULL;
  CREATE TABLE IF NOT EXISTS datasets (
    id TEXT PRIMARY KEY, place TEXT NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS datasets_of ON datasets (place, id);
  CREATE TABLE IF NOT EXISTS assets (
    dataset_id TEXT NOT NULL REFERENCES datasets (id), name TEXT NOT NULL,
    content_type TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (dataset_id, name)
  ) STRICT;
`

/** Opens the file, making it the first time. */
export function openData(path: string): Data {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(SCHEMA)
  return {
    experiments: new PlacedThings(db, 'experiments'),
    variations: new Variations(db),
    runs: new Runs(db),
    metrics: new Metrics(db),
    instances: new Instances(db),
    datasets: new PlacedThings(db, 'datasets'),
    assets: new Assets(db),
    close: () => db.close(),
  }
}
