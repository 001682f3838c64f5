import type { Reads } from '@keywright/core'
import { feedHead } from '../event/head.ts'
import { listEvents } from '../event/list.ts'
import { findById, findBySecret } from '../key/find.ts'
import { getKey } from '../key/get.ts'
import { listKeys, pageKeys } from '../key/list.ts'
import { quotaAccount } from '../quota/account.ts'
import type { Database } from '../schema/tables.ts'
import { listUsage } from '../usage/list.ts'
import { loginReadsOver } from './logins.ts'
import { peopleReadsOver } from './people.ts'
import { pickupReadsOver } from './pickups.ts'

/** The questions one connection or transaction answers. */
export function readsOver(db: Database): Reads {
  return {
    ...peopleReadsOver(db),
    ...loginReadsOver(db),
    ...pickupReadsOver(db),
    findBySecret: (digest) => findBySecret(db, digest),
    findById: (id) => findById(db, id),
    getKey: (id) => getKey(db, id),
    listKeys: (query) => listKeys(db, query),
    pageKeys: (query, look) => pageKeys(db, query, look),
    listEvents: (query) => listEvents(db, query),
    listUsage: (query) => listUsage(db, query),
    quotaAccount: (account) => quotaAccount(db, account),
    head: () => feedHead(db),
  }
}
