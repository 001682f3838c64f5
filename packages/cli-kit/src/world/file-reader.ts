/** Reads settings files for the client's resolver, from the file system of this machine. */
import { chmodSync, closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FileRead, FileReader } from '@keywright/client'

/** Settings are small; a file that is not is no settings file, and a pipe would be waited for. */
const BYTES_MAX = 1 << 20

const load = createRequire(import.meta.url)

/** Modes mean nothing on Windows, where the profile's access lists protect the files. */
export function fileReader(platform: NodeJS.Platform): FileReader {
  return {
    read: (path) => readFile(path, platform),
    makeOwnerOnly(path) {
      try {
        chmodSync(path, 0o600)
        return true
      } catch {
        return false
      }
    },
    // Loaded when a file is there to be read: it is the largest of all modules.
    loadYaml: () => load('yaml') as ReturnType<FileReader['loadYaml']>,
  }
}

function readFile(path: string, platform: NodeJS.Platform): FileRead {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    return refusedOpen(error)
  }
  try {
    const stats = fstatSync(file)
    if (stats.isDirectory()) return { found: 'unreadable', code: 'EISDIR' }
    if (!stats.isFile()) return { found: 'unreadable', code: 'NOT_A_FILE' }
    if (stats.size > BYTES_MAX) return { found: 'unreadable', code: 'TOO_LARGE' }
    const mode = platform === 'win32' ? null : stats.mode & 0o777
    return { found: 'text', text: readFileSync(file, 'utf8'), mode }
  } catch (error) {
    return { found: 'unreadable', code: codeOf(error) }
  } finally {
    closeSync(file)
  }
}

function refusedOpen(error: unknown): FileRead {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return { found: 'nothing' }
  return { found: 'unreadable', code }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown'
}
