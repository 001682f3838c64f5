// Bundles a program on the client the way its users do: one file, and `yaml` beside it where there are files.

import { rolldown } from 'rolldown'

/** Writes `input`, a file of this folder, with everything that it imports to `file`. */
export async function bundle(input: string, file: string): Promise<void> {
  const build = await rolldown({
    input: `${import.meta.dirname}/${input}`,
    platform: 'neutral',
    external: ['yaml'],
  })
  await build.write({ file, format: 'esm', codeSplitting: false })
  await build.close()
}
