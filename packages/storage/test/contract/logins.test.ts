import type { DeviceLogin, LoginCode } from '@keywright/core'
import { newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const code: LoginCode = {
  clientId: 'acme',
  redirectUri: 'http://127.0.0.1:1/callback',
  codeChallenge: 'challenge',
  personId: 'usr_1',
  deviceName: null,
  scopes: null,
  createdAt: TEST_TIME,
  expiresAt: TEST_TIME + 1000,
  redeemedAt: null,
  keyId: null,
}

function device(id: string, change: Partial<DeviceLogin> = {}): DeviceLogin {
  return {
    id,
    clientId: 'acme',
    deviceName: 'a@b',
    scopes: ['films:read'],
    network: '192.0.2.1',
    createdAt: TEST_TIME,
    expiresAt: TEST_TIME + 1000,
    intervalSeconds: 5,
    polledAt: null,
    misses: 0,
    claimedBy: null,
    personId: null,
    decision: null,
    decidedBy: null,
    redeemedAt: null,
    keyId: null,
    ...change,
  }
}

overDialects('logins', (open) => {
  it('have codes that are redeemed once, before their end, and then name their key', async () => {
    const store = await open()
    const scoped = { ...code, deviceName: 'ü', scopes: ['films:read'] }
    const redeem = (digest: string, at: number) =>
      store.transact((writes) => writes.redeemLoginCode(digest, at))
    await store.transact(async (writes) => {
      await writes.insertLoginCode(code, 'd1', 0)
      await writes.insertLoginCode(scoped, 'd2', 0)
    })
    expect(await store.reads.findLoginCode('d1')).toStrictEqual(code)
    expect(await store.reads.findLoginCode('d2')).toStrictEqual(scoped)
    expect(await store.reads.findLoginCode('d3')).toBeUndefined()
    expect(await redeem('d2', code.expiresAt)).toBe(false)
    const at = code.expiresAt - 1
    const tries = await Promise.all(Array.from({ length: 20 }, () => redeem('d1', at)))
    expect(tries.filter(Boolean)).toHaveLength(1)
    await store.transact((writes) => writes.nameLoginCodeKey('d1', 'key_1'))
    expect(await store.reads.findLoginCode('d1')).toStrictEqual({
      ...code,
      redeemedAt: at,
      keyId: 'key_1',
    })
  })

  it('forget what ended before a moment', async () => {
    const store = await open()
    const later = { ...code, expiresAt: TEST_TIME + 2000 }
    await store.transact(async (writes) => {
      await writes.insertLoginCode(code, 'd1', 0)
      await writes.insertLoginCode(later, 'd2', code.expiresAt + 1)
      const one = { login: device('dvl_1'), deviceCode: 'dc1', userCode: 'uc1' }
      await writes.insertDeviceLogin(one, 0)
      const other = { login: device('dvl_2'), deviceCode: 'dc2', userCode: 'uc2' }
      await writes.insertDeviceLogin(other, TEST_TIME + 1001)
    })
    const { reads } = store
    expect(await reads.findLoginCode('d1')).toBeUndefined()
    expect(await reads.findLoginCode('d2')).toStrictEqual(later)
    expect(await reads.findDeviceLogin({ userCode: 'uc1' })).toBeUndefined()
    expect(await reads.findDeviceLogin({ deviceCode: 'dc2' })).toStrictEqual(device('dvl_2'))
  })

  it('have devices that are claimed, decided and redeemed once each, before their end', async () => {
    const store = await open()
    const { expiresAt } = device('dvl_1')
    const at = expiresAt - 1
    const claim = { by: 'session:1', personId: 'usr_1', at }
    const decided = { decision: 'approved', by: 'users/usr_1', scopes: ['films:read'], at } as const
    await store.transact(async (writes) => {
      await writes.insertDeviceLogin(
        { login: device('dvl_1'), deviceCode: 'dc', userCode: 'uc' },
        0,
      )
      expect(await writes.claimDeviceLogin('dvl_1', { ...claim, at: expiresAt })).toBe(false)
      expect(await writes.claimDeviceLogin('dvl_1', claim)).toBe(true)
      expect(await writes.claimDeviceLogin('dvl_1', { ...claim, by: 'session:2' })).toBe(false)
      await writes.countDeviceMiss('dvl_1')
      await writes.countDeviceMiss('dvl_1')
      await writes.noteDevicePoll('dvl_1', { at: 7, intervalSeconds: 10 })
      expect(await writes.redeemDeviceLogin('dvl_1', at)).toBe(false)
      expect(await writes.decideDeviceLogin('dvl_1', { ...decided, at: expiresAt })).toBe(false)
      expect(await writes.decideDeviceLogin('dvl_1', decided)).toBe(true)
      expect(await writes.decideDeviceLogin('dvl_1', { ...decided, decision: 'denied' })).toBe(
        false,
      )
      expect(await writes.redeemDeviceLogin('dvl_1', expiresAt)).toBe(false)
      expect(await writes.redeemDeviceLogin('dvl_1', at)).toBe(true)
      expect(await writes.redeemDeviceLogin('dvl_1', at)).toBe(false)
      await writes.nameDeviceKey('dvl_1', 'key_1')
    })
    const read = await store.reads.findDeviceLogin({ userCode: 'uc' })
    expect(read).toStrictEqual(
      device('dvl_1', {
        polledAt: 7,
        intervalSeconds: 10,
        misses: 2,
        claimedBy: 'session:1',
        personId: 'usr_1',
        decision: 'approved',
        decidedBy: 'users/usr_1',
        redeemedAt: at,
        keyId: 'key_1',
      }),
    )
    expect(await store.reads.findDeviceLogin({ deviceCode: 'dc' })).toStrictEqual(read)
  })

  it('remember which key was handed to whom, and list those that stand', async () => {
    const store = await open()
    const added = ['a', 'a', null, 'b'].map((deviceName) => {
      const { key, ...stored } = newKey()
      const alike = { clientId: 'acme', personId: 'usr_1', deviceName }
      return { stored: { key, ...stored }, handed: { keyId: key.id, ...alike } }
    })
    await store.transact(async (writes) => {
      for (const { stored, handed } of added) {
        await writes.insertKey(stored)
        await writes.insertLoginKey(handed)
      }
      await writes.markRevoked(added[0]?.handed.keyId as string, TEST_TIME, 'users/usr_1')
    })
    const { reads } = store
    const list = (deviceName: string | null) =>
      reads.listLoginKeys({ clientId: 'acme', personId: 'usr_1', deviceName }, 0)
    expect(await list('a')).toStrictEqual([added[1]?.handed])
    expect(await list(null)).toStrictEqual([added[2]?.handed])
    expect(await list('c')).toStrictEqual([])
    expect(await reads.findLoginKey(added[3]?.handed.keyId as string)).toStrictEqual(
      added[3]?.handed,
    )
    expect(await reads.findLoginKey('key_0')).toBeUndefined()
  })

  it('are allowed for devices until an organization forbids them', async () => {
    const store = await open()
    const organization = {
      id: 'org_1',
      slug: 'acme',
      name: 'Acme',
      namedBy: 'operator:product',
      createdAt: TEST_TIME,
    }
    await store.transact(async (writes) => {
      await writes.insertOrganization(organization)
      expect(await writes.isDeviceLoginForbidden('org_1')).toBe(false)
      expect(await writes.setDeviceLogin('org_1', true)).toBe(false)
      expect(await writes.setDeviceLogin('org_1', false)).toBe(true)
      expect(await writes.setDeviceLogin('org_1', false)).toBe(false)
      expect(await writes.setDeviceLogin('org_2', false)).toBe(false)
    })
    expect(await store.reads.isDeviceLoginForbidden('org_1')).toBe(true)
    expect(await store.reads.isDeviceLoginForbidden('org_2')).toBe(false)
  })
})
