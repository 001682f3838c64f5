import type { World } from '../world/world.ts'

/** Who owns a file, when that is neither this user nor root: they may change it at any time, whatever its mode is now. */
export function foreignOwnerOf(
  path: string,
  { files, userId }: Pick<World, 'files' | 'userId'>,
): number | undefined {
  const read = userId === undefined ? undefined : files?.read(path)
  if (read?.found !== 'text' || read.owner === null) return undefined
  return read.owner === 0 || read.owner === userId ? undefined : read.owner
}
