import type { ResourceTree } from './input.ts'

/** Whether a pattern is another or lies below it. */
export function isAtOrBelow(pattern: string, above: string): boolean {
  return pattern === above || pattern.startsWith(`${above}/`)
}

/** Every pattern of a resource tree: `organizations`, `organizations/agents`. */
export function patternsOf(tree: ResourceTree, above = ''): ReadonlySet<string> {
  const patterns = new Set<string>()
  for (const [name, below] of Object.entries(tree)) {
    const pattern = above === '' ? name : `${above}/${name}`
    patterns.add(pattern)
    for (const deeper of patternsOf(below, pattern)) patterns.add(deeper)
  }
  return patterns
}
