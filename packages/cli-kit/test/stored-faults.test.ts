// Stored files that are broken, closed or odd, in each layout: what is wrong is told with its place and fix, and nothing of
// the file is lost.

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { AUTOLAB, CHRONARY, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret } from './world/product.ts'
import { canRunAsSomebody, runAsSomebody } from './world/somebody.ts'

const HOST = 'https://autolab.example'

/** Methodic with every command that fits its files. */
const { isStrict: _, commands: __, ...open } = METHODIC
const OPEN_METHODIC: CommandLine = open

interface Layout {
  readonly layout: string
  readonly line: CommandLine
  readonly product: 'AUTOLAB' | 'CHRONARY'
  readonly file: string
  readonly login: readonly string[]
  readonly key: string
  readonly other: string
  /** The file with these sections. */
  readonly text: (sections: string) => string
  readonly read: readonly string[]
  readonly config: readonly string[]
  readonly leave: readonly string[]
}

const profiles: Layout = {
  layout: 'profiles-json',
  line: CHRONARY,
  product: 'CHRONARY',
  file: '.config/chronary/config.json',
  login: ['auth', 'login', '--no-verify', '--with-token'],
  key: newSecret('chr_sk'),
  other: newSecret('chr_sk'),
  text: (sections) => `{\n"profiles": ${sections}\n}\n`,
  read: ['auth', 'status', '--offline'],
  config: ['config', 'set', 'base_url', 'https://a.example'],
  leave: ['auth', 'logout'],
}

const hosts: Layout = {
  layout: 'hosts-json',
  line: AUTOLAB,
  product: 'AUTOLAB',
  file: '.config/autolab/credentials.json',
  login: ['login', '--no-verify', '--with-token'],
  key: newSecret('al'),
  other: newSecret('al'),
  text: (sections) => `{\n"hosts": ${sections}\n}\n`,
  read: ['token'],
  config: ['switch', HOST],
  leave: ['logout'],
}

