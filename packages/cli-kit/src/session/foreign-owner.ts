import { statSync } from 'node:fs'
import type { World } from '../world/world.ts'

/** Who owns a file, when that is neither this user nor root: they may change it at any time, whatever its mode is now. */
export function foreignOwnerOf(
  path: string,
  { userId }: Pick<World, 'userId'>,
): number | undefined {
  const owner = userId === undefined ? undefined : ownerOf(path)
  return owner === 0 || owner === userId ? undefined : owner
}

/** The number of the user who owns it; undefined for what is no file, and for what cannot be looked at. */
function ownerOf(path: string): number | undefined {
  try {
    const stats = statSync(path)
    return stats.isFile() ? stats.uid : undefined
  } catch {
    return undefined
  }
}
