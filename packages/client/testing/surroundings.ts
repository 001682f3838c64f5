// A place to run in that exists only in memory.

import * as yaml from 'yaml'
import type { FileRead, Surroundings } from '../src/surroundings/surroundings.ts'

/** A file in memory: its text, or its text with the mode it has, or why it cannot be read. */
type MemoryFile =
  | string
  | { readonly text: string; readonly mode: number; readonly isReadOnly?: boolean }
  | { readonly found: 'closed' | 'unreadable'; readonly code: string }

export interface MemoryPlace {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, MemoryFile>>
  readonly platform?: string
  readonly cwd?: string
  /** Whether the package `yaml` can be loaded. */
  readonly hasYaml?: boolean
}

const HOME = '/users/jane'
const OWNER_ONLY = 0o600

/** Surroundings of those parts; `modes` tells the mode that each file has now. */
export function surroundingsOf(place: MemoryPlace = {}): Surroundings & {
  readonly modes: Map<string, number>
} {
  const files = place.files ?? {}
  const modes = new Map<string, number>()
  for (const [path, file] of Object.entries(files)) {
    modes.set(path, typeof file === 'object' && 'mode' in file ? file.mode : OWNER_ONLY)
  }
  const read = (path: string): FileRead => {
    const file = files[path]
    if (file === undefined) return { found: 'nothing' }
    if (typeof file === 'object' && 'found' in file) return file
    const text = typeof file === 'string' ? file : file.text
    return { found: 'text', text, mode: modes.get(path) ?? null }
  }
  const makeOwnerOnly = (path: string): boolean => {
    const file = files[path]
    if (typeof file === 'object' && 'mode' in file && file.isReadOnly === true) return false
    modes.set(path, OWNER_ONLY)
    return true
  }
  return {
    env: place.env ?? {},
    platform: place.platform ?? 'linux',
    home: HOME,
    cwd: place.cwd ?? HOME,
    files: { read, makeOwnerOnly, loadYaml: () => (place.hasYaml === false ? undefined : yaml) },
    modes,
  }
}