describe.each([profiles, hosts])('a file of $layout', (given) => {
  const { line, product, file, login, key, other, text, read, config, leave } = given
  const name = product === 'AUTOLAB' ? HOST : 'default'
  const field = line.brand.credential.name
  const play = (home: Home, args: readonly string[]) => home.play(line, { args, piped: key })

  test.each([
    ['ends in the middle', text(`{"${name}": {"${field}": "${other}`).slice(0, -3), 2],
    ['is a list', '[]\n', 1],
    ['is text', '"hello"\n', 1],
    [
      'names a profile or host twice',
      text(`{"${name}": {"${field}": "${other}"},\n"${name}": {}}`),
      3,
    ],
    ['names a setting twice', text(`{"${name}": {"${field}": "${other}",\n"${field}": "b"}}`), 3],
    ['has sections that are a list', text('[]'), 2],
    ['has a section that is text', text(`{"${name}": "${other}"}`), 2],
    ['names with a number what counts', `{"active": 5,\n"${file}": 1}\n`, 1],
    ['is followed by more', `${text('{}')}{}\n`, 4],
    ['is no UTF-8', `\u0000\uFFFD`, 1],
  ])('that %s is told with line and fix by reading and by writing, and stays', async (...fault) => {
    const [, broken, at] = fault
    const home = new Home()
    await home.put({ [file]: broken })
    for (const args of [read, login, config, leave]) {
      const { exit, stdout, stderr } = await play(home, args)
      expect([args, exit === 1 || (args === read && exit === 4), stdout.includes(other)]).toEqual([
        args,
        true,
        false,
      ])
      const told = stderr.match(/\.json(?::(\d+))? /)?.[1]
      expect([args, told]).toEqual([args, String(at)])
      expect(stderr).not.toContain(other)
      expect(stderr).not.toContain('should not happen')
    }
    expect(home.read(file)).toBe(broken)
    expect(home.files()).toEqual([`600 ${file}`])
  })

  test('that is empty has no login, and takes one', async () => {
    const home = new Home()
    await home.put({ [file]: '' })
    expect((await play(home, login)).exit).toBe(0)
    expect(home.read(file)).toContain(key)
  })

  test('with a byte-order mark, names of objects and fields of the future is read, and keeps them', async () => {
    const home = new Home()
    const account = 'rawJSON' in JSON ? '12345678901234567890' : '1'
    const kept = `"__proto__": {"x": ${account}}, "constructor": [1.5, null]`
    const sections = `{"https://b.example": {"${field}": "${other}", ${kept}}}`
    await home.put({ [file]: `\uFEFF{"future": {${kept}}, ${text(sections).trim().slice(1)}` })
    expect((await play(home, login)).exit).toBe(0)
    const after = home.read(file)
    expect(after.match(new RegExp(`"__proto__": \\{\\s*"x": ${account}\\s*\\}`, 'g'))).toHaveLength(
      2,
    )
    expect(after.match(/"constructor": \[\s*1.5,\s*null\s*\]/g)).toHaveLength(2)
    for (const secret of [key, other]) expect(after).toContain(secret)
  })

  test('whose credential is a number is told, and a login mends it', async () => {
    const home = new Home()
    await home.put({ [file]: text(`{"${name}": {"${field}": 5, "team": "blue"}}`) })
    const { stderr } = await play(home, read)
    expect(stderr).toMatch(/must be a key or token|cannot be used|must be/i)
    expect((await play(home, login)).exit).toBe(0)
    expect(home.read(file)).toContain('"team": "blue"')
    expect(home.read(file)).toContain(key)
  })

  test('with a folder, a pipe or something huge in its place is told, and that stays', async () => {
    const told = []
    for (const put of [
      (path: string) => mkdirSync(path, { recursive: true }),
      (path: string) => makePipe(path),
      (path: string) => makeHuge(path),
    ]) {
      const home = new Home()
      const path = join(home.path, file)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      put(path)
      for (const args of [read, login]) {
        const { exit, stderr } = await play(home, args)
        expect(exit).not.toBe(0)
        told.push(stderr.includes('cannot be'))
      }
      rmSync(path, { recursive: true })
    }
    expect(told).toEqual([true, true, true, true, true, true])
  })

  test('on a disk that is full stays as it was, and the failure says so', async () => {
    const home = new Home()
    const filled = text(
      `{"https://b.example": {"${field}": "${other}", "x": "${'y'.repeat(3000)}"}}`,
    )
    await home.put({ [file]: filled })
    const full = { product, args: login, piped: key, before: "trap '' XFSZ; ulimit -f 1" } as const
    const { exit, stderr } = await runAsSomebody(home, full)
    expect({ exit, told: stderr.includes('cannot be used') }).toEqual({ exit: 1, told: true })
    expect(stderr).not.toContain(key)
    expect(home.read(file)).toBe(filled)
    expect(home.files()).toEqual([`600 ${file}`])
  })
})

function makeHuge(path: string): void {
  writeFileSync(path, '')
  truncateSync(path, 2 ** 31)
}

function makePipe(path: string): void {
  const program = 'mkfifo'
  execFileSync(program, [path])
}

describe('a credential file in YAML', () => {
  const FILE = '.methodic/credentials.yaml'
  const OTHER = newSecret('sk_user')

  test.each([
    ['ends in the middle', `api_key: "${OTHER}`],
    ['names the key twice', `api_key: ${OTHER}\napi_key: b\n`],
    ['is a list', `- ${OTHER}\n`],
  ])('that %s is told by logout without a word of it, and stays', async (_fault, text) => {
    const home = new Home()
    await home.put({ [FILE]: text })
    const { exit, stderr } = await home.play(OPEN_METHODIC, { args: ['logout'] })
    expect(exit).toBe(1)
    expect(stderr).toMatch(/credentials\.yaml:\d /)
    expect(stderr).not.toContain(OTHER.slice(0, 12))
    expect(stderr).not.toContain('should not happen')
    expect(home.read(FILE)).toBe(text)
  })
})

