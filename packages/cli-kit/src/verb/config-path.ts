/** `config path`: the file that settings are stored in. */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'

export async function printPath({ places, brand, out }: Context): Promise<void> {
  if (places === undefined) {
    throw new Failure('file_unusable', 'There is no place for settings: HOME is not set.', {
      hint: `Set ${brand.env}_CONFIG_DIR to a folder of yours.`,
    })
  }
  const { single, settings, credentials } = places
  const file = single ?? settings
  out.answer({ settings: file, credentials: single ?? credentials }, [file])
  await Promise.resolve()
}
