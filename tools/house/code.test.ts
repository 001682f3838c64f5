import { describe, expect, test } from 'vitest'
import { blankCode, countCodeLines, importSpecifiers } from './code.ts'

describe('telling code from what is not', () => {
  test.each([
    ['a // b', 'a     '],
    ['a /* b\nc */ d', 'a     \n     d'],
    ["f('x // y')", "f('      ')"],
    ['"a\\"b" c', '"    " c'],
    ['`a ${b} c` d', '`  ${b}  ` d'],
    ['`${ { a: `x` } }` // y', '`${ { a: ` ` } }`     '],
    ['x = /[/"]\\//g // y', 'x = /      /g     '],
    ['a / b // c', 'a / b     '],
    ['(a) / 2 / b', '(a) / 2 / b'],
    ["return /'/.test(a)", 'return / /.test(a)'],
  ])('%j becomes %j', (text, expected) => {
    expect(blankCode(text, { strings: true })).toBe(expected)
  })

  test('keeps literals when only comments are to go', () => {
    expect(blankCode("a('// b') // c", { strings: false })).toBe("a('// b')     ")
  })

  test('counts lines of code, not blank ones nor comments', () => {
    expect(countCodeLines('/** a\n * b\n */\n\nconst a = 1 // c\n// d\nconst b = `\n\n//`\n')).toBe(
      3,
    )
  })
})

test('finds static, side-effect, type, re-export and dynamic imports, and none inside literals', () => {
  const text = [
    "import a from './a.ts'",
    "import './b.ts'",
    'import {\n  c,\n} from "c"',
    "import type { D } from '@d/d'",
    "export { e } from './e.ts'",
    "export * from './f.ts'",
    "await import('./g.ts')",
    "const h: import('./h.ts').H = 1",
    "// import './no.ts'",
    'const text = "import \'./no.ts\'"',
    "const from = ['x']",
  ].join('\n')
  expect(importSpecifiers(text)).toEqual([
    './a.ts',
    './b.ts',
    'c',
    '@d/d',
    './e.ts',
    './f.ts',
    './g.ts',
    './h.ts',
  ])
})
