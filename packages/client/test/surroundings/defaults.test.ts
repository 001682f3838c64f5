import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FileReader } from '../../src/index.ts'
import { findSurroundings, findTransport, resolveSettings } from '../../src/index.ts'
import { chronicle } from '../../testing/brands.ts'

const folder = mkdtempSync(join(tmpdir(), 'keywright-client-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function files(): FileReader {
  const found = findSurroundings().files
  if (found === undefined) throw new Error('Node has files')
  return found
}

function write(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

test('a file is read with its mode, through a link too', () => {
  const path = write('a.yaml', 'timeout: 1\n', 0o640)
  symlinkSync(path, join(folder, 'link.yaml'))
  const read = { found: 'text', text: 'timeout: 1\n', mode: 0o640 }
  expect(files().read(path)).toEqual(read)
  expect(files().read(join(folder, 'link.yaml'))).toEqual(read)
})

test('what is no small regular file is told apart, and a pipe does not hold the program', () => {
  expect(files().read(join(folder, 'absent'))).toEqual({ found: 'nothing' })
  expect(files().read(join(write('file', ''), 'below'))).toEqual({ found: 'nothing' })
  expect(files().read(folder)).toEqual({ found: 'unreadable', code: 'EISDIR' })
  const large = write('large', 'a'.repeat(1_048_577))
  expect(files().read(large)).toEqual({ found: 'unreadable', code: 'TOO_LARGE' })
  const [makePipe, pipe] = ['mkfifo', join(folder, 'pipe')]
  execFileSync(makePipe, [pipe])
  expect(files().read(pipe)).toEqual({ found: 'unreadable', code: 'NOT_A_FILE' })
})

test('permissions of others go, those of the owner stay', () => {
  const path = write('open.yaml', '', 0o444)
  expect(files().makeOwnerOnly(path)).toBe(true)
  expect(statSync(path).mode & 0o777).toBe(0o400)
  expect(files().makeOwnerOnly(join(folder, 'absent'))).toBe(false)
})

test('settings come out of real files, below a folder that a variable names', () => {
  mkdirSync(join(folder, 'home'))
  write('home/credentials.yaml', 'api_key: sk_user_1\n', 0o644)
  write('home/config.yaml', 'timeout: 7\n', 0o644)
  const surroundings = {
    ...findSurroundings(),
    env: { CHRONICLE_CONFIG_DIR: join(folder, 'home') },
  }
  const { problems, warnings, settings } = resolveSettings(chronicle, { surroundings })
  expect(problems).toEqual([])
  expect(warnings).toHaveLength(1)
  expect(settings.map(({ winner }) => winner?.value).slice(0, 3)).toEqual([
    'sk_user_1',
    'https://api.methodiclabs.ai',
    7,
  ])
  expect(statSync(join(folder, 'home', 'credentials.yaml')).mode & 0o777).toBe(0o600)
})

test('waiting ends early when the signal says so, with its reason', async () => {
  const { sleep, random, uuid } = findTransport()
  await sleep(0, undefined)
  const stop = new AbortController()
  const waiting = sleep(60_000, stop.signal)
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(sleep(0, stop.signal)).rejects.toThrow('enough')
  const drawn = random()
  expect(drawn >= 0 && drawn < 1).toBe(true)
  expect(uuid()).not.toBe(uuid())
})
