import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HiddenLine } from './hidden-line.ts'

/** Types the chunks one after the other; what came of the last. */
function typed(...chunks: readonly string[]) {
  const line = new HiddenLine()
  return chunks.map((chunk) => line.take(chunk)).at(-1)
}

test('any text without control characters is taken as it is, however it arrives in pieces', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !/\p{Cc}/u.test(value))
  fc.assert(
    fc.property(text, fc.nat(), (value, at) => {
      const whole = `${value}\r`
      const cut = at % whole.length
      // A stream's decoder never cuts a character in two.
      fc.pre(!/[\uD800-\uDBFF]$/.test(whole.slice(0, cut)))
      expect(typed(whole)).toEqual({ line: value, rest: '' })
      expect(typed(whole.slice(0, cut), whole.slice(cut))).toEqual({ line: value, rest: '' })
    }),
  )
})

test.each([
  ['Backspace takes one character', 'abc\u007F\r', 'ab'],
  ['Backspace takes a whole emoji', 'a🔑\u007F\r', 'a'],
  ['Ctrl-U takes the line', 'abc\u0015d\r', 'd'],
  ['Ctrl-W takes a word', 'a bc\u0017d\r', 'a d'],
  ['arrow keys do nothing', 'a\u001B[D\u001BOAb\r', 'ab'],
  ['marks around a paste do nothing', '\u001B[200~abc\u001B[201~\r', 'abc'],
  ['Ctrl-D after text does nothing', 'ab\u0004c\r', 'abc'],
])('%s', (_, keys, line) => {
  expect(typed(keys)).toEqual({ line, rest: '' })
})

test('an escape sequence in two pieces does nothing', () => {
  expect(typed('a\u001B', '[2', '00~b\r')).toEqual({ line: 'ab', rest: '' })
})

test('Ctrl-C interrupts, Ctrl-D on an empty line ends, and what follows Enter is kept', () => {
  expect(typed('abc\u0003')).toBe('interrupted')
  expect(typed('\u0004')).toBe('ended')
  expect(typed('abc\r1\n')).toEqual({ line: 'abc', rest: '1\n' })
  expect(typed('abc\r\nx')).toEqual({ line: 'abc', rest: 'x' })
})
