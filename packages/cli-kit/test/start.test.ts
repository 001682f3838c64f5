// How a command starts: what it loads, what it keeps, and where. Real processes, with a home folder of their own.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

const START = new URL('../start/start.js', import.meta.url).href

const BIN = `
  import { start } from ${JSON.stringify(START)}
  await start({
    name: 'acme',
    manifest: new URL('package.json', import.meta.url),
    load: () => import('./cli.ts'),
  })
`

/** A product's command line, whose greeting is in a module of its own. */
class Product {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'start-')))
  readonly home = join(this.folder, 'home')
  readonly kept = join(this.home, '.cache', 'acme', 'compiled')

  constructor() {
    mkdirSync(this.home)
    this.write('package.json', JSON.stringify({ version: '1.2.3', type: 'module' }))
    this.write('bin.js', BIN)
    this.write('cli.ts', `import { said } from './said.ts'\nconsole.log(said as string)`)
    this.say('hello')
  }

  say(text: string): void {
    this.write('said.ts', `export const said: string = '${text}'`)
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  run({
    args = [],
    env = {},
  }: {
    readonly args?: readonly string[]
    readonly env?: Readonly<Record<string, string>>
  } = {}) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(this.folder, 'bin.js'), ...args],
      { env: { HOME: this.home, ...env }, encoding: 'utf8' },
    )
    return { stdout, stderr, status }
  }

  /** What Node says of its cache on the way, about one file. */
  cacheWords(file: string): string[] {
    // Node says it on standard output, ahead of everything that the command prints.
    const { stdout, stderr } = this.run({ env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } })
    return `${stdout}${stderr}`.split('\n').filter((line) => line.includes(`/${file}`))
  }
}

const HELLO = { stdout: 'hello\n', stderr: '', status: 0 }

let product: Product
beforeEach(() => {
  product = new Product()
  const { folder } = product
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

test('the version is that of the manifest, and nothing else is loaded to say it', () => {
  product.write('cli.ts', `throw new Error('loaded')`)
  const ran = product.run({ args: ['--version'] })
  expect(ran).toEqual({ stdout: '1.2.3\n', stderr: '', status: 0 })
  expect(existsSync(product.kept)).toBe(false)
})

test('what a start compiled is kept where only the person can look, and is used by the next one', () => {
  expect(product.run()).toEqual(HELLO)
  for (const folder of [product.kept, join(product.kept, '..'), join(product.kept, '../..')]) {
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  }
  const words = product.cacheWords('said.ts').join('\n')
  expect(words).toMatch(/transpile cache for StrippedTypeScript \S+\/said\.ts\.\.\.success/)
  expect(words).toMatch(/code cache for ESM \S+\/said\.ts was accepted/)
})

test('a source that has changed is seen by the next start', () => {
  product.run()
  product.run()
  product.say('good morning')
  expect(product.run().stdout).toBe('good morning\n')
})

test('what was kept and is damaged is compiled anew', () => {
  product.run()
  for (const entry of readdirSync(product.kept, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'not what it was')
  }
  expect(product.run()).toEqual(HELLO)
})

test('XDG_CACHE_HOME is where it is kept; a relative one counts as none', () => {
  const cache = join(product.folder, 'elsewhere')
  expect(product.run({ env: { XDG_CACHE_HOME: cache } })).toEqual(HELLO)
  expect(existsSync(join(cache, 'acme', 'compiled'))).toBe(true)
  expect(existsSync(product.kept)).toBe(false)
  expect(product.run({ env: { XDG_CACHE_HOME: 'elsewhere' } })).toEqual(HELLO)
  expect(existsSync(product.kept)).toBe(true)
})

test('NODE_COMPILE_CACHE names another folder, and NODE_DISABLE_COMPILE_CACHE none', () => {
  const cache = join(product.folder, 'theirs')
  expect(product.run({ env: { NODE_COMPILE_CACHE: cache } })).toEqual(HELLO)
  expect([existsSync(cache), existsSync(product.kept)]).toEqual([true, false])
  expect(product.run({ env: { NODE_DISABLE_COMPILE_CACHE: '1' } })).toEqual(HELLO)
  expect(existsSync(product.kept) && readdirSync(product.kept)).toEqual([])
})

describe('a command starts all the same, and keeps nothing', () => {
  test('where the cache folder cannot be made', () => {
    writeFileSync(join(product.home, '.cache'), '')
    expect(product.run()).toEqual(HELLO)
  })

  test('where others can write to it', () => {
    mkdirSync(product.kept, { recursive: true })
    chmodSync(product.kept, 0o777)
    expect(product.run()).toEqual(HELLO)
    chmodSync(product.kept, 0o700)
    chmodSync(join(product.kept, '..'), 0o777)
    expect(product.run()).toEqual(HELLO)
    expect(readdirSync(product.kept)).toEqual([])
  })

  test('where others could put a folder of theirs in its place', () => {
    const cache = join(product.folder, 'shared')
    const env = { XDG_CACHE_HOME: cache }
    mkdirSync(cache)
    chmodSync(cache, 0o777)
    expect(product.run({ env })).toEqual(HELLO)
    expect(readdirSync(cache)).toEqual([])
    // Where each can rename only what is theirs, as in /tmp, nobody could.
    chmodSync(cache, 0o1777)
    expect(product.run({ env })).toEqual(HELLO)
    expect(readdirSync(join(cache, 'acme', 'compiled'))).not.toEqual([])
  })

  test.skipIf(process.getuid?.() !== 0)('where the folder above is of somebody else', () => {
    const cache = join(product.folder, 'theirs')
    mkdirSync(cache, { mode: 0o755 })
    chownSync(cache, 65_534, 65_534)
    expect(product.run({ env: { XDG_CACHE_HOME: cache } })).toEqual(HELLO)
    expect(readdirSync(cache)).toEqual([])
  })

  test('where a link is in its place', () => {
    const elsewhere = join(product.folder, 'elsewhere')
    mkdirSync(elsewhere)
    mkdirSync(join(product.kept, '..'), { recursive: true })
    symlinkSync(elsewhere, product.kept)
    expect(product.run()).toEqual(HELLO)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test.skipIf(process.getuid?.() !== 0)(
    'where the home folder is of somebody else, as under sudo',
    () => {
      chownSync(product.home, 65_534, 65_534)
      expect(product.run()).toEqual(HELLO)
      expect(readdirSync(product.home)).toEqual([])
    },
  )

  test.skipIf(process.getuid?.() !== 0)('where it is of somebody else', () => {
    mkdirSync(product.kept, { recursive: true })
    chownSync(product.kept, 65_534, 65_534)
    expect(product.run()).toEqual(HELLO)
    expect(readdirSync(product.kept)).toEqual([])
  })
})

test('programs that a command runs keep nothing in its folder', () => {
  product.write(
    'cli.ts',
    `import { execFileSync } from 'node:child_process'
     const asks = "process.stdout.write(String(require('node:module').getCompileCacheDir()))"
     process.stdout.write(execFileSync(process.execPath, ['-e', asks], { encoding: 'utf8' }))`,
  )
  expect(product.run().stdout).toBe('undefined')
})
