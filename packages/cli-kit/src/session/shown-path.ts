import type { World } from '../world/world.ts'

/** A path as people write it: below the home folder it begins with `~`. */
export function shownPath(path: string, { home }: Pick<World, 'home'>): string {
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** A text with paths in it, each as people write it. */
export function shownText(text: string, { home }: Pick<World, 'home'>): string {
  if (home === '') return text
  // Not in the middle of a longer path.
  const parts = text.split(`${home}/`)
  return parts.reduce((done, part) => `${done}${/[\w.~/-]$/.test(done) ? `${home}/` : '~/'}${part}`)
}
