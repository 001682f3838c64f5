// Which files count for a brand, and what they say.

import type { Brand } from '../brand/brand.ts'
import { placesOf } from '../file/places.ts'
import type { FileLayers } from '../file/reading.ts'
import { NOTHING } from '../file/reading.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'
import type { ConfigProblem } from './resolution.ts'

/** Files that are named by hand, instead of those where the brand keeps them. They have to exist. */
export interface NamedFiles {
  readonly config?: string | undefined
  readonly credentials?: string | undefined
}

interface FileRequest {
  readonly surroundings: Surroundings
  readonly named: NamedFiles | undefined
  readonly profile: string | undefined
}

export function readFileLayers(brand: Brand, request: FileRequest): FileLayers {
  const { files } = brand
  const { surroundings, named, profile } = request
  if (files === undefined) return NOTHING
  const reader = surroundings.files
  if (reader === undefined) {
    const asked = named?.config ?? named?.credentials
    return asked === undefined ? NOTHING : { ...NOTHING, problems: [noFileSystem(asked)] }
  }
  const { whenReadable } = files
  const { list, mustExist } = pathsOf(brand, request)
  return files.read({ brand, reader, whenReadable, paths: list, mustExist, surroundings, profile })
}

/** Highest precedence first. What somebody named has to exist; what a brand keeps for itself need not. */
function pathsOf(
  brand: Brand,
  { surroundings, named }: FileRequest,
): { readonly list: readonly string[]; readonly mustExist: boolean } {
  const isGiven = (path: string | undefined): path is string => path !== undefined && path !== ''
  if (named !== undefined) {
    return { list: [named.credentials, named.config].filter(isGiven), mustExist: true }
  }
  const places = placesOf(brand, surroundings)
  if (places === undefined) return { list: [], mustExist: false }
  if (places.single !== undefined) return { list: [places.single], mustExist: true }
  return { list: [...new Set([places.credentials, places.settings])], mustExist: false }
}

function noFileSystem(path: string): ConfigProblem {
  const problem = `${path} was named, and there is no file system here`
  return { code: 'unreadable_file', problem, fix: 'give the settings as options', place: path }
}
