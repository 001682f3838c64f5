import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readText, readTyped } from '../../src/index.ts'
import type { Setting } from '../../src/index.ts'

type Shape = Pick<Setting, 'type' | 'min' | 'max'>

const shape = (type: Setting['type'], min?: number, max?: number): Shape => ({ type, min, max })

test('whole numbers come back as they were written, within their bounds alone', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      expect(readText(shape('integer'), ` ${number}\n`)).toEqual({ ok: true, value: number })
      expect(readText(shape('integer', number), String(number)).ok).toBe(true)
      expect(readText(shape('integer', number + 1), String(number)).ok).toBe(false)
      expect(readText(shape('integer', undefined, number - 1), String(number)).ok).toBe(false)
    }),
  )
})

test.each(['', '1.5', '0x10', '1e3', 'ten', '٣', '1 2', 'NaN', '9007199254740993'])(
  '%j is no whole number',
  (text) => {
    expect(readText(shape('integer'), text)).toMatchObject({ ok: false })
  },
)

test('seconds may be fractions, and are more than none', () => {
  expect(readText(shape('seconds'), '0.5')).toEqual({ ok: true, value: 0.5 })
  for (const text of ['0', '-1', '1,5', '30s', 'Infinity', '']) {
    expect(readText(shape('seconds'), text), text).toMatchObject({ ok: false })
  }
})

test.each([
  ['true', true],
  ['YES', true],
  ['1', true],
  ['off', false],
  ['no', false],
])('%j is a boolean', (text, value) => {
  expect(readText(shape('boolean'), text)).toEqual({ ok: true, value })
})

test.each([
  ['Bearer sk_user_1', "begins with 'Bearer '"],
  ['sk_user_1 sk_user_2', 'a space'],
  ['sk_user_\r\nx-admin: 1', 'a space'],
  ['sk_üser', 'character that no key has'],
  ['  ', 'is empty'],
])('%j is no credential', (text, reason) => {
  const read = readText(shape('credential'), text)
  expect(read).toMatchObject({ ok: false, problem: expect.stringContaining(reason) as string })
})

test('a pasted credential loses the space and the byte-order mark around it', () => {
  expect(readText(shape('credential'), '\uFEFF sk_user_1\r\n')).toEqual({
    ok: true,
    value: 'sk_user_1',
  })
})

test.each(['ftp://a', 'a.example', 'https://u:p@a.example', 'https://a/?x', 'https://a/#x', ''])(
  '%j is no server',
  (text) => {
    expect(readText(shape('server'), text)).toMatchObject({ ok: false })
  },
)

test('whatever is given, the answer is a value of the type or a reason that repeats no long text', () => {
  const types = fc.constantFrom<Setting['type']>(
    'credential',
    'server',
    'text',
    'integer',
    'seconds',
    'boolean',
  )
  fc.assert(
    fc.property(types, fc.oneof(fc.anything(), fc.string({ minLength: 20 })), (type, value) => {
      const read = readTyped(shape(type), value)
      const expected: Readonly<Record<string, string>> = {
        integer: 'number',
        seconds: 'number',
        boolean: 'boolean',
      }
      expect(!read.ok || typeof read.value === (expected[type] ?? 'string')).toBe(true)
      const isLong = typeof value === 'string' && value.trim().length >= 20
      expect(!read.ok && isLong && read.problem.includes(value.trim())).toBe(false)
    }),
    { numRuns: 500 },
  )
})
