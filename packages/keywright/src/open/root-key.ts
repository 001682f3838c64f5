// The root key: 32 bytes from which the pepper is derived. It comes from the environment or from an owner-only file
// beside the database, made on the first start. It never lies in the database: a stolen dump alone verifies nothing.

import { hkdfSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RandomBytes } from '@keywright/token'
import { StartError } from './start-error.ts'

const ROOT_KEY_LENGTH = 32

/** The environment variable: 32 bytes as base64url, base64 or hex. */
export const ROOT_KEY_VARIABLE = 'KEYWRIGHT_ROOT_KEY'

/** Where a file database keeps its root key. */
function rootKeyPath(database: string): string {
  return `${database}.rootkey`
}

export interface RootKeyOptions {
  readonly database: string
  /** Text of the environment variable, if it is set. */
  readonly fromEnvironment: string | undefined
  readonly random: RandomBytes
}

/** @throws StartError when there is none and none may be made, or when it cannot be trusted */
export async function findRootKey(options: RootKeyOptions): Promise<Uint8Array> {
  const { database, fromEnvironment, random } = options
  if (fromEnvironment !== undefined && fromEnvironment !== '') return parseRootKey(fromEnvironment)
  if (database === ':memory:') return random(ROOT_KEY_LENGTH)
  const path = rootKeyPath(database)
  // Looked at first: a start at the same time makes the root key before the database, so one without the other is real.
  const hasDatabase = existsSync(database)
  if (existsSync(path)) return readRootKey(path)
  if (hasDatabase) {
    const fix = `Put ${path} back, or set ${ROOT_KEY_VARIABLE}; without it no stored key can be verified.`
    throw new StartError('root_key_missing', 'The database exists but its root key does not.', fix)
  }
  const made = random(ROOT_KEY_LENGTH)
  // A name of its own: in a container each start has the same process id, and a crash may have left a draft.
  const draft = `${path}.${Buffer.from(random(8)).toString('hex')}.new`
  await writeOnce(path, { draft, text: `${Buffer.from(made).toString('base64url')}\n` })
  return readRootKey(path)
}

/** The pepper that digests are stored under. */
export function pepperOf(rootKey: Uint8Array): Uint8Array {
  return derived(rootKey, 'keywright/pepper/v1')
}

/** What accounts sign cookies and seal second factors with. */
export function accountsKeyOf(rootKey: Uint8Array): Uint8Array {
  return derived(rootKey, 'keywright/accounts/v1')
}

function derived(rootKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', rootKey, '', purpose, 32))
}

async function readRootKey(path: string): Promise<Uint8Array> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const detail = `The root key ${path} can be read by others (mode ${(mode & 0o777).toString(8)}).`
    throw new StartError(
      'root_key_exposed',
      detail,
      `Run chmod 600 ${path}, and consider who had access.`,
    )
  }
  return parseRootKey((await readFile(path, 'utf8')).trim())
}

function parseRootKey(text: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(text)) return new Uint8Array(Buffer.from(text, 'hex'))
  // 43 digits hold 32 bytes; base64 and base64url differ in two of them, and Buffer reads both.
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return new Uint8Array(Buffer.from(text, 'base64url'))
  const fix = 'Give 32 bytes as hex or base64url, for instance from: openssl rand -hex 32'
  throw new StartError('root_key_malformed', 'The root key is not 32 bytes.', fix)
}

// Written whole or not at all, and never over another: two first starts at once end with one key.
async function writeOnce(
  path: string,
  { draft, text }: { readonly draft: string; readonly text: string },
): Promise<void> {
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  // A link, unlike a rename, fails when the other start was first.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
