import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heads, secrets } from '../testing/arbitraries.ts'
import { redactSecrets } from './redact.ts'
import { startOf } from './start.ts'

const body = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'
const SHAPED = /[a-z][a-z0-9]*(?:_[a-z0-9]+)*_[0-9A-Za-z]{36}/

describe('redacting secrets', () => {
  test('leaves the start and an ellipsis', () => {
    expect(redactSecrets(`Bearer kw_sk_live_${body}, next`)).toBe('Bearer kw_sk_live_A1b2…, next')
  })

  test('removes a secret wherever it stands in a text', () => {
    const around = fc.string({ unit: 'binary', maxLength: 80 })
    fc.assert(
      fc.property(secrets, around, around, ({ secret }, before, after) => {
        const redacted = redactSecrets(before + secret + after)
        expect(redacted).not.toContain(secret)
        expect(redacted).toContain(`${startOf(secret)}…`)
      }),
    )
  })

  test('leaves nothing that is shaped like a secret, in any mixture', () => {
    const piece = fc.oneof(
      secrets.map((made) => made.secret),
      heads,
      fc.stringMatching(/^[0-9A-Za-z]{0,80}$/),
      fc.constantFrom('_', '__', 'a', '0', 'Z', ' ', '"', '\n', '…'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const redacted = redactSecrets(pieces.join(''))
        expect(SHAPED.test(redacted)).toBe(false)
        expect(redactSecrets(redacted)).toBe(redacted)
      }),
      { numRuns: 1000 },
    )
  })

  test('a secret with a wrong checksum goes too', () => {
    expect(redactSecrets(`kw_${'a'.repeat(36)}`)).toBe('kw_aaaa…')
  })

  test('a secret glued to more digits goes with them', () => {
    expect(redactSecrets(`xkw_${body}${body}.`)).toBe('xkw_A1b2….')
  })

  test('two secrets in one text both go', () => {
    expect(redactSecrets(`a_${body} b_${body}`)).toBe('a_A1b2… b_A1b2…')
    expect(redactSecrets(`a_${'a'.repeat(36)}_${body}`)).toBe('a_aaaa…_A1b2…')
  })

  test.each([
    '',
    'plain text',
    body,
    `_${body}`,
    `KW_${body}`,
    `kw__${body}`,
    `kw_${body.slice(1)}`,
    `1_${body}`,
  ])('leaves %j alone', (text) => {
    expect(redactSecrets(text)).toBe(text)
  })
})
