/**
 * A document as JSON. What would steer or turn a terminal is written as escapes, which say the same to whoever parses it: a
 * person can be the one who reads it.
 */
export function jsonText(document: unknown, indent?: number): string {
  return JSON.stringify(document, null, indent).replaceAll(STEERING, escaped)
}

/** JSON itself escapes the control characters below the space. */
const STEERING = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
