// What a program finds around it, when nobody says otherwise: the one file of this package that knows the clock, the
// environment and the file system. Modules of Node are asked for when they are needed, so browsers can load this too.

import type { FileRead, FileReader, Surroundings, Transport } from './surroundings.ts'

type FileSystem = ReturnType<typeof process.getBuiltinModule<'node:fs'>>
type Builtins = Pick<typeof process, 'getBuiltinModule' | 'platform'>

/** Settings are small. More than this is some other file. */
const FILE_BYTES_MAX = 1_048_576

/** Node, Bun and Deno have it, browsers do not. */
function host(): typeof process | undefined {
  return (globalThis as { readonly process?: typeof process }).process
}

/** The place where this program runs. */
export function findSurroundings(): Surroundings {
  const found = host()
  const hasModules = typeof found?.getBuiltinModule === 'function'
  return {
    env: (environment ??= envOf(found)),
    platform: found?.platform ?? 'browser',
    // A user without an entry in the system's list of users has no home, as in a container.
    home: hasModules ? unlessRefused(() => found.getBuiltinModule('node:os').homedir()) : undefined,
    // The folder can have been deleted under the program.
    cwd: hasModules ? unlessRefused(() => found.cwd()) : undefined,
    files: hasModules ? openFiles(found) : undefined,
  }
}

/** The network, clock and randomness of this program. */
export function findTransport(): Transport {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    sleep,
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    uuid: () => crypto.randomUUID(),
  }
}

/** One for the whole program: what a keychain gave is kept by it. */
let environment: Surroundings['env'] | undefined

// Deno throws for a variable that the program may not read: there it is as if it were not set. The target is an object of
// ours, because a trap of a proxy looks at its target too.
function envOf(found: typeof process | undefined): Surroundings['env'] {
  const env = found?.env ?? {}
  const read = (name: string | symbol): string | undefined => unlessRefused(() => env[String(name)])
  return new Proxy<Surroundings['env']>(
    {},
    {
      get: (_, name) => read(name),
      ownKeys: () => Reflect.ownKeys(env),
      getOwnPropertyDescriptor: (_, name) => ({
        value: read(name),
        enumerable: true,
        configurable: true,
      }),
    },
  )
}

/** What the system gives; nothing where it throws. */
function unlessRefused<Found>(look: () => Found): Found | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

function openFiles(found: Builtins): FileReader {
  const fs = found.getBuiltinModule('node:fs')
  const isWindows = found.platform === 'win32'
  return {
    read(path) {
      try {
        return readRegular(fs, path, isWindows)
      } catch (error) {
        return whyNot(fs, path, codeOf(error))
      }
    },
    makeOwnerOnly(path) {
      try {
        fs.chmodSync(path, fs.statSync(path).mode & 0o700)
        return true
      } catch {
        return false
      }
    },
    loadYaml() {
      return unlessRefused(() => {
        const require = found.getBuiltinModule('node:module').createRequire(import.meta.url)
        return require('yaml') as ReturnType<FileReader['loadYaml']>
      })
    },
  }
}

// Mode and text are of one open file, so nobody exchanges it in between; not blocking, because a pipe would.
function readRegular(fs: FileSystem, path: string, isWindows: boolean): FileRead {
  // Windows does not have the flag, and counts it as nothing.
  const file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
  try {
    const stats = fs.fstatSync(file)
    if (stats.isDirectory()) return { found: 'unreadable', code: 'EISDIR' }
    if (!stats.isFile()) return { found: 'unreadable', code: 'NOT_A_FILE' }
    if (stats.size > FILE_BYTES_MAX) return { found: 'unreadable', code: 'TOO_LARGE' }
    const text = fs.readFileSync(file, 'utf8')
    return { found: 'text', text, mode: isWindows ? null : stats.mode & 0o777 }
  } finally {
    fs.closeSync(file)
  }
}

function whyNot(fs: FileSystem, path: string, code: string): FileRead {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { found: 'nothing' }
  // The last one is Deno's, for what the program may not look at.
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'NotCapable')
    return { found: 'unreadable', code }
  try {
    fs.statSync(path)
    return { found: 'unreadable', code }
  } catch {
    return { found: 'closed', code }
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.name
}

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
