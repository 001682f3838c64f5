import { fc, property } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { isJson, parseJson } from './body.ts'

describe('JSON', () => {
  property([fc.jsonValue()], 'reads every value that has no name of a prototype', (value) => {
    const json = parseJson(Buffer.from(JSON.stringify(value)))
    const isPoisoned = /"(?:__proto__|constructor)":/.test(JSON.stringify(value))
    expect(json.ok).toBe(!isPoisoned)
    if (json.ok) expect(JSON.stringify(json.value)).toBe(JSON.stringify(value))
  })

  it('refuses names of prototypes at any depth, however they are written', () => {
    for (const text of ['{"__proto__":1}', '[{"a":{"constructor":{}}}]', '{"\\u005F_proto__":1}']) {
      expect(parseJson(Buffer.from(text)), text).toMatchObject({ ok: false })
    }
    expect(parseJson(Buffer.from('{"name":"constructor __proto__"}'))).toMatchObject({ ok: true })
  })

  it('refuses what is not UTF-8 and what is not JSON; nothing at all is undefined', () => {
    for (const bytes of [[0xff], [0x22, 0xc3, 0x22], [0xef, 0xbb, 0xbf, 0x31], [0x7b]]) {
      expect(parseJson(Buffer.from(bytes))).toMatchObject({ ok: false })
    }
    expect(parseJson(Buffer.alloc(0))).toEqual({ ok: true, value: undefined })
  })
})

describe('the content type', () => {
  it('is JSON in UTF-8, in any spelling', () => {
    for (const type of [
      'application/json',
      'Application/JSON; charset=UTF-8',
      'application/json;charset="utf-8"',
      ' application/json ; ',
      'application/json; charset=utf-8 ; ',
    ]) {
      expect(isJson(type), type).toBe(true)
    }
    for (const type of [
      undefined,
      '',
      'text/json',
      'application/json-patch+json',
      'application/json; charset=latin1',
    ]) {
      expect(isJson(type), type).toBe(false)
    }
  })
})
