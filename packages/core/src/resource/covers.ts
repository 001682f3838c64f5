/**
 * Whether a resource covers another: itself and everything below it (DESIGN 2, sentence 1).
 * Both names are canonical; `organizations/org_1` does not cover `organizations/org_10`.
 */
export function covers(resource: string, requested: string): boolean {
  if (requested.length === resource.length) return requested === resource
  return (
    requested.length > resource.length &&
    requested.charCodeAt(resource.length) === 47 /* slash */ &&
    requested.startsWith(resource)
  )
}

/** The resource and everything above it, nearest first: `a/1/b/2` gives `a/1/b/2` and `a/1`. */
export function withAncestors(resource: string): readonly string[] {
  const names = [resource]
  const segments = resource.split('/')
  for (let length = segments.length - 2; length > 0; length -= 2) {
    names.push(segments.slice(0, length).join('/'))
  }
  return names
}
