import type { Surroundings } from '@keywright/client'
import type { World } from '../world/world.ts'

/** What the client's resolver sees of this world: the SDK of the same person would see the same. */
export function surroundingsOf(world: World): Surroundings {
  const { env, platform, home, folder, files } = world
  return { env, platform, home, cwd: folder, files }
}
