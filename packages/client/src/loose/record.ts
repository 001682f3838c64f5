// What arrives from elsewhere, of which nothing is known: a brand may be written in plain JavaScript, an answer by any server.

export type LooseRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is LooseRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value when it is an object, and an empty one when not: whoever looks for a field finds none. */
export function recordOf(value: unknown): LooseRecord {
  return isRecord(value) ? value : {}
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** A field that should be text, for a test or a message; empty when it is something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
