// The files of a brand as layers of values: which files count, in which order, and which profile or host of them.

import type { Brand } from '../brand/brand.ts'
import type { Entries, Entry, Parsed } from '../file/entries.ts'
import { malformed } from '../file/entries.ts'
import { parseHosts } from '../file/hosts.ts'
import type { HostsDocument } from '../file/hosts.ts'
import type { Files } from '../file/layout.ts'
import type { Loaded } from '../file/load.ts'
import { loadFile } from '../file/load.ts'
import { placesOf } from '../file/places.ts'
import type { ProfilesDocument } from '../file/profiles.ts'
import { parseProfiles } from '../file/profiles.ts'
import { parseYaml } from '../file/yaml.ts'
import type { FileReader, Surroundings } from '../surroundings/surroundings.ts'
import { chooseProfile } from './profile.ts'
import type { ConfigProblem, Resolution } from './resolution.ts'

/** The values of one file, or of one section of it. */
export interface FileLayer {
  readonly path: string
  readonly section: string | undefined
  readonly entries: Entries
}

/** What the files give. Hosts are kept apart: which one counts is known once the server is. */
export interface FileLayers {
  readonly layers: readonly FileLayer[]
  readonly hosts: { readonly path: string; readonly document: HostsDocument } | undefined
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly string[]
  readonly files: Resolution['files']
  readonly profile: string | undefined
}

/** Files that are named by hand, instead of those where the brand keeps them. They have to exist. */
export interface NamedFiles {
  readonly config?: string | undefined
  readonly credentials?: string | undefined
}

export interface FileRequest {
  readonly surroundings: Surroundings
  readonly named: NamedFiles | undefined
  readonly profile: string | undefined
}

const NOTHING: FileLayers = {
  layers: [],
  hosts: undefined,
  problems: [],
  warnings: [],
  files: [],
  profile: undefined,
}

export function readFileLayers(brand: Brand, request: FileRequest): FileLayers {
  const { files } = brand
  const { surroundings, named } = request
  if (files === undefined) return NOTHING
  if (surroundings.files === undefined) {
    const asked = named?.config ?? named?.credentials
    return asked === undefined ? NOTHING : { ...NOTHING, problems: [noFileSystem(asked)] }
  }
  const paths = pathsOf(brand, request)
  const reading = { brand, files, reader: surroundings.files, mustExist: paths.mustExist }
  switch (files.layout) {
    case 'split-yaml':
      return readYamlFiles(reading, paths.list)
    case 'profiles-json':
      return readProfilesFile(reading, paths.list, request)
    case 'hosts-json':
      return readHostsFile(reading, paths.list)
  }
}

interface Reading {
  readonly brand: Brand
  readonly files: Files
  readonly reader: FileReader
  readonly mustExist: boolean
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

function readYamlFiles(reading: Reading, paths: readonly string[]): FileLayers {
  const { reader, brand } = reading
  const all = paths.map((path) => {
    const parse = (text: string): Parsed<Entries> => {
      const yaml = reader.loadYaml()
      if (yaml !== undefined) return parseYaml(yaml, text)
      const fix = "install the package 'yaml' beside the program, or use environment variables"
      return malformed("is YAML, and the package 'yaml' is not there", fix)
    }
    return load(reading, path, {
      parse,
      holdsSecret: (entries) => entries.has(brand.credential.name),
    })
  })
  const layers = all.flatMap(({ value }, index) =>
    value === undefined ? [] : [{ path: paths[index] ?? '', section: undefined, entries: value }],
  )
  return { ...NOTHING, ...gather(all, paths), layers }
}

function readProfilesFile(
  reading: Reading,
  paths: readonly string[],
  request: FileRequest,
): FileLayers {
  const [path] = paths
  if (path === undefined) return NOTHING
  const { name } = reading.brand.credential
  const loaded = load<ProfilesDocument>(reading, path, {
    parse: parseProfiles,
    holdsSecret: ({ profiles }) => [...profiles.values()].some((entries) => entries.has(name)),
  })
  const gathered = { ...NOTHING, ...gather([loaded], [path]) }
  if (loaded.problems.length > 0) return gathered
  const document = loaded.value ?? { active: undefined, profiles: new Map(), bindings: new Map() }
  const choice = chooseProfile(reading.brand, document, { ...request, path })
  const entries = document.profiles.get(choice.profile)
  return {
    ...gathered,
    profile: choice.profile,
    problems: choice.problem === undefined ? [] : [choice.problem],
    layers: entries === undefined ? [] : [{ path, section: choice.profile, entries }],
  }
}

function readHostsFile(reading: Reading, paths: readonly string[]): FileLayers {
  const [path] = paths
  if (path === undefined) return NOTHING
  const { credential, server } = reading.brand
  const loaded = load<HostsDocument>(reading, path, {
    parse: parseHosts,
    holdsSecret: ({ hosts }) => [...hosts.values()].some((entries) => entries.has(credential.name)),
  })
  const gathered = { ...NOTHING, ...gather([loaded], [path]) }
  if (loaded.value === undefined) return gathered
  const { active } = loaded.value
  const entry: Entry = { value: active, text: undefined, line: undefined }
  return {
    ...gathered,
    hosts: { path, document: loaded.value },
    layers:
      active === undefined
        ? []
        : [{ path, section: 'active', entries: new Map([[server.name, entry]]) }],
  }
}

function load<Value>(
  { files, reader, mustExist }: Reading,
  path: string,
  how: {
    readonly parse: (text: string) => Parsed<Value>
    readonly holdsSecret: (value: Value) => boolean
  },
): Loaded<Value> {
  const loaded = loadFile({ reader, path, whenReadable: files.whenReadable, ...how })
  if (loaded.exists || !mustExist) return loaded
  const problem = `${path} was named and is not there`
  const fix = 'name a file that exists, or none'
  return { ...loaded, problems: [{ code: 'unreadable_file', problem, fix, place: path }] }
}

function gather(
  all: readonly Loaded<unknown>[],
  paths: readonly string[],
): Pick<FileLayers, 'problems' | 'warnings' | 'files'> {
  return {
    problems: all.flatMap(({ problems }) => problems),
    warnings: all.flatMap(({ warnings }) => warnings),
    files: all.map(({ exists }, index) => ({ path: paths[index] ?? '', exists })),
  }
}

function noFileSystem(path: string): ConfigProblem {
  const problem = `${path} was named, and there is no file system here`
  return { code: 'unreadable_file', problem, fix: 'give the settings as options', place: path }
}
