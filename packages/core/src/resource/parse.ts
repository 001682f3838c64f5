// Resource names in the style of AIP-122: collections and ids in turn, `organizations/org_1/agents/agt_7`.
// One canonical form: no empty part, no leading or trailing slash, ids of a closed alphabet, a bounded length.
// The id `-` is not a resource: it stands for "the caller's own" in a requested name (resolve.ts).

const RESOURCE_LENGTH_MAX = 512
const ID_LENGTH_MAX = 128

/** A resource name taken apart: `collections` is its pattern (`organizations/agents`), `ids` the ids in the same order. */
export interface ResourceParts {
  readonly pattern: string
  readonly ids: readonly string[]
}

/**
 * Reads a resource name.
 * @returns its parts, or undefined when the text is not a canonical resource name (it never throws)
 */
export function parseResource(name: string): ResourceParts | undefined {
  if (name.length === 0 || name.length > RESOURCE_LENGTH_MAX) return undefined
  const segments = name.split('/')
  if (segments.length % 2 !== 0) return undefined
  const collections: string[] = []
  const ids: string[] = []
  for (let index = 0; index < segments.length; index += 2) {
    const collection = segments[index] as string
    const id = segments[index + 1] as string
    if (!isCollection(collection) || !isResourceId(id)) return undefined
    collections.push(collection)
    ids.push(id)
  }
  return { pattern: collections.join('/'), ids }
}

/** True for a collection's name: lower-case letters, digits and inner hyphens or underscores. */
export function isCollection(text: string): boolean {
  return text.length <= 64 && /^[a-z][a-z0-9_-]*$/.test(text)
}

/** True for a resource id: letters, digits and `. _ ~ -`, not only dots, or `-` alone for "the caller's own". */
function isResourceId(text: string): boolean {
  return text.length > 0 && text.length <= ID_LENGTH_MAX && /^(?!\.+$)[A-Za-z0-9._~-]+$/.test(text)
}

/** True when a name has a `-` id, which stands for the caller's own resource and never names a stored one. */
export function hasOwnMarker(parts: ResourceParts): boolean {
  return parts.ids.includes('-')
}
