import { expect, it } from 'vitest'
import { fc, property } from '../../testing/index.ts'
import { cleanDeviceName } from './device-name.ts'

property(
  [fc.string({ unit: 'binary', maxLength: 400 })],
  'is one bounded line of visible text, and stays so',
  (text) => {
    const name = cleanDeviceName(text)
    if (name === null) return
    expect(Array.from(name).length).toBeLessThanOrEqual(100)
    expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    expect(name.trim()).toBe(name)
    expect(cleanDeviceName(name)).toBe(name)
  },
)

it('keeps what a machine is called', () => {
  expect(cleanDeviceName('ada@büro 2')).toBe('ada@büro 2')
  expect(cleanDeviceName('  a \t b ')).toBe('a b')
})

it('takes out what would hide or turn text', () => {
  expect(cleanDeviceName('ada\u202Egpj.exe\u0000\u200B')).toBe('adagpj.exe')
  for (const nothing of [undefined, '', '  ', '\u200B\n']) {
    expect(cleanDeviceName(nothing)).toBeNull()
  }
})
