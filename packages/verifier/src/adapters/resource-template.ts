// The resource of a route, written with its parameters: `organizations/-/agents/:id`. Filling it in is where a path
// segment of the outside becomes part of a resource name, so what is not exactly one id is refused, never repaired.

import { parseResource } from '@keywright/core'

/** Gives the resource of one request, or undefined when a parameter is not one resource id. */
export type FillResource = (param: (name: string) => unknown) => string | undefined

/** @throws TypeError when the template is not a resource of the definition */
export function compileResource(template: string, patterns: ReadonlySet<string>): FillResource {
  const segments = template.split('/')
  const stand = segments.map((segment, index) => (isParameter(segment, index) ? 'id' : segment))
  const pattern = parseResource(stand.join('/'))?.pattern
  if (pattern === undefined || !patterns.has(pattern)) {
    const known = [...patterns].join(', ')
    throw new TypeError(
      `guard: '${template}' is no resource of this definition. Its patterns are ${known}.`,
    )
  }
  return (param) => {
    const filled: string[] = []
    for (const [index, segment] of segments.entries()) {
      const value = isParameter(segment, index) ? param(segment.slice(1)) : segment
      // A `-` from outside would stand for whatever the caller owns.
      if (typeof value !== 'string' || (value === '-' && segment !== '-')) return undefined
      filled.push(value)
    }
    const resource = filled.join('/')
    // A slash inside a parameter makes more segments, hence another pattern.
    return parseResource(resource)?.pattern === pattern ? resource : undefined
  }
}

function isParameter(segment: string, index: number): boolean {
  return index % 2 === 1 && /^:[A-Za-z_][A-Za-z0-9_]*$/.test(segment)
}
