// Guessing is slowed down by network before it costs a look-up: each unknown secret takes one from the bucket of the
// address it came from (an IPv4 address, an IPv6 /64). Known keys in the cache are never affected. Loopback is
// exempt: it is a proxy of the operator's own, behind which are many callers.

import { isIP } from 'node:net'
import { gcra, gcraOf } from '@keywright/core'
import { RateBuckets } from '../limit/buckets.ts'

const GUESSES = gcraOf({ count: 10, periodMs: 1000, burstCount: 100 })

export class NetworkGuard {
  readonly #buckets = new RateBuckets(GUESSES)

  /** Seconds until a look-up is admitted again; 0 when it is now. */
  waitSeconds(network: string | undefined, nowNs: number): number {
    const subject = networkOf(network)
    if (subject === undefined) return 0
    const verdict = gcra(GUESSES, this.#buckets.find(subject, nowNs).tat, nowNs)
    return verdict.admitted ? 0 : Math.ceil(verdict.retryNs / 1e9)
  }

  /** Counts an unknown secret. */
  noteUnknown(network: string | undefined, nowNs: number): void {
    const subject = networkOf(network)
    if (subject === undefined) return
    const bucket = this.#buckets.find(subject, nowNs)
    bucket.tat = gcra(GUESSES, bucket.tat, nowNs).tat
  }
}

/** The network an address belongs to; undefined for loopback and for what is no address. */
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
