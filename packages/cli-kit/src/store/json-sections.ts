/**
 * One JSON file with a section for each profile or host: `{ "active": …, "profiles": { … } }`. Fields that we do not know
 * survive each write.
 */
import { hostOf, parseHosts, parseProfiles } from '@keywright/client'
import { malformedFile } from './malformed-file.ts'

export type JsonMap = { [name: string]: unknown }

export type SectionGroup = 'profiles' | 'hosts'

export interface Sections {
  readonly document: JsonMap
  /** Section name to its fields; a host by its origin, however the file writes it. */
  readonly sections: Readonly<Record<string, JsonMap>>
  readonly active: string | undefined
}

/**
 * Reads the file's text; an absent or empty file has no sections. What the SDK refuses is refused here too: `JSON.parse`
 * alone would keep one of two names, and the next write would lose the other.
 *
 * @throws Failure `file_unusable` with file, line and fix
 */
export function readSections(
  text: string | undefined,
  group: SectionGroup,
  path: string,
): Sections {
  const plain = text?.replace(/^\uFEFF/, '') ?? ''
  const document = plain.trim() === '' ? {} : parse(plain, group, path)
  const found = document[group]
  const sections = named<JsonMap>()
  for (const [name, section] of Object.entries(isMap(found) ? found : {})) {
    if (isMap(section)) sections[sectionName(group, name)] = section
  }
  const { active } = document
  return { document, sections, active: typeof active === 'string' ? active : undefined }
}

/** What a section is called: a host by its origin, so that a final slash makes no second login. */
export function sectionName(group: SectionGroup, name: string): string {
  return group === 'hosts' ? (hostOf(name) ?? name) : name
}

/** The text of the file with one section changed; undefined takes the section away. */
export function writeSection(
  { document, sections, active }: Sections,
  group: SectionGroup,
  change: { readonly name: string; readonly fields: JsonMap | undefined; readonly active?: string },
): string {
  const next = Object.assign(named<JsonMap>(), sections)
  if (change.fields === undefined) delete next[change.name]
  else next[change.name] = change.fields
  const wanted = change.active ?? active
  // What counts by default must exist: a name that points nowhere would fail every later command.
  const isThere = wanted !== undefined && Object.hasOwn(next, sectionName(group, wanted))
  const remaining = isThere ? wanted : undefined
  const { active: _, [group]: __, ...others } = document
  const written = {
    ...(remaining !== undefined && { active: remaining }),
    ...others,
    [group]: next,
  }
  return writeDocument(written)
}

/** The text of a document, as people read it. */
export function writeDocument(document: JsonMap): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The fields with some of them changed; undefined takes one away. */
export function changed(fields: JsonMap, changes: JsonMap): JsonMap {
  const next = Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(next)
}

/** Without a prototype, because `__proto__` is a name that a profile may have. */
function named<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>
}

function parse(text: string, group: SectionGroup, path: string): JsonMap {
  const checked = group === 'hosts' ? parseHosts(text) : parseProfiles(text)
  if (checked.ok) return JSON.parse(text, asWritten) as JsonMap
  throw malformedFile(path, checked)
}

/** A number as the file writes it: of twenty digits, `JSON.parse` alone would make another one. Since Node 22. */
function asWritten(_name: string, value: unknown, found?: { readonly source?: string }): unknown {
  const source = typeof value === 'number' ? found?.source : undefined
  const isKept = source === undefined || source === String(value) || !('rawJSON' in JSON)
  return isKept ? value : (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source)
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
