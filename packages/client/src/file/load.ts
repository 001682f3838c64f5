// Opens one file of a brand with the caution that a file with secrets asks for.

import type { ConfigProblem } from '../resolve/resolution.ts'
import type { FileRead, FileReader } from '../surroundings/surroundings.ts'
import type { Malformed, Parsed } from './entries.ts'

const WRITABLE_BY_OTHERS = 0o022
const OPEN_TO_OTHERS = 0o077

/** What a file gave, and what was noticed on the way. */
export interface Loaded<Value> {
  readonly value: Value | undefined
  readonly exists: boolean
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly string[]
}

export interface LoadRequest<Value> {
  readonly reader: FileReader
  readonly path: string
  readonly whenReadable: 'repair' | 'refuse'
  readonly parse: (text: string) => Parsed<Value>
  readonly holdsSecret: (value: Value) => boolean
}

/**
 * Reads a file. One that others may write is refused, because somebody else may have chosen the server that the secret
 * goes to; one with a secret that others may read is repaired or refused, as the brand says.
 */
export function loadFile<Value>(request: LoadRequest<Value>): Loaded<Value> {
  const { reader, path } = request
  const read = reader.read(path)
  switch (read.found) {
    case 'nothing':
      return ABSENT
    case 'closed': {
      const warning = `cannot look for ${path} (${read.code}); going on as if it did not exist`
      return { ...ABSENT, warnings: [warning] }
    }
    case 'unreadable': {
      const problem = `${path} cannot be read (${read.code})`
      const fix = UNREADABLE_FIXES[read.code] ?? 'let the user who runs this read it'
      return failed({ code: 'unreadable_file', problem, fix, place: path })
    }
    case 'text':
      return loadText(request, read)
  }
}

const ABSENT: Loaded<never> = { value: undefined, exists: false, problems: [], warnings: [] }

const UNREADABLE_FIXES: Readonly<Record<string, string>> = {
  EISDIR: 'a folder is in its place; move that away',
  NOT_A_FILE: 'name a regular file',
  TOO_LARGE: 'settings are small; name the right file',
}

function loadText<Value>(
  request: LoadRequest<Value>,
  { text, mode }: Extract<FileRead, { found: 'text' }>,
): Loaded<Value> {
  const { path, parse, holdsSecret } = request
  if (mode !== null && (mode & WRITABLE_BY_OTHERS) !== 0) {
    const problem = `${path} can be changed by others (mode ${octal(mode)})`
    const fix = `look at what it says, then run: chmod go-w ${path}`
    return failed({ code: 'unsafe_file', problem, fix, place: path })
  }
  const parsed = parse(text)
  if (!parsed.ok) return failed(problemOf(path, parsed))
  const isOpen = mode !== null && (mode & OPEN_TO_OTHERS) !== 0
  if (!isOpen || !holdsSecret(parsed.value)) {
    return { ...ABSENT, value: parsed.value, exists: true }
  }
  return protect(request, parsed.value, mode)
}

function protect<Value>(request: LoadRequest<Value>, value: Value, mode: number): Loaded<Value> {
  const { reader, path, whenReadable } = request
  const problem = `${path} holds a secret and others can read it (mode ${octal(mode)})`
  const fix = `run: chmod 600 ${path}`
  if (whenReadable === 'refuse') {
    return failed({ code: 'unsafe_file', problem, fix, place: path })
  }
  // A secret that is mounted read-only, as in a container, cannot be repaired by whoever reads it.
  const isRepaired = reader.makeOwnerOnly(path)
  const warning = isRepaired
    ? `${path} holds a secret and others could read it (mode ${octal(mode)}); it is mode 600 now`
    : `${problem}; ${fix}`
  return { ...ABSENT, value, exists: true, warnings: [warning] }
}

function problemOf(path: string, { problem, fix, line }: Malformed): ConfigProblem {
  const place = line === undefined ? path : `${path}:${line}`
  return { code: 'malformed_file', problem: `${place} ${problem}`, fix, place }
}

function failed(problem: ConfigProblem): Loaded<never> {
  return { ...ABSENT, exists: true, problems: [problem] }
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(3, '0')
}
