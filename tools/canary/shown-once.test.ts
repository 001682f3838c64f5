import { expect, test } from 'vitest'
import { stripShownOnce } from './shown-once.ts'

test('takes out the lines that show a secret once and the two curl commands after them', () => {
  const text = [
    'starting',
    'admin key (shown once): SECRET',
    'mint a key:',
    "  curl -H 'authorization: Bearer SECRET' \\",
    '    -d SECRET \\',
    '    URL',
    'verify it:',
    '  curl -H SECRET URL',
    'keywright listening on URL',
    '',
  ].join('\n')
  expect(stripShownOnce(text)).toBe(
    'starting\nmint a key:\nverify it:\nkeywright listening on URL\n',
  )
})

test('leaves a third curl, a curl without a shown secret, and every other line in', () => {
  expect(stripShownOnce('curl SECRET')).toBe('curl SECRET')
  expect(stripShownOnce('key (shown once): S\ncurl 1\ncurl 2\ncurl 3\nlog S')).toBe('curl 3\nlog S')
  expect(stripShownOnce('researcher JWT (valid 1 h): J\nJWT J')).toBe('JWT J')
  expect(stripShownOnce('{"msg":"curl S"}\nkey (shown once): S\n{"msg":"S"}')).toBe(
    '{"msg":"curl S"}\n{"msg":"S"}',
  )
})
