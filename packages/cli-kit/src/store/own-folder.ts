import type { Brand, FilePlaces } from '@keywright/client'
import type { World } from '../world/world.ts'

/**
 * Whether the folder of the stored login is the product's own, which nobody else may enter. One that a variable names may be
 * anybody's, as /etc: what is made there is closed, what was there is left as it is.
 */
export function isFolderOwn(
  { env: prefix }: Pick<Brand, 'env'>,
  { single }: Pick<FilePlaces, 'single'>,
  { env }: Pick<World, 'env'>,
): boolean {
  return single === undefined && !env[`${prefix}_CONFIG_DIR`]
}
