// What must hold in a database whatever was killed over it: a change and its event together, numbers without holes,
// and a ledger within its limit. Read past the authority, from the file itself.

import { DatabaseSync } from 'node:sqlite'
import { QUOTA } from './definition.ts'

/** Each query finds what is half there; all must come back empty. */
const HALVES: Readonly<Record<string, string>> = {
  'a key without its event, or with two': `
    select id from keys where (select count(*) from events
      where key_id = keys.id and type = 'key.minted') <> 1`,
  'an event of a key that is not there': `
    select seq from events where key_id is not null and key_id not in (select id from keys)`,
  'a key without exactly one current secret': `
    select id from keys where (select count(*) from secrets
      where key_id = keys.id and ends_at is null) <> 1`,
  'a secret without a key': `select digest from secrets where key_id not in (select id from keys)`,
  'a key with other secrets than its mint and its rotations made': `
    select id from keys where (select count(*) from secrets where key_id = keys.id)
      <> 1 + (select count(*) from events where key_id = keys.id and type = 'key.rotated')`,
  'a rotation without its time or the reverse': `
    select id from keys where (rotated_at is not null)
      <> exists(select 1 from events where key_id = keys.id and type = 'key.rotated')`,
  'a revocation without its event, or with two': `
    select id from keys where (revoked_at is not null)
      <> (select count(*) from events where key_id = keys.id and type = 'key.revoked')`,
  'a child without its parent': `
    select id from keys where parent_id is not null and parent_id not in (select id from keys)`,
  'a request remembered for a key that is not there': `
    select key_id from idempotency_records where key_id not in (select id from keys)`,
  'a request that made two keys': `
    select name from keys where name not like 'renamed %' group by name having count(*) > 1`,
  'events with a hole or numbered beyond the head': `
    select n from (select count(*) as n, coalesce(max(seq), 0) as last from events)
      where n <> last or last <> (select seq from feed_head)`,
  'a ledger beyond its limit': `select subject from quota_accounts where granted > ${QUOTA}`,
}

/** What is wrong with a database, a sentence each. */
export function inspectDatabase(database: string): string[] {
  const handle = new DatabaseSync(database, { readOnly: true })
  try {
    const [integrity] = handle.prepare('pragma integrity_check').all()
    const problems = integrity?.['integrity_check'] === 'ok' ? [] : ['integrity_check is not ok']
    for (const [problem, query] of Object.entries(HALVES)) {
      const rows = handle.prepare(query).all()
      if (rows.length > 0) problems.push(`${problem}: ${JSON.stringify(rows.slice(0, 3))}`)
    }
    return problems
  } finally {
    handle.close()
  }
}

/** Units that the ledger has booked for an organization, over all months. */
export function bookedFor(database: string, organization: string): number {
  const handle = new DatabaseSync(database, { readOnly: true })
  try {
    const query = 'select coalesce(sum(granted), 0) as booked from quota_accounts where subject = ?'
    return Number(handle.prepare(query).get(`organizations/${organization}`)?.['booked'])
  } finally {
    handle.close()
  }
}

/** How often something happened to a key. */
export function countEvents(database: string, keyId: string, type: string): number {
  const handle = new DatabaseSync(database, { readOnly: true })
  try {
    const query = 'select count(*) as n from events where key_id = ? and type = ?'
    return Number(handle.prepare(query).get(keyId, type)?.['n'])
  } finally {
    handle.close()
  }
}
