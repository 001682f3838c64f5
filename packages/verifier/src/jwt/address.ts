// Which network addresses a document of an issuer may come from. Judged on the address that is dialled, not on the
// name, so a name that points elsewhere the next time is judged again (DNS rebinding). Public addresses are an
// allow-list for IPv6 and a deny-list for IPv4. Does not do: private networks, also when they are the operator's own.

import { BlockList, isIP } from 'node:net'

const LOOPBACK = blockListOf([['127.0.0.0', 8, 'ipv4']])
LOOPBACK.addAddress('::1', 'ipv6')

// IANA's special-purpose registry: everything that is not globally reachable, multicast and reserved.
const SPECIAL_IPV4 = blockListOf([
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
])

// Global unicast is 2000::/3. Unique local, link-local, multicast, mapped and translated addresses lie outside it.
const GLOBAL_IPV6 = blockListOf([['2000::', 3, 'ipv6']])

// Inside it: protocol assignments with Teredo, documentation, and 6to4, which wraps an IPv4 address.
const SPECIAL_IPV6 = blockListOf([
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
])

/** Where a dialled address lies. */
export type Reach = 'public' | 'loopback' | 'inner'

/** Everything that is not surely public or this machine is `inner`, also what is no address. */
export function reachOf(address: string): Reach {
  const version = isIP(address)
  if (version === 0 || address.includes('%')) return 'inner'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  // BlockList takes a mapped IPv6 address for the IPv4 address in it; nobody honest dials one.
  if (version === 6 && isMapped(address)) return 'inner'
  if (LOOPBACK.check(address, family)) return 'loopback'
  const isPublic =
    version === 4
      ? !SPECIAL_IPV4.check(address, family)
      : GLOBAL_IPV6.check(address, family) && !SPECIAL_IPV6.check(address, family)
  return isPublic ? 'public' : 'inner'
}

function isMapped(address: string): boolean {
  return new URL(`http://[${address}]`).hostname.startsWith('[::ffff:')
}

function blockListOf(subnets: readonly [string, number, 'ipv4' | 'ipv6'][]): BlockList {
  const list = new BlockList()
  for (const [network, prefix, family] of subnets) list.addSubnet(network, prefix, family)
  return list
}
