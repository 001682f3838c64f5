import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { generateSecret } from '@keywright/token'
import { inspectRun } from './inspect.ts'
import { addSinkFolder, CANARY_DIR, keepSink, openSink, rememberSecret } from './registry.ts'

const secret = generateSecret('kw_sk_live', (length) =>
  crypto.getRandomValues(new Uint8Array(length)),
)
const leak = `contains the secret ${secret.slice(0, 15)}…`
const bytes = Buffer.from(secret)
const percent = bytes.toString('hex').replaceAll(/../g, '%$&')

const ENCODINGS: Record<string, string> = {
  raw: `Bearer ${secret}, and more`,
  'raw in JSON': JSON.stringify({ authorization: secret }),
  hex: `x${bytes.toString('hex')}y`,
  'upper-case hex': bytes.toString('hex').toUpperCase(),
  base64: bytes.toString('base64'),
  'base64 of Basic credentials': Buffer.from(`u:${secret}`).toString('base64'),
  'base64 behind one byte': Buffer.from(`u${secret}!`).toString('base64'),
  base64url: bytes.toString('base64url'),
  'base64url behind one byte': Buffer.from(`?${secret}?`).toString('base64url'),
  'base64url behind two bytes': Buffer.from(`??${secret}?`).toString('base64url'),
  'percent-encoded': percent,
  'upper-case percent-encoded': percent.toUpperCase(),
}

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'canary-test-'))
  vi.stubEnv(CANARY_DIR, folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('the canary scan', () => {
  test.each(Object.entries(ENCODINGS))('finds a planted leak, %s', (_name, text) => {
    rememberSecret(secret)
    writeFileSync(openSink('server stdout'), `first line\n${text}\nlast line\n`)
    const problems = inspectRun(folder, { fullRun: true })
    expect(problems).toEqual([expect.stringMatching(/^sinks\/server-stdout-.*\.log contains/)])
    expect(problems[0]).toContain(leak)
    expect(problems.join('\n')).not.toContain(secret)
  })

  test('finds a canary that is not an API key, such as one with signs that URLs escape', () => {
    const password = 'correct/horse+battery staple'
    rememberSecret(password)
    writeFileSync(openSink('url'), `GET /?p=${encodeURIComponent(password)}`)
    expect(inspectRun(folder, { fullRun: true })).toEqual([
      expect.stringContaining('contains the secret corr…'),
    ])
  })

  test('passes a run whose sinks contain no secret, only its start', () => {
    rememberSecret(secret)
    writeFileSync(openSink('log'), `${secret.slice(0, 15)}… and ${secret.slice(0, -1)}`)
    expect(inspectRun(folder, { fullRun: true })).toEqual([])
  })

  test('looks into binary data files, kept before their folder is deleted', () => {
    rememberSecret(secret)
    writeFileSync(openSink('log'), 'clean')
    const data = join(folder, 'data')
    mkdirSync(join(data, 'deep'), { recursive: true })
    writeFileSync(join(data, 'deep', 'db.sqlite'), Buffer.concat([Buffer.alloc(5000, 255), bytes]))
    keepSink(data)
    rmSync(data, { recursive: true })
    expect(inspectRun(folder, { fullRun: true })).toEqual([
      expect.stringMatching(/^kept\/.*\/deep\/db\.sqlite contains the secret/),
    ])
  })

  test('looks into a data folder that was added and still stands', () => {
    rememberSecret(secret)
    const data = join(folder, 'data')
    mkdirSync(data)
    writeFileSync(join(data, 'db-wal'), secret)
    addSinkFolder(data)
    expect(inspectRun(folder, { fullRun: false })).toEqual([`data/db-wal ${leak}`])
  })

  test('fails when a data folder was deleted before the scan', () => {
    addSinkFolder(join(folder, 'gone'))
    expect(inspectRun(folder, { fullRun: false })).toEqual([expect.stringContaining('keepSink')])
  })

  test('what is shown once on purpose in a data file is still a leak', () => {
    rememberSecret(secret)
    const data = join(folder, 'data')
    mkdirSync(data)
    writeFileSync(join(data, 'notes.txt'), `admin key (shown once): ${secret}\n`)
    addSinkFolder(data)
    expect(inspectRun(folder, { fullRun: false })).toEqual([`data/notes.txt ${leak}`])
  })
})

describe('a full run', () => {
  test('fails when no secret was remembered or no sink was written', () => {
    expect(inspectRun(folder, { fullRun: true })).toEqual([
      'no secret was remembered',
      'no sink was written',
    ])
  })

  test('fails when the only sinks stayed empty', () => {
    rememberSecret(secret)
    openSink('silent')
    expect(inspectRun(folder, { fullRun: true })).toEqual(['no sink was written'])
  })

  test('is told from one of a few files, which may have nothing to scan', () => {
    expect(inspectRun(folder, { fullRun: false })).toEqual([])
  })
})

describe('the registry', () => {
  test('refuses a canary so short that it would be found by accident', () => {
    expect(() => rememberSecret('short')).toThrow(TypeError)
  })

  test('gives every sink its own file, whatever its name', () => {
    expect(openSink('../../a b')).not.toBe(openSink('../../a b'))
    expect(openSink('../../a b').startsWith(join(folder, 'sinks', '-a-b-'))).toBe(true)
  })

  test('says what to do when the run has no canary folder', () => {
    vi.stubEnv(CANARY_DIR, '')
    expect(() => rememberSecret(secret)).toThrow(/global set-up/)
  })
})
