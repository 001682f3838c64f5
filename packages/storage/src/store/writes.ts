import type { KeyEvent, Writes } from '@keywright/core'
import { appendEvent } from '../event/append.ts'
import { findIdempotency, saveIdempotency } from '../idempotency/record.ts'
import { changeKey, markRevoked } from '../key/change.ts'
import { insertKey } from '../key/insert.ts'
import { replaceSecret } from '../key/replace-secret.ts'
import { clearSlot, findBySlot } from '../key/slot.ts'
import { grantQuota, returnQuota } from '../quota/account.ts'
import { resourceState, setResourceState } from '../resource/state.ts'
import type { Database } from '../schema/tables.ts'
import { addUsage } from '../usage/add.ts'
import { loginWritesOver } from './logins.ts'
import { peopleWritesOver } from './people.ts'
import { pickupWritesOver } from './pickups.ts'
import { readsOver } from './reads.ts'

/** The handle of one transaction. `appended` collects its events for those who listen. */
export function writesOver(db: Database, appended: KeyEvent[]): Writes {
  return {
    ...readsOver(db),
    ...peopleWritesOver(db),
    ...loginWritesOver(db),
    ...pickupWritesOver(db),
    insertKey: (added) => insertKey(db, added),
    findBySlot: (slot) => findBySlot(db, slot),
    clearSlot: (slot) => clearSlot(db, slot),
    changeKey: (id, changes) => changeKey(db, id, changes),
    replaceSecret: (id, next) => replaceSecret(db, id, next),
    markRevoked: (id, at, by) => markRevoked(db, id, { at, by }),
    setResourceState: (resource, change) => setResourceState(db, resource, change),
    resourceState: (resource) => resourceState(db, resource),
    append: async (event) => {
      const numbered = await appendEvent(db, event)
      appended.push(numbered)
      return numbered
    },
    findIdempotency: (actor, idempotencyKey) => findIdempotency(db, actor, idempotencyKey),
    saveIdempotency: (record, forgetBefore) => saveIdempotency(db, record, forgetBefore),
    grantQuota: (account, units, limit) => grantQuota(db, account, { units, limit }),
    returnQuota: (account, units) => returnQuota(db, account, units),
    addUsage: (deltas) => addUsage(db, deltas),
  }
}
