import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOwnPath, ownPathOr } from './own-path.ts'

const OWN = 'https://own.example'

/** Text in the manner of whoever tries: separators, blanks and hosts, raw and encoded. */
const trick = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        '/\\',
        '%2f',
        '%5C',
        '%252f',
        '.',
        '..',
        '%2e',
        ':',
        '@',
        '#',
        '?',
      ),
      fc.constantFrom('\t', '\n', '\r', ' ', '\0', '%09', '%0a', '%0d', '%00', '\u2028', '\uff0f'),
      fc.constantFrom('evil.example', 'https:', 'javascript:alert(1)', 'data:', 'own.example'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

describe('return_to', () => {
  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/ /evil.example',
    '/%2fevil.example',
    '/%2F%2Fevil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/%2e/%2fevil.example',
    '/a/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    '/é',
    `/${'a'.repeat(3000)}`,
  ])('of %j is not followed (row 60)', (text) => {
    expect(isOwnPath(text)).toBe(false)
    expect(ownPathOr(text, '/account')).toBe('/account')
  })

  it.each([
    '/',
    '/account',
    '/oauth/authorize?client_id=a&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb',
    '/a/b#c',
    '/a%20b',
  ])('of %j is followed', (text) => {
    expect(ownPathOr(text, '/account')).toBe(text)
  })

  it('stays on the own origin however a browser reads it (row 60)', () => {
    fc.assert(
      fc.property(trick, (rest) => {
        for (const text of [rest, `/${rest}`]) {
          if (!isOwnPath(text)) continue
          const read = new URL(text, `${OWN}/some/page`)
          expect(read.origin).toBe(OWN)
          // Written again without its origin it still is a path of ours.
          expect(new URL(read.pathname, OWN).origin).toBe(OWN)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
