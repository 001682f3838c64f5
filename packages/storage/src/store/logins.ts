import type { LoginReads, LoginWrites } from '@keywright/core'
import { findLoginCode, insertLoginCode, nameLoginCodeKey, redeemLoginCode } from '../login/code.ts'
import {
  claimDeviceLogin,
  countDeviceMiss,
  decideDeviceLogin,
  findDeviceLogin,
  insertDeviceLogin,
  nameDeviceKey,
  noteDevicePoll,
  redeemDeviceLogin,
} from '../login/device.ts'
import { findLoginKey, insertLoginKey, listLoginKeys } from '../login/key.ts'
import { isDeviceLoginForbidden, setDeviceLogin } from '../organization/device-login.ts'
import type { Database } from '../schema/tables.ts'

/** The questions about logins. */
export function loginReadsOver(db: Database): LoginReads {
  return {
    findLoginCode: (digest) => findLoginCode(db, digest),
    findLoginKey: (keyId) => findLoginKey(db, keyId),
    listLoginKeys: (alike, now) => listLoginKeys(db, alike, now),
    findDeviceLogin: (by) => findDeviceLogin(db, by),
    isDeviceLoginForbidden: (organizationId) => isDeviceLoginForbidden(db, organizationId),
  }
}

/** The changes to logins, in the caller's transaction. */
export function loginWritesOver(db: Database): LoginWrites {
  return {
    insertLoginCode: (code, digest, forgetBefore) =>
      insertLoginCode(db, code, { digest, forgetBefore }),
    redeemLoginCode: (digest, at) => redeemLoginCode(db, digest, at),
    nameLoginCodeKey: (digest, keyId) => nameLoginCodeKey(db, digest, keyId),
    insertLoginKey: (key) => insertLoginKey(db, key),
    insertDeviceLogin: (added, forgetBefore) => insertDeviceLogin(db, added, forgetBefore),
    claimDeviceLogin: (id, claim) => claimDeviceLogin(db, { id, ...claim }),
    countDeviceMiss: (id) => countDeviceMiss(db, id),
    decideDeviceLogin: (id, decided) => decideDeviceLogin(db, id, decided),
    noteDevicePoll: (id, poll) => noteDevicePoll(db, id, poll),
    redeemDeviceLogin: (id, at) => redeemDeviceLogin(db, id, at),
    nameDeviceKey: (id, keyId) => nameDeviceKey(db, id, keyId),
    setDeviceLogin: (organizationId, isAllowed) => setDeviceLogin(db, organizationId, isAllowed),
  }
}