describe.skipIf(!canRunAsSomebody())('to somebody who is not root', () => {
  const { file, key, other, text } = profiles
  const stored = text(`{"default": {"api_key": "${other}"}}`)

  test('a file that cannot be read is told, and is not written over', async () => {
    const home = new Home()
    await home.put({ [file]: { text: stored, mode: 0o000 } })
    for (const args of [profiles.read, profiles.login]) {
      const { exit, stderr } = await runAsSomebody(home, { product: 'CHRONARY', args, piped: key })
      expect([1, 4]).toContain(exit)
      expect(stderr).toMatch(/EACCES|permission denied/)
    }
    expect(home.read(file)).toBe(stored)
    expect(home.modeOf(file)).toBe('0')
  })

  test('a folder that cannot be written is read from, and a login there is refused before it is made', async () => {
    const home = new Home()
    await home.put({ [file]: stored })
    chmodSync(dirname(join(home.path, file)), 0o500)
    const read = await runAsSomebody(home, { product: 'CHRONARY', args: profiles.read })
    expect(read.exit).toBe(0)
    const login = { product: 'CHRONARY', args: profiles.login, piped: key } as const
    const { exit, stderr } = await runAsSomebody(home, login)
    expect({ exit, stored: home.read(file) }).toEqual({ exit: 1, stored })
    expect(stderr).toContain('permission denied')
    chmodSync(dirname(join(home.path, file)), 0o700)
  })

  test.each(['umask 0', 'umask 022', 'umask 077'])(
    'files and folders are owner-only under %s',
    async (before) => {
      const home = new Home()
      const login = { product: 'CHRONARY', args: profiles.login, piped: key, before } as const
      const { exit } = await runAsSomebody(home, login)
      expect(exit).toBe(0)
      expect(home.files()).toEqual([`600 ${file}`])
      expect(home.modeOf('.config/chronary')).toBe('700')
    },
  )
})

