import { expect, it } from 'vitest'
import { fc, property } from '../../testing/index.ts'
import { isRedirectUri } from './redirect.ts'

const hosts = fc.constantFrom('127.0.0.1', '[::1]')

property(
  [hosts, fc.integer({ min: 1, max: 65_535 })],
  'any port of this machine (row 46)',
  (host, port) => {
    expect(isRedirectUri(`http://${host}:${port}/callback`)).toBe(true)
  },
)

it('takes nothing but the one path on the two addresses of this machine (rows 45, 46)', () => {
  expect(isRedirectUri('http://127.0.0.1/callback')).toBe(true)
  for (const text of [
    '',
    'http://localhost:4000/callback',
    'http://127.0.0.1:4000/callback/',
    'http://127.0.0.1:4000/callback/..',
    'http://127.0.0.1:4000/callback2',
    'http://127.0.0.1:4000/callback?x=1',
    'http://127.0.0.1:4000/callback#x',
    'http://127.0.0.1:4000/%63allback',
    'http://127.0.0.1:4000/',
    'http://127.0.0.1:4000//callback',
    'http://127.0.0.1:4000\\callback',
    'http://ada@127.0.0.1:4000/callback',
    'http://127.0.0.1:4000@evil.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.2:4000/callback',
    'http://127.1:4000/callback',
    'http://2130706433:4000/callback',
    'http://0.0.0.0:4000/callback',
    'http://[::]:4000/callback',
    'http://[0:0:0:0:0:0:0:1]:4000/callback',
    'http://[::ffff:127.0.0.1]:4000/callback',
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:04000/callback',
    'http://127.0.0.1:65536/callback',
    'http://127.0.0.1:/callback',
    'https://127.0.0.1:4000/callback',
    'HTTP://127.0.0.1:4000/callback',
    ' http://127.0.0.1:4000/callback',
    'http://127.0.0.1:4000/callback\n',
    'javascript:alert(1)',
    'data:text/html,x',
    'com.acme.app:/callback',
  ]) {
    expect(isRedirectUri(text), text).toBe(false)
  }
})

property(
  [fc.webUrl({ withFragments: true, withQueryParameters: true })],
  'no other address',
  (url) => {
    expect(isRedirectUri(url)).toBe(false)
  },
)
