import { describe, expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

const ORIGIN = 'https://lab.example'

describe('a path to return to', () => {
  it('is kept with its query', () => {
    expect(ownPath('/oauth/authorize?client_id=lab', ORIGIN)).toBe('/oauth/authorize?client_id=lab')
  })

  it('is none when a browser would read another host into it (row 60)', () => {
    const tricks = ['//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example']
    for (const path of [...tricks, '/a/..//evil.example', 'https://evil.example', 'javascript:1']) {
      expect(ownPath(path, ORIGIN)).toBeUndefined()
    }
  })
})
