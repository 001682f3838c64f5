import type { Source } from './resolution.ts'

/** A source in words: `CHRONICLE_API_KEY`, `apiKey`, a path with its line. `home` shortens paths to `~`. */
export function describeSource(source: Source, home?: string): string {
  switch (source.layer) {
    case 'argument':
      return source.name
    case 'environment':
      return source.variable
    case 'default':
      return 'default'
    case 'files': {
      const line = source.line === undefined ? '' : `:${source.line}`
      const section = source.section === undefined ? '' : ` (${source.section})`
      return `${shorten(source.path, home)}${line}${section}`
    }
  }
}

/** How to give another credential in the place of one that is refused: a stored one is what a login replaces. */
export function describeRemedy(source: Source, login?: string, home?: string): string {
  const place = describeSource(source, home)
  if (source.layer === 'argument') return `give a valid credential as ${place}`
  const isStored = source.layer === 'files' && login !== undefined
  return `${isStored ? `run '${login}', or ` : ''}put a valid credential into ${place}`
}

function shorten(path: string, home: string | undefined): string {
  if (home === undefined || home === '' || !path.startsWith(home)) return path
  const rest = path.slice(home.length)
  return /^[/\\]/.test(rest) ? `~${rest}` : path
}
