// The shape of `profiles-json`: named sets of settings, the one in use, and folders that are bound to one.

import type { Entries, Entry, Parsed } from './entries.ts'
import { malformed } from './entries.ts'
import type { JsonMap, JsonValue } from './json.ts'
import { isJsonMap, parseJson } from './json.ts'

export interface ProfilesDocument {
  readonly active: string | undefined
  readonly profiles: ReadonlyMap<string, Entries>
  /** Absolute folder to profile. */
  readonly bindings: ReadonlyMap<string, string>
}

const FIX = 'write { "profiles": { "default": { … } } }, or move the file away and log in again'

/** Reads a file of profiles; an empty object has none. */
export function parseProfiles(text: string): Parsed<ProfilesDocument> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const root = parsed.value
  if (!isJsonMap(root)) return malformed('is not an object', FIX, 1)
  const sections = parseSections(root, 'profiles', FIX)
  if (!sections.ok) return sections
  const bindings = new Map<string, string>()
  const bound = root.get('bindings')
  if (bound !== undefined && !isJsonMap(bound.value)) {
    return malformed("has 'bindings' that are no object", FIX, bound.line)
  }
  for (const [folder, { value, line }] of isJsonMap(bound?.value) ? bound.value : []) {
    if (typeof value !== 'string') return malformed('binds a folder to no profile', FIX, line)
    bindings.set(folder, value)
  }
  const active = activeOf(root, FIX)
  if (!active.ok) return active
  return { ok: true, value: { active: active.value, profiles: sections.value, bindings } }
}

/** The maps of settings below one name of the root. */
export function parseSections(
  root: JsonMap,
  name: string,
  fix: string,
): Parsed<ReadonlyMap<string, Entries>> {
  const below = root.get(name)
  if (below === undefined) return { ok: true, value: new Map() }
  if (!isJsonMap(below.value)) return malformed(`has '${name}' that is no object`, fix, below.line)
  const sections = new Map<string, Entries>()
  for (const [section, { value, line }] of below.value) {
    if (!isJsonMap(value)) return malformed(`has a part of '${name}' that is no object`, fix, line)
    sections.set(section, entriesOf(value))
  }
  return { ok: true, value: sections }
}

/** What `active` says, when it says anything. */
export function activeOf(root: JsonMap, fix: string): Parsed<string | undefined> {
  const active = root.get('active')
  if (active === undefined || active.value === null) return { ok: true, value: undefined }
  if (typeof active.value === 'string') return { ok: true, value: active.value }
  return malformed("has 'active' that is not text", fix, active.line)
}

function entriesOf(map: JsonMap): Entries {
  const entries = new Map<string, Entry>()
  for (const [name, { value, line }] of map) {
    entries.set(name, { value: scalarOf(value), text: undefined, line })
  }
  return entries
}

// What is inside a list or an object does not matter: no setting can be one.
function scalarOf(value: JsonValue): unknown {
  return isJsonMap(value) ? {} : value
}
