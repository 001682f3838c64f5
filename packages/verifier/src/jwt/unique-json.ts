// JSON whose objects name nothing twice. `JSON.parse` lets the last of two equal names win and other readers the
// first, so a token with both would mean two things (RFC 8725 section 2.4, RFC 7515 section 4).

/** Deepest nesting looked into; a token of 8 KiB has no honest use for more. */
const DEPTH_MAX = 32

/** @returns the object that the text is; undefined when it is none, nests too deep or names a member twice */
export function parseUniqueObject(text: string): Record<string, unknown> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return hasUniqueNames(text) ? (value as Record<string, unknown>) : undefined
}

// The text is known to be JSON, so a string before a colon is a name, and brackets outside strings balance.
function hasUniqueNames(text: string): boolean {
  const open: Set<string>[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > DEPTH_MAX) return false
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (token.endsWith(':')) {
      const names = open.at(-1) as Set<string>
      const name = JSON.parse(token.slice(0, -1)) as string
      if (names.has(name)) return false
      names.add(name)
    }
  }
  return true
}
