import { describe, expect, it } from 'vitest'
import { cursorSchema, instantSchema, limitSchema } from './field.ts'
import { keySchema, mintBodySchema, mintedSchema } from './key.ts'

describe('fields', () => {
  it('take page limits written as plain numbers from 1 to 100', () => {
    expect(['1', '50', '100'].map((text) => limitSchema.parse(text))).toEqual([1, 50, 100])
    for (const text of ['0', '101', '-1', '+1', '1.0', '1e1', '0x1', ' 1', '01', '', ['1', '2']]) {
      expect(limitSchema.safeParse(text).success, String(text)).toBe(false)
    }
  })

  it('take instants in UTC to the second, and cursors of one alphabet', () => {
    expect(instantSchema.safeParse('2026-11-21T05:00:00Z').success).toBe(true)
    for (const text of ['2026-11-21T05:00:00.000Z', '2026-11-21T05:00:00+01:00', '2026-11-21']) {
      expect(instantSchema.safeParse(text).success, text).toBe(false)
    }
    for (const text of ['', 'a=', 'a b', 'ä'])
      expect(cursorSchema.safeParse(text).success).toBe(false)
  })
})

describe('keys', () => {
  it('have no place for a digest, and for the secret in the first answer only', () => {
    expect(Object.keys(keySchema.shape)).not.toContain('key')
    expect(Object.keys(mintedSchema.shape)).toContain('key')
    for (const name of Object.keys(mintedSchema.shape))
      expect(name).not.toMatch(/digest|hash|pepper/)
  })

  it('are minted by fields that the server does not set itself', () => {
    const names = ['kind', 'resource', 'name', 'scopes', 'mode', 'expires_in', 'metadata']
    expect(Object.keys(mintBodySchema.shape)).toEqual(names)
  })
})
