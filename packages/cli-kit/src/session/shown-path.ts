import type { World } from '../world/world.ts'

/** A path as people write it: below the home folder it begins with `~`. */
export function shownPath(path: string, { home }: Pick<World, 'home'>): string {
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
