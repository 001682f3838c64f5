import { expect, it } from 'vitest'
import { fc, property, seededRandom } from '../../testing/index.ts'
import { newPickupCode, readPickupCode, showPickupCode } from './code.ts'

const codes = fc.nat().map((seed) => newPickupCode(seededRandom(seed)))

property([codes], 'a code is sixteen letters, shown in fours', (code) => {
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{16}$/)
  expect(showPickupCode(code)).toMatch(/^(?:[B-Z]{4}-){3}[B-Z]{4}$/)
})

const noise = fc.stringMatching(/^[ \t\-–._/:]{0,2}$/)

property(
  [codes, fc.array(fc.tuple(noise, fc.boolean()), { minLength: 16, maxLength: 16 })],
  'it is read in any case, with any spaces and hyphens',
  (code, spoilt) => {
    const typed = spoilt
      .map(([before, isLower], index) => {
        const letter = code.charAt(index)
        return before + (isLower ? letter.toLowerCase() : letter)
      })
      .join('')
    expect(readPickupCode(typed)).toBe(code)
    expect(readPickupCode(showPickupCode(code))).toBe(code)
  },
)

property([fc.string({ unit: 'binary' })], 'any other text is no code', (text) => {
  const read = readPickupCode(text)
  if (read !== undefined) expect(read).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{16}$/)
})

it('refuses user codes, vowels, digits, other lengths and long texts', () => {
  const code = 'BCDFGHJKLMNPQRST'
  for (const text of ['', 'BCDF-GHJK', code.slice(1), `${code}B`, `A${code.slice(1)}`]) {
    expect(readPickupCode(text), text).toBeUndefined()
  }
  expect(readPickupCode(`${'-'.repeat(49)}${code}`)).toBeUndefined()
})
