import { expect, it } from 'vitest'
import { fc, property, seededRandom } from '../../testing/index.ts'
import { newUserCode, readUserCode, showUserCode } from './user-code.ts'

const codes = fc.nat().map((seed) => newUserCode(seededRandom(seed)))

property([codes], 'a code is eight letters without vowels and look-alikes', (code) => {
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
})

const noise = fc.stringMatching(/^[ \t\-–._/:]{0,3}$/)

property(
  [codes, fc.array(fc.tuple(noise, fc.boolean()), { minLength: 8, maxLength: 8 })],
  'it is read in any case, with any spaces and punctuation',
  (code, spoilt) => {
    const typed = spoilt
      .map(([before, isLower], index) => {
        const letter = code.charAt(index)
        return before + (isLower ? letter.toLowerCase() : letter)
      })
      .join('')
    expect(readUserCode(typed)).toBe(code)
    expect(readUserCode(showUserCode(code))).toBe(code)
  },
)

property([fc.string({ unit: 'binary' })], 'any other text is no code', (text) => {
  const read = readUserCode(text)
  if (read !== undefined) expect(read).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
})

it('refuses vowels, digits, other lengths and other alphabets', () => {
  for (const text of ['', 'BCDFGHJ', 'BCDFGHJKL', 'ABCDFGHJ', 'BCDF1234', 'ßßßßßßß', 'ВСDFGHJK']) {
    expect(readUserCode(text), text).toBeUndefined()
  }
  expect(readUserCode(`${'-'.repeat(57)}BCDFGHJK`)).toBeUndefined()
})

it('draws each letter about as often', () => {
  const random = seededRandom(3)
  const counts = new Map<string, number>()
  for (let draw = 0; draw < 2500; draw += 1) {
    for (const letter of newUserCode(random)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  expect(counts.size).toBe(20)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200)
})
