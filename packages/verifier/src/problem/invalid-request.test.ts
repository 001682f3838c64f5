import { describe, expect, test } from 'vitest'
import { invalidRequest } from './invalid-request.ts'

describe('what is wrong with a request', () => {
  test('is told by field, whatever form a validator gives its paths', () => {
    expect(
      invalidRequest('body', [
        { message: 'Too short', path: ['tags', 0] },
        { message: 'Required', path: [{ key: 'name' }] },
        { message: 'Not an object' },
      ]),
    ).toEqual({
      code: 'invalid_request',
      detail: 'body.tags.0: Too short.',
      errors: [
        { field: 'body.tags.0', detail: 'Too short' },
        { field: 'body.name', detail: 'Required' },
        { field: 'body', detail: 'Not an object' },
      ],
    })
  })

  test('never repeats a secret that was sent as a field or a value', () => {
    const secret = 'acme_sk_0123456789abcdefghijABCDEFGHIJ2Cba4D'
    const { detail, errors } = invalidRequest('body', [
      { message: `Unrecognized key: "${secret}"`, path: [secret] },
    ])
    expect(JSON.stringify({ detail, errors })).not.toContain(secret)
  })

  test('calls a field a field, where a validator calls it a key', () => {
    const { detail } = invalidRequest('body', [{ message: 'Unrecognized keys: "nmae", "knid"' }])
    expect(detail).toBe('body: Unknown fields: "nmae", "knid".')
  })

  test('is told of twenty fields at most', () => {
    const issues = Array.from({ length: 30 }, (_, index) => ({ message: 'x', path: [index] }))
    expect(invalidRequest('body', issues).errors).toHaveLength(20)
  })
})
