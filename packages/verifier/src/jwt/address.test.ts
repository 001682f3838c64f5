import { describe, expect, it } from 'vitest'
import { reachOf } from './address.ts'

describe('row 35: an address that is dialled', () => {
  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00::1'])(
    'is public: %s',
    (address) => {
      expect(reachOf(address)).toBe('public')
    },
  )

  it.each(['127.0.0.1', '127.255.255.254', '::1'])('is this machine: %s', (address) => {
    expect(reachOf(address)).toBe('loopback')
  })

  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.127.255.255'],
    ['link-local metadata', '169.254.169.254'],
    ['protocol assignments', '192.0.0.192'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['mapped metadata', '::ffff:169.254.169.254'],
    ['a mapped public address', '::ffff:1.1.1.1'],
    ['compatible loopback', '::7f00:1'],
    ['translated metadata', '64:ff9b::a9fe:a9fe'],
    ['6to4 around a private address', '2002:0a00:0001::'],
    ['Teredo', '2001:0:4136:e378::1'],
    ['documentation', '2001:db8::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['a public address with a zone', '2606:4700::1%eth0'],
    ['multicast', 'ff02::1'],
    ['octal', '0177.0.0.1'],
    ['decimal', '2130706433'],
    ['a name', 'localhost'],
    ['nothing', ''],
  ])('is inner: %s, %s', (_what, address) => {
    expect(reachOf(address)).toBe('inner')
  })
})
