import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { TrustedProxies } from './trusted-proxies.ts'

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage
}

describe('the address of a request', () => {
  it('is the peer, whatever a stranger claims (row 17)', () => {
    expect(new TrustedProxies([]).addressOf(from('10.0.0.1', '1.2.3.4'))).toBe('10.0.0.1')
    const proxies = new TrustedProxies(['10.0.0.0/8'])
    expect(proxies.addressOf(from('11.0.0.1', '1.2.3.4'))).toBe('11.0.0.1')
  })

  it('is the nearest address that no trusted proxy has', () => {
    const proxies = new TrustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'])
    expect(proxies.addressOf(from('10.0.0.1', '6.6.6.6, 1.2.3.4'))).toBe('1.2.3.4')
    expect(proxies.addressOf(from('::ffff:10.0.0.1', '6.6.6.6, 1.2.3.4, 192.0.2.1'))).toBe(
      '1.2.3.4',
    )
    expect(proxies.addressOf(from('2001:db8::7', '2001:db9::1'))).toBe('2001:db9::1')
    expect(proxies.addressOf(from('10.0.0.1', '10.0.0.2'))).toBe('10.0.0.2')
  })

  it('is the last believed one where the chain is no list of addresses', () => {
    const proxies = new TrustedProxies(['10.0.0.0/8'])
    for (const claim of [undefined, '', 'unknown', '1.2.3.4:80', '1.2.3.4,', '999.1.1.1']) {
      expect(proxies.addressOf(from('10.0.0.1', claim))).toBe('10.0.0.1')
    }
  })

  it('is configured by addresses and ranges only', () => {
    for (const entry of ['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', '::/129', '']) {
      expect(() => new TrustedProxies([entry]), entry).toThrow(TypeError)
    }
  })
})
