// What the domain needs of storage about logins: a part of the store's reads and writes. Codes are known by the
// peppered digests of their texts.

import type { DeviceLogin } from '../device-login/device-login.ts'
import type { LoginCode, LoginKey } from '../login/login.ts'

export interface LoginReads {
  findLoginCode(digest: string): Promise<LoginCode | undefined>
  findLoginKey(keyId: string): Promise<LoginKey | undefined>
  /**
   * Keys that stand and that no live key was made with, handed to the same client under the same name for the same
   * person.
   */
  listLoginKeys(alike: Omit<LoginKey, 'keyId'>, now: number): Promise<LoginKey[]>
  /** @param by the digest of one of its two codes */
  findDeviceLogin(
    by: { readonly userCode: string } | { readonly deviceCode: string },
  ): Promise<DeviceLogin | undefined>
  /** Whether an organization lets its people approve no device login; false for one that is not known. */
  isDeviceLoginForbidden(organizationId: string): Promise<boolean>
}

/** What is needed to insert a device login. */
export interface NewDeviceLogin {
  readonly login: DeviceLogin
  /** The digests of its codes. */
  readonly deviceCode: string
  readonly userCode: string
}

export interface LoginWrites {
  /** Also forgets codes that ended before `forgetBefore`. */
  insertLoginCode(code: LoginCode, digest: string, forgetBefore: number): Promise<void>
  /** Consumes a code once, before its end. @returns false when it could not; nothing has changed then */
  redeemLoginCode(digest: string, at: number): Promise<boolean>
  /** Writes down which key redeeming a code made. */
  nameLoginCodeKey(digest: string, keyId: string): Promise<void>
  insertLoginKey(key: LoginKey): Promise<void>
  /** Also forgets device logins that ended before `forgetBefore`. */
  insertDeviceLogin(added: NewDeviceLogin, forgetBefore: number): Promise<void>
  /** The first claim counts. @returns false when somebody else has claimed it, or it was decided or has ended */
  claimDeviceLogin(
    id: string,
    claim: { readonly by: string; readonly personId: string; readonly at: number },
  ): Promise<boolean>
  countDeviceMiss(id: string): Promise<void>
  /** Decides once, before its end. @returns false when it could not; nothing has changed then */
  decideDeviceLogin(
    id: string,
    decided: {
      readonly decision: 'approved' | 'denied'
      readonly by: string
      readonly scopes: readonly string[]
      readonly at: number
    },
  ): Promise<boolean>
  noteDevicePoll(id: string, poll: { at: number; intervalSeconds: number }): Promise<void>
  /** Consumes an approved device login once, before its end. @returns false when it could not */
  redeemDeviceLogin(id: string, at: number): Promise<boolean>
  /** Writes down which key redeeming a device login made. */
  nameDeviceKey(id: string, keyId: string): Promise<void>
  /** @returns false when it was so before */
  setDeviceLogin(organizationId: string, isAllowed: boolean): Promise<boolean>
}
