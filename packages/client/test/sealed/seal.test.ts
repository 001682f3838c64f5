// Sealing as such: what is sealed opens as it was, and nothing that was changed or moved does.

import * as crypto from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import {
  explainResolution,
  openSealed,
  openSealer,
  resolveSettings,
  sealedIn,
  sealedStore,
} from '../../src/index.ts'
import type { Machine, ToolCall, ToolRun } from '../../src/sealed/machine.ts'
import { chronary } from '../../testing/brands.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

const brand = { ...chronary, store: sealedStore() }
const KEY = 'mX0r7Jb1cW4k9sTgQ2yVhN5uLaEzPdRf3oCiMxKwB8U'
rememberSecret(KEY)
const surroundings = surroundingsOf({ env: { CHRONARY_STORE_KEY: KEY } })
const opening = { brand, surroundings }

function sealed(secret: string, section?: string, server?: string): string {
  const sealer = openSealer('encrypted-file', opening)
  if (!sealer.ok) throw new Error(sealer.trouble.why)
  return sealer.seal(secret, { section, server })
}

const CREDENTIAL = fc.stringMatching(/^[!-~]{1,200}$/)

describe('a sealed credential', () => {
  test('opens as it was, for the profile that it is of', () => {
    const section = fc.option(fc.string({ maxLength: 20 }), { nil: undefined })
    fc.assert(
      fc.property(CREDENTIAL, section, (secret, own) => {
        const text = sealed(secret, own)
        expect(text).toMatch(/^sealed\.v1\.encrypted-file\.[\w-]+$/)
        expect(openSealed(text, { ...opening, section: own })).toEqual({ ok: true, secret })
      }),
    )
  })

  test('does not open when any one character of it is another', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= '
    const change = fc.record({ at: fc.nat(), letter: fc.constantFrom(...letters.split('')) })
    fc.assert(
      fc.property(CREDENTIAL, change, (secret, { at, letter }) => {
        const text = sealed(secret)
        const index = at % text.length
        fc.pre(text[index] !== letter)
        const other = text.slice(0, index) + letter + text.slice(index + 1)
        expect(openSealed(other, { ...opening, section: undefined }).ok).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  test('does not open when it is cut, or when something stands behind it', () => {
    const text = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM')
    for (let length = 0; length < text.length; length += 1) {
      expect(openSealed(text.slice(0, length), { ...opening, section: undefined }).ok).toBe(false)
    }
    expect(openSealed(`${text}A`, { ...opening, section: undefined }).ok).toBe(false)
  })

  test('does not open for another profile, another server, another setting or another product', () => {
    const text = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM', 'work')
    const there = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM', 'work', 'https://lab.example')
    const other = { ...brand, id: 'other' }
    const renamed = { ...brand, credential: { ...brand.credential, name: 'token' } }
    const belongings = [
      { ...opening, section: 'home' },
      { ...opening, section: undefined },
      { ...opening, brand: other, section: 'work' },
      { ...opening, brand: renamed, section: 'work' },
      { ...opening, section: 'work', server: 'https://evil.example' },
    ]
    for (const belonging of belongings) {
      expect(openSealed(text, belonging)).toMatchObject({ trouble: { code: 'sealed_broken' } })
    }
    for (const server of [undefined, 'https://api.chronary.ai', 'https://api.chronary.ai/v1/']) {
      expect(openSealed(text, { ...opening, section: 'work', server }).ok).toBe(true)
      expect(openSealed(there, { ...opening, section: 'work', server }).ok).toBe(false)
    }
    const server = 'https://LAB.example/'
    expect(openSealed(there, { ...opening, section: 'work', server }).ok).toBe(true)
  })

  test('is another text each time', () => {
    const texts = Array.from({ length: 50 }, () => sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM'))
    expect(new Set(texts).size).toBe(50)
  })

  test('of a later version is told as such, and kept apart from a credential', () => {
    const text = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM').replace('.v1.', '.v2.')
    expect(sealedIn(text)).toBe('unknown')
    expect(openSealed(text, { ...opening, section: undefined })).toMatchObject({
      trouble: { code: 'sealed_broken', why: 'this version does not know that way of sealing' },
    })
    expect(sealedIn('chr_sk_7hQpZr3TnYx2LcVb7HsKdM')).toBeUndefined()
  })
})

describe('the key in a variable', () => {
  const text = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM')
  const open = (key: string | undefined) =>
    openSealed(text, {
      brand,
      section: undefined,
      surroundings: surroundingsOf({ env: key === undefined ? {} : { CHRONARY_STORE_KEY: key } }),
    })

  test('is base64 or base64url, padded or not', () => {
    const bytes = Buffer.from(KEY, 'base64url')
    for (const key of [KEY, bytes.toString('base64'), ` ${bytes.toString('base64')}\n`]) {
      expect(open(key).ok).toBe(true)
    }
  })

  const UNSET = { code: 'store_key_missing', why: 'CHRONARY_STORE_KEY is not set' }
  const NO_KEY = { code: 'store_key_missing', why: 'what CHRONARY_STORE_KEY says is no key' }
  const WRONG = {
    code: 'sealed_broken',
    why: 'its key does not open it: it or its server was changed, it was moved here, or sealed with another key',
  }

  test.each([
    ['missing', undefined, UNSET],
    ['empty', '', UNSET],
    ['too short', KEY.slice(0, 40), NO_KEY],
    ['no base64', 'not base64, not at all!', NO_KEY],
    ['another one', KEY.replace('m', 'n'), WRONG],
  ])('that is %s is told as that, and never repeated', (_, key, trouble) => {
    const opened = open(key)
    expect(opened).toMatchObject({ ok: false, trouble })
    expect(JSON.stringify(opened)).not.toContain(key || KEY)
  })
})

describe('what the resolver does with it', () => {
  const files = (text: string) => ({
    '/users/jane/.config/chronary/config.json': `{"profiles": {"default": {\n "api_key": "${text}"}}}`,
  })

  test('the winner is opened and masked, and says where its key is', () => {
    const place = surroundingsOf({
      env: { CHRONARY_STORE_KEY: KEY },
      files: files(sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM', 'default')),
    })
    const resolution = resolveSettings(brand, { surroundings: place })
    expect(resolution.settings[0]?.winner?.value).toBe('chr_sk_7hQpZr3TnYx2LcVb7HsKdM')
    expect(explainResolution(resolution, '/users/jane').settings[0]?.winner).toEqual({
      value: 'chr_sk_7hQp…',
      source: '~/.config/chronary/config.json:2 (default)',
      problem: undefined,
      sealed: 'encrypted-file',
    })
  })

  test('one that a variable hides stays shut, and its key is not asked for', () => {
    const text = sealed('chr_sk_7hQpZr3TnYx2LcVb7HsKdM', 'default')
    const env = { CHRONARY_API_KEY: 'chr_sk_environment' }
    const place = surroundingsOf({ env, files: files(text) })
    const resolution = resolveSettings(brand, { surroundings: place })
    expect(resolution.problems).toEqual([])
    const explained = explainResolution(resolution).settings[0]
    expect(explained?.shadowed).toMatchObject([{ value: '(sealed)', sealed: 'encrypted-file' }])
  })

  test('what comes out of it is held to what a credential is', () => {
    const place = surroundingsOf({
      env: { CHRONARY_STORE_KEY: KEY },
      files: files(sealed('sk-ant-7hQpZr3TnYx2LcVb7HsKdM', 'default')),
    })
    const { problems } = resolveSettings(brand, { surroundings: place })
    expect(problems).toMatchObject([{ code: 'foreign_credential' }])
    const spaced = surroundingsOf({
      env: { CHRONARY_STORE_KEY: KEY },
      files: files(sealed('two words', 'default')),
    })
    expect(resolveSettings(brand, { surroundings: spaced }).problems).toMatchObject([
      { code: 'invalid_setting' },
    ])
  })
})

describe('a keychain', () => {
  /** A keychain in memory behind the tool's own words, whose clock goes on by so much with each call. */
  function machineOf(step: number) {
    let time = 0
    const items = new Map<string, string>()
    const limits: number[] = []
    const run = (_tool: string, { args, input, limitMs }: ToolCall): ToolRun => {
      limits.push(limitMs)
      time += Math.min(step, limitMs)
      if (step > limitMs) return { ended: 'late' }
      const [verb, ...rest] = args
      const name = rest.filter((word) => !word.startsWith('--')).join(' ')
      if (verb === 'store') items.set(name, input)
      if (verb === 'clear') items.delete(name)
      const found = items.get(name)
      const stdout = verb === 'search' && found ? `[/1]\nlabel = A\nsecret = ${found}\n` : ''
      return { ended: 'by itself', code: 0, stdout, stderr: '' }
    }
    const machine: Machine = { crypto, now: () => time, run }
    return { machine, limits }
  }

  test('has one limit for all that one step asks of it', () => {
    const { machine, limits } = machineOf(700)
    expect(openSealer('keyring', opening, machine).ok).toBe(true)
    expect(limits.slice(0, 3)).toEqual([2000, 1300, 600])
    const slow = machineOf(1100)
    expect(openSealer('keyring', opening, slow.machine)).toMatchObject({
      trouble: { code: 'store_timed_out' },
    })
    expect(slow.limits).toEqual([2000, 900])
  })

  test('is asked once for all clients of a program', () => {
    const { machine, limits } = machineOf(1)
    const sealer = openSealer('keyring', opening, machine)
    const text = sealer.ok
      ? sealer.seal('chr_sk_7hQpZr3TnYx2LcVb7HsKdM', { section: 'default' })
      : ''
    const before = limits.length
    for (let count = 0; count < 5; count += 1) {
      expect(openSealed(text, { ...opening, section: 'default' }, machine).ok).toBe(true)
    }
    expect(limits.length - before).toBe(1)
  })
})
