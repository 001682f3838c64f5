import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as yaml from 'yaml'
import { parseYaml } from '../../src/index.ts'

const read = (text: string): unknown => {
  const parsed = parseYaml(yaml, text)
  if (!parsed.ok) return `${parsed.line}: ${parsed.problem}`
  return Object.fromEntries([...parsed.value].map(([name, { value }]) => [name, value]))
}

test.each([
  ['', {}],
  ['# nothing yet\n', {}],
  ['timeout: 30 # seconds\napi_key: sk_user_1\n', { timeout: 30, api_key: 'sk_user_1' }],
  ['api_key:\n', { api_key: null }],
  ['api_key: [a]\ntimeout: {a: 1}', { api_key: [], timeout: {} }],
  ['\uFEFFtimeout: 1', { timeout: 1 }],
  ['timeout: 1\r\napi_key: a\r\n', { timeout: 1, api_key: 'a' }],
])('%j is read', (text, expected) => {
  expect(read(text)).toEqual(expected)
})

test.each([
  ['timeout: 1\ntimeout: 2\n', '2: names a setting twice'],
  ['- a\n', '1: is not a map of settings; it may have been written in part only'],
  ['api_k', '1: is not a map of settings; it may have been written in part only'],
  ['a: 1\n---\nb: 2\n', '2: has more than one document in it'],
  ['a: "sk_user_', '1: is not YAML; it may have been written in part only'],
  ['a: 1\n\tb: 2', '2: is indented with a tab'],
  ['? [a]\n: 1', '1: has a name that is not text'],
])('%j is refused with its line', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test('a plain scalar keeps how it was written, so that an id of digits stays what it is', () => {
  const parsed = parseYaml(yaml, 'organization_id: 0123\nquoted: "7"\n')
  const texts = parsed.ok ? [...parsed.value.values()].map(({ text }) => text) : []
  expect(texts).toEqual(['0123', undefined])
})

test('what is written as settings is read as such', () => {
  const names = fc.stringMatching(/^[a-z][a-z_]{0,12}$/)
  const values = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z0-9/.:_-]{1,30}$/))
  fc.assert(
    fc.property(fc.dictionary(names, values, { noNullPrototype: true }), (settings) => {
      expect(read(yaml.stringify(settings))).toEqual(settings)
    }),
  )
})

test('no text makes the reader throw, and no reason repeats the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z:&*!|>{}[\]"'\n\t -]{20,80}$/), (text) => {
      const parsed = parseYaml(yaml, text)
      expect(parsed.ok || !parsed.problem.includes(text.trim())).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a document that multiplies itself by aliases stays small', () => {
  const lines = [
    'a: &a x',
    ...'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(9)}]`),
  ]
  expect(parseYaml(yaml, lines.join('\n')).ok).toBe(true)
})
