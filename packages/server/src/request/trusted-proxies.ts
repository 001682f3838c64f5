// Where a request came from. The peer's address is a fact; `X-Forwarded-For` is a claim, believed only as far back as
// the proxies the operator named wrote it. Other forwarded headers are never read.

import { BlockList, isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

export class TrustedProxies {
  readonly #ranges = new BlockList()
  readonly #isEmpty: boolean

  /** @throws TypeError for what is neither an address nor a CIDR range */
  constructor(entries: readonly string[]) {
    this.#isEmpty = entries.length === 0
    for (const entry of entries) this.#add(entry)
  }

  /** The address the request came from, as far as it can be known. */
  addressOf(request: IncomingMessage): string | undefined {
    const peer = request.socket.remoteAddress
    if (this.#isEmpty || peer === undefined || !this.#isTrusted(peer)) return peer
    const forwarded = request.headers['x-forwarded-for']
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',')
    let address = peer
    for (const hop of hops.toReversed()) {
      const claimed = hop.trim()
      if (isIP(claimed) === 0) return address
      address = claimed
      if (!this.#isTrusted(address)) return address
    }
    return address
  }

  #add(entry: string): void {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
    const version = isIP(address)
    const bitsMax = version === 4 ? 32 : 128
    const bits = prefix === undefined ? bitsMax : Number(prefix)
    if (version === 0 || bits > bitsMax) {
      throw new TypeError(`'${entry}' is no address and no CIDR range, as 10.0.0.0/8.`)
    }
    this.#ranges.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6')
  }

  #isTrusted(address: string): boolean {
    const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
    return this.#ranges.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
}
