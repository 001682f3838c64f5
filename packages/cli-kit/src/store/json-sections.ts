/**
 * One JSON file with a section for each profile or host: `{ "active": …, "profiles": { … } }`. Fields that we do not know
 * survive each write.
 */
import { Failure } from '../output/failure.ts'

export type JsonMap = { [name: string]: unknown }

export interface Sections {
  readonly document: JsonMap
  /** Section name to its fields. */
  readonly sections: Readonly<Record<string, JsonMap>>
  readonly active: string | undefined
}

/** Reads the file's text; an absent or empty file has no sections. @throws Failure `file_unusable` */
export function readSections(text: string | undefined, group: string, path: string): Sections {
  const document = text === undefined || text.trim() === '' ? {} : parse(text, path)
  const found = document[group] ?? {}
  if (!isMap(found)) throw malformed(path, `"${group}" is not an object`)
  const sections: Record<string, JsonMap> = Object.create(null) as Record<string, JsonMap>
  for (const [name, section] of Object.entries(found)) {
    if (!isMap(section)) throw malformed(path, `"${name}" is not an object`)
    sections[name] = section
  }
  const { active } = document
  return { document, sections, active: typeof active === 'string' ? active : undefined }
}

/** The text of the file with one section changed; undefined takes the section away. */
export function writeSection(
  { document, sections, active }: Sections,
  group: string,
  change: { readonly name: string; readonly fields: JsonMap | undefined; readonly active?: string },
): string {
  const next: Record<string, JsonMap> = { ...sections }
  if (change.fields === undefined) delete next[change.name]
  else next[change.name] = change.fields
  const wanted = change.active ?? active
  // What counts by default must exist: a name that points nowhere would fail every later command.
  const remaining = wanted !== undefined && Object.hasOwn(next, wanted) ? wanted : undefined
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

function parse(text: string, path: string): JsonMap {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The parser's message quotes the text, which may be a secret.
    throw malformed(path, 'it is not JSON', error)
  }
  if (!isMap(value)) throw malformed(path, 'it is not an object')
  return value
}

function malformed(path: string, why: string, cause?: unknown): Failure {
  const place = cause instanceof SyntaxError ? lineOf(cause) : ''
  return new Failure('file_unusable', `${path}${place} cannot be read: ${why}.`, {
    hint: 'Correct it, or move the file away and log in again.',
  })
}

function lineOf(error: SyntaxError): string {
  const line = /line (\d+)/.exec(error.message)?.[1]
  return line === undefined ? '' : `:${line}`
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
