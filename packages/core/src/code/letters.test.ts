import { expect, it } from 'vitest'
import { fc, property, seededRandom } from '../../testing/index.ts'
import { drawLetters, readLetters, showInFours } from './letters.ts'

const LENGTH_MAX = 16

const codes = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: LENGTH_MAX }))
  .map(([seed, count]) => drawLetters(count, seededRandom(seed)))

/** What somebody types before a letter, and whether they type it small. */
const noise = fc.stringMatching(/^[ \t\-–._/:]{0,3}$/)
const spoilt = fc.array(fc.tuple(noise, fc.boolean()), {
  minLength: LENGTH_MAX,
  maxLength: LENGTH_MAX,
})

property([codes], 'a code is letters without vowels and look-alikes, shown in fours', (code) => {
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]+$/)
  expect(showInFours(code)).toMatch(/^(?:[B-Z]{4}-)*[B-Z]{1,4}$/)
})

property(
  [codes, spoilt],
  'it is read in any case, with any spaces and punctuation',
  (code, how) => {
    const typed = how
      .slice(0, code.length)
      .map(([before, isLower], at) => {
        const letter = code.charAt(at)
        return before + (isLower ? letter.toLowerCase() : letter)
      })
      .join('')
    expect(readLetters(typed, code.length)).toBe(code)
    expect(readLetters(showInFours(code), code.length)).toBe(code)
  },
)

property([fc.string({ unit: 'binary' })], 'any other text is no code', (text) => {
  const read = readLetters(text, 8)
  if (read !== undefined) expect(read).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
})

it('refuses vowels, digits, other lengths and other alphabets', () => {
  for (const text of ['', 'BCDFGHJ', 'BCDFGHJKL', 'ABCDFGHJ', 'BCDF1234', 'ßßßßßßß', 'ВСDFGHJK']) {
    expect(readLetters(text, 8), text).toBeUndefined()
  }
  expect(readLetters(`${'-'.repeat(57)}BCDFGHJK`, 8)).toBeUndefined()
})

it('draws each letter about as often', () => {
  const counts = Map.groupBy(drawLetters(20_000, seededRandom(3)), (letter) => letter)
  expect(counts.size).toBe(20)
  for (const { length } of counts.values()) expect(Math.abs(length - 1000)).toBeLessThan(200)
})