describe('folders and links', () => {
  const { file, key, login } = profiles

  test('an own folder that is open to others is closed by a login', async () => {
    const home = new Home()
    mkdirSync(join(home.path, '.config'), { mode: 0o755 })
    mkdirSync(dirname(join(home.path, file)))
    chmodSync(dirname(join(home.path, file)), 0o775)
    expect((await home.play(CHRONARY, { args: login, piped: key })).exit).toBe(0)
    expect(home.modeOf('.config/chronary')).toBe('700')
    expect(home.modeOf('.config')).toBe('755')
  })

  test.each([
    ['CHRONICLE_CONFIG', 'etc/one.yaml', 'etc/one.yaml'],
    ['CHRONICLE_CONFIG_DIR', 'etc', 'etc/credentials.yaml'],
  ])('the folder that %s names keeps its mode', async (variable, named, written) => {
    const home = new Home()
    mkdirSync(join(home.path, 'etc'))
    chmodSync(join(home.path, 'etc'), 0o755)
    const env = { [variable]: join(home.path, named) }
    const typed = `${newSecret('sk_user')}\r`
    const { exit } = await home.play(METHODIC, {
      args: ['auth', 'login', '--no-verify'],
      env,
      typed,
    })
    expect([exit, home.modeOf('etc'), home.files()]).toEqual([0, '755', [`600 ${written}`]])
  })

  test('a folder that everybody shares is never closed', async () => {
    const home = new Home()
    mkdirSync(join(home.path, '.config/chronary'), { recursive: true })
    chmodSync(join(home.path, '.config/chronary'), 0o1777)
    expect((await home.play(CHRONARY, { args: login, piped: key })).exit).toBe(0)
    expect(statSync(join(home.path, '.config/chronary')).mode & 0o7777).toBe(0o1777)
    expect(home.modeOf(file)).toBe('600')
  })

  test('a chain of links is followed to its end, and each link stays', async () => {
    const home = new Home()
    await home.put({ 'dotfiles/real.json': '{}' })
    mkdirSync(dirname(join(home.path, file)), { recursive: true, mode: 0o700 })
    symlinkSync('real.json', join(home.path, 'dotfiles/second.json'))
    symlinkSync('../../dotfiles/second.json', join(home.path, file))
    expect((await home.play(CHRONARY, { args: login, piped: key })).exit).toBe(0)
    expect(home.read('dotfiles/real.json')).toContain(key)
    expect(statSync(join(home.path, 'dotfiles/real.json')).mode & 0o777).toBe(0o600)
    expect((await home.play(CHRONARY, { args: ['auth', 'status', '--offline'] })).exit).toBe(0)
  })

  test.each(['/proc/self/x', '/proc/x/y', '/dev/null/x', '/dev/full'])(
    'a folder that cannot be made (%s) is told at once',
    async (folder) => {
      const env = { CHRONARY_CONFIG_DIR: folder }
      const { exit, stderr } = await new Home().play(CHRONARY, { args: login, env, piped: key })
      expect(exit).toBe(1)
      expect(stderr).toContain(`${folder}/config.json cannot be used: `)
    },
  )

  test.each([
    ['leads in a circle', 'config.json', 'circle'],
    ['leads to a folder that is gone', '../../gone/config.json', 'not there'],
  ])('a link that %s is told, and stays', async (_fault, target, told) => {
    const home = new Home()
    mkdirSync(dirname(join(home.path, file)), { recursive: true, mode: 0o700 })
    symlinkSync(target, join(home.path, file))
    const { exit, stderr } = await home.play(CHRONARY, { args: login, piped: key })
    expect([exit, stderr.includes(told)]).toEqual([1, true])
    expect(stderr).not.toContain('should not happen')
  })
})

describe('names that people give', () => {
  const { file, key, login, other } = profiles

  test.each(['__proto__', 'constructor', 'a b/../c', '-x', '日本', '{name}', 'a"b\\'])(
    'a profile called %s is stored, counted and taken away',
    async (profile) => {
      const home = new Home()
      await home.put({ [file]: `{"profiles": {"default": {"api_key": "${other}"}}}` })
      const args = [...login, `--profile=${profile}`]
      expect((await home.play(CHRONARY, { args, piped: key })).exit).toBe(0)
      const env = { CHRONARY_PROFILE: profile }
      const status = await home.play(CHRONARY, { args: [...profiles.read, '--json'], env })
      expect(JSON.parse(status.stdout)).toMatchObject({ profile })
      expect(status.exit).toBe(0)
      expect((await home.play(CHRONARY, { args: ['auth', 'logout'], env })).exit).toBe(0)
      expect(home.read(file)).not.toContain(key)
      expect(home.read(file)).toContain(other)
    },
  )

  test('a profile without a name is refused before anything is asked', async () => {
    const home = new Home()
    const { exit } = await home.play(CHRONARY, { args: [...login, '--profile', ''], piped: key })
    expect([exit, home.files()]).toEqual([2, []])
  })

  test('a host with a final slash is the same login, and goes on to count', async () => {
    const home = new Home()
    const old = newSecret('al')
    await home.put({
      [hosts.file]: `{"active": "${HOST}/", "hosts": {"${HOST}/": {"token": "${old}", "team": 1}}}`,
    })
    await home.play(AUTOLAB, { args: hosts.login, piped: hosts.key })
    expect((await home.play(AUTOLAB, { args: ['token'] })).stdout).toBe(`${hosts.key}\n`)
    expect(home.read(hosts.file)).not.toContain(old)
    expect(home.read(hosts.file)).toContain('"team": 1')
  })
})
