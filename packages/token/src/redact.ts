/**
 * Scrubs text on its way to a log. Looks for the shape of a secret and not for its checksum, so
 * a mistyped secret goes too; a longer run of digits after a head is cut as a whole, because a
 * secret may be its beginning. One pass, linear in the text.
 */
import { digitOf, isLower, isLowerOrDigit } from './base62.ts'
import { BODY_LENGTH, HEAD_LENGTH_MAX, START_LENGTH } from './grammar.ts'

const UNDERSCORE = 95

/** Replaces every substring that is shaped like a secret by its start and `…`. */
export function redactSecrets(text: string): string {
  let redacted = ''
  let copied = 0
  let runStart = 0
  for (let index = 0; index <= text.length; index += 1) {
    if (index < text.length && digitOf(text.charCodeAt(index)) >= 0) continue
    if (index - runStart >= BODY_LENGTH && endsWithHead(text, runStart)) {
      redacted += `${text.slice(copied, runStart + START_LENGTH)}…`
      copied = index
    }
    runStart = index + 1
  }
  return copied === 0 ? text : redacted + text.slice(copied)
}

/** Whether `<head>_` stands right before the index: a lower-case letter, then words, then `_`. */
function endsWithHead(text: string, end: number): boolean {
  if (end < 2 || text.charCodeAt(end - 1) !== UNDERSCORE) return false
  const furthest = Math.max(0, end - 1 - HEAD_LENGTH_MAX)
  let previous = UNDERSCORE
  for (let index = end - 2; index >= furthest; index -= 1) {
    const code = text.charCodeAt(index)
    if (isLower(code)) return true
    if (code === UNDERSCORE ? previous === UNDERSCORE : !isLowerOrDigit(code)) return false
    previous = code
  }
  return false
}
