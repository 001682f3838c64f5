// What counts as one network when attempts are counted. Whoever has an IPv6 address mostly has all of its /64, so one
// address more is no other guesser (RFC 6177). Loopback is a proxy of the operator's own, behind which are many callers.

import { isIP } from 'node:net'

/** The network an address belongs to: an IPv4 address, an IPv6 /64. Undefined for loopback and for what is no address. */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  const version = isIP(plain)
  if (version === 4) return plain.startsWith('127.') ? undefined : plain
  if (version !== 6 || plain === '::1') return undefined
  return firstHextets(plain).join(':')
}

function firstHextets(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] as string).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array<string>(zeros).fill('0'), ...right]
    .slice(0, 4)
    .map((hextet) => hextet.replace(/^0+(?=.)/, ''))
}
