import { fc, property } from '@keywright/core/testing'
import { expect, it } from 'vitest'
import { RequestRefused } from '../answer/problems.ts'
import { decodeIdCursor, decodeSeqCursor, decodeUsageCursor, encodeCursor } from './cursor.ts'

const decodeOrg = (cursor: string): string | undefined => decodeIdCursor('org', cursor)
const keyId = `key_${'0'.repeat(20)}`

it('cursors lead back to the place they were made of', () => {
  expect(decodeIdCursor('key', encodeCursor(keyId) as string)).toBe(keyId)
  expect(() => decodeIdCursor('usr', encodeCursor(keyId) as string)).toThrow(RequestRefused)
  expect(decodeIdCursor('key', undefined)).toBeUndefined()
  expect(decodeSeqCursor(encodeCursor('42') as string)).toBe(42)
  const place = { day: '2026-11-21', keyId }
  expect(decodeUsageCursor(encodeCursor(`${place.day} ${keyId}`) as string)).toEqual(place)
  expect(encodeCursor(null)).toBeNull()
})

property([fc.string()], 'made-up cursors are refused and never fail otherwise', (text) => {
  const encoded = Buffer.from(text).toString('base64url')
  for (const cursor of [text, encoded]) {
    for (const decode of [decodeOrg, decodeUsageCursor]) {
      expect(() => decode(cursor)).toThrow(RequestRefused)
    }
  }
})
