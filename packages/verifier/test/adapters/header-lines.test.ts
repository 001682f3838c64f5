import { expect, test } from 'vitest'
import { headerLines } from '../../src/adapters/header-lines.ts'

test('every line of a header is seen, whatever its case, and none of another header', () => {
  const raw = [
    'Authorization',
    'a',
    'x-authorization',
    'b',
    'AUTHORIZATION',
    'c',
    'authorizatio',
    'd',
  ]
  expect(headerLines(raw, 'authorization')).toEqual(['a', 'c'])
  expect(headerLines(raw, 'x-api-key')).toEqual([])
})

test('a value that looks like a header name is no header', () => {
  expect(headerLines(['x-a', 'authorization', 'x-b', 'secret'], 'authorization')).toEqual([])
})
