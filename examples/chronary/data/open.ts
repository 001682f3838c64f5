// The API's own data, in its own SQLite file: nothing of it concerns keys. Every row names its organization or agent,
// and every statement asks for it.

import { DatabaseSync } from 'node:sqlite'
import { Agents } from './agents.ts'
import { Calendars } from './calendars.ts'
import { Events } from './events.ts'
import { Subscriptions } from './subscriptions.ts'
import { Webhooks } from './webhooks.ts'

export interface Data {
  readonly agents: Agents
  readonly calendars: Calendars
  readonly events: Events
  readonly subscriptions: Subscriptions
  readonly webhooks: Webhooks
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS agents (
    id TEXT PRIMARY KEY, organization TEXT NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS agents_of ON agents (organization, id);
  CREATE TABLE IF NOT EXISTS calendars (
    id TEXT PRIMARY KEY, agent_id TEXT NOT NULL REFERENCES agents (id), name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS calendars_of ON calendars (agent_id, id);
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, agent_id TEXT NOT NULL REFERENCES agents (id),
    calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE, title TEXT NOT NULL,
    starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_of ON events (agent_id, starts_at);
  CREATE TABLE IF NOT EXISTS subscriptions (
    id TEXT PRIMARY KEY, agent_id TEXT NOT NULL REFERENCES agents (id),
    calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhooks (
    id TEXT PRIMARY KEY, organization TEXT NOT NULL, url TEXT NOT NULL, events TEXT NOT NULL,
    secret TEXT NOT NULL, created_at INTEGER NOT NULL, delivered_at INTEGER, delivered_status INTEGER
  ) STRICT;
`

/** Opens the file, making it the first time. */
export function openData(path: string): Data {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(SCHEMA)
  return {
    agents: new Agents(db),
    calendars: new Calendars(db),
    events: new Events(db),
    subscriptions: new Subscriptions(db),
    webhooks: new Webhooks(db),
    close: () => db.close(),
  }
}
