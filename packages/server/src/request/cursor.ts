// Cursors are opaque to clients: base64url of the place in the list to go on after. They are positions and give no
// right; a made-up one shows nothing that the caller could not list anyway.

import { isIdOf, isKeyId } from '@keywright/core'
import { RequestRefused } from '../answer/problems.ts'

export function encodeCursor(place: string | null): string | null {
  return place === null ? null : Buffer.from(place).toString('base64url')
}

/** The id of a row to go on after; `noun` is how such ids begin. @throws RequestRefused */
export function decodeIdCursor(
  noun: 'key' | 'usr' | 'org' | 'inv' | 'pku',
  cursor: string | undefined,
): string | undefined {
  if (cursor === undefined) return undefined
  const place = decode(cursor)
  return isIdOf(noun, place) ? place : refuseCursor()
}

/** The event's number to go on after. @throws RequestRefused */
export function decodeSeqCursor(cursor: string): number {
  const place = decode(cursor)
  return /^\d{1,15}$/.test(place) ? Number(place) : refuseCursor()
}

/** The row of usage to go on after, written as `<day> <key id>`. @throws RequestRefused */
export function decodeUsageCursor(cursor: string): { day: string; keyId: string } {
  const [day = '', keyId = ''] = decode(cursor).split(' ')
  return /^\d{4}-\d\d-\d\d$/.test(day) && isKeyId(keyId) ? { day, keyId } : refuseCursor()
}

function decode(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString('latin1')
  return Buffer.from(place, 'latin1').toString('base64url') === cursor ? place : ''
}

function refuseCursor(): never {
  const detail = 'This is no cursor of ours. Use next_cursor of the page before as it is.'
  const errors = [{ field: 'query.cursor', detail }]
  throw new RequestRefused({ code: 'invalid_request', detail, errors })
}
