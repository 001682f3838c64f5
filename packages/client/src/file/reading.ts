// What layouts have in common when they read: the files as layers of values, with what was noticed on the way.

import type { Brand } from '../brand/brand.ts'
import type { ConfigProblem, Resolution } from '../resolve/resolution.ts'
import type { FileReader, Surroundings } from '../surroundings/surroundings.ts'
import type { Entries, Parsed } from './entries.ts'
import type { Loaded } from './load.ts'
import { loadFile } from './load.ts'

/** The values of one file, or of one section of it. */
export interface FileLayer {
  readonly path: string
  readonly section: string | undefined
  readonly entries: Entries
}

/** What the files give. */
export interface FileLayers {
  readonly layers: readonly FileLayer[]
  /** The entry of a server, in a layout that has entries of servers: which one counts is known once the server is. */
  readonly layerFor: ((server: string) => FileLayer | undefined) | undefined
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly string[]
  readonly files: Resolution['files']
  readonly profile: string | undefined
}

/** What a layout reads with. */
export interface Reading {
  readonly brand: Brand
  readonly reader: FileReader
  readonly whenReadable: 'repair' | 'refuse'
  /** Highest precedence first. */
  readonly paths: readonly string[]
  readonly mustExist: boolean
  readonly surroundings: Surroundings
  readonly profile: string | undefined
}

export const NOTHING: FileLayers = {
  layers: [],
  layerFor: undefined,
  problems: [],
  warnings: [],
  files: [],
  profile: undefined,
}

/** Opens one of the files. */
export function load<Value>(
  { reader, whenReadable, mustExist }: Reading,
  path: string,
  how: {
    readonly parse: (text: string) => Parsed<Value>
    readonly holdsSecret: (value: Value) => boolean
  },
): Loaded<Value> {
  const loaded = loadFile({ reader, path, whenReadable, ...how })
  if (loaded.exists || !mustExist) return loaded
  const problem = `${path} was named and is not there`
  const fix = 'name a file that exists, or none'
  return { ...loaded, problems: [{ code: 'unreadable_file', problem, fix, place: path }] }
}

/** What was noticed in all files, one after the other. */
export function gather(
  all: readonly Loaded<unknown>[],
  paths: readonly string[],
): Pick<FileLayers, 'problems' | 'warnings' | 'files'> {
  return {
    problems: all.flatMap(({ problems }) => problems),
    warnings: all.flatMap(({ warnings }) => warnings),
    files: all.map(({ exists }, index) => ({ path: paths[index] ?? '', exists })),
  }
}
