import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseHosts, parseJson, parseProfiles } from '../../src/index.ts'
import type { JsonValue } from '../../src/file/json.ts'
import { isJsonMap } from '../../src/file/json.ts'

/** The value as `JSON.parse` would give it. */
function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map((item: JsonValue) => plain(item))
  if (!isJsonMap(value)) return value
  const pairs = [...value].map(([name, { value: inner }]) => [name, plain(inner)] as const)
  return Object.fromEntries(pairs)
}

test('every JSON text gives what JSON.parse gives', () => {
  const spaced = fc.tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'))
  fc.assert(
    fc.property(spaced, ([value, indent]) => {
      const text = JSON.stringify(value, null, indent)
      const parsed = parseJson(text)
      expect(parsed.ok && plain(parsed.value)).toEqual(JSON.parse(text))
    }),
    { numRuns: 300 },
  )
})

test('no text that JSON.parse refuses is accepted, and none makes the reader throw', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    'tru',
    ' ',
    '\\',
    '"',
    '01',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const accepts = (): boolean => {
        try {
          JSON.parse(text)
          return true
        } catch {
          return false
        }
      }
      const parsed = parseJson(text)
      // Only a name that stands twice is JSON and refused here.
      const isTwice = !parsed.ok && parsed.problem.includes('twice')
      expect(parsed.ok || isTwice).toBe(accepts() || isTwice)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['{\n "a": 1,\n "a": 2\n}', 3, 'has the same name twice'],
  ['{\n "a": "sk_us', 2, 'is not JSON'],
  ['{\n "a": 1,\n', 3, 'ends in the middle'],
  ['{"a": 1,}', 1, 'is not JSON'],
  ['{"a": 1} x', 1, 'is not JSON'],
  ['['.repeat(1000), 1, 'is nested too deeply'],
])('%j is refused at line %i', (text, line, problem) => {
  expect(parseJson(text)).toMatchObject({ ok: false, line, problem })
})

test('a name can be __proto__ and harms nothing', () => {
  const parsed = parseProfiles('{"profiles": {"__proto__": {"api_key": "chr_sk_1"}}}')
  expect(parsed.ok && [...parsed.value.profiles.keys()]).toEqual(['__proto__'])
  expect(Object.hasOwn(Object.prototype, 'api_key')).toBe(false)
})

test.each([
  ['[]', 'is not an object'],
  ['{"profiles": []}', "has 'profiles' that is no object"],
  ['{"profiles": {"a": "chr_sk_1"}}', "has a part of 'profiles' that is no object"],
  ['{"active": 1}', "has 'active' that is not text"],
  ['{"bindings": {"/a": 1}}', 'binds a folder to no profile'],
])('%j is no file of profiles', (text, problem) => {
  expect(parseProfiles(text)).toMatchObject({ ok: false, problem })
})

test('hosts are told apart by their origin', () => {
  const parsed = parseHosts('{"hosts": {"https://A.example/path/": {"token": "al_1"}}}')
  expect(parsed.ok && [...parsed.value.hosts.keys()]).toEqual(['https://a.example'])
  const twice = '{"hosts": {"https://a.example": {}, "https://a.example/": {}}}'
  expect(parseHosts(twice)).toMatchObject({ ok: false })
  expect(parseHosts('{"hosts": {"a": {}}}')).toMatchObject({ ok: false })
})
