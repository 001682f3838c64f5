import { describe, expect, it } from 'vitest'
import { networkOf, NetworkGuard } from './network.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it.each([undefined, '127.0.0.1', '127.9.9.9', '::1', 'not an address', ''])(
    'of %s is none: loopback is a proxy of the operator, not a caller',
    (address) => {
      expect(networkOf(address)).toBeUndefined()
    },
  )
})

describe('guessing from one network', () => {
  it('is slowed down after a hundred unknown secrets, and others are not (row 6)', () => {
    const guard = new NetworkGuard()
    for (let n = 0; n < 100; n += 1) {
      expect(guard.waitSeconds('203.0.113.9', 0)).toBe(0)
      guard.noteUnknown('203.0.113.9', 0)
    }
    expect(guard.waitSeconds('203.0.113.9', 0)).toBe(1)
    expect(guard.waitSeconds('203.0.113.10', 0)).toBe(0)
    expect(guard.waitSeconds('203.0.113.9', 1e8)).toBe(0)
  })
})
