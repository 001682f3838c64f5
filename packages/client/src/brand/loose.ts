/**
 * A brand as it arrives: a file may be written in plain JavaScript, so nothing of the type is known to hold. The
 * checks of this folder look at this form and give back what is wrong.
 */
export interface LooseBrand {
  readonly [field: string]: unknown
}

export type LooseRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is LooseRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** A field that should be text, for a test or a message; empty when it is something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
