// Bundles a program on the client the way its users do.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const PACKAGE = join(import.meta.dirname, '..', '..')

/** A folder inside the repository, so that the bundle finds `yaml` as an installed program does. */
export function bundleFolder(): { readonly path: string; readonly remove: () => void } {
  const parent = join(PACKAGE, 'node_modules', '.bundles')
  mkdirSync(parent, { recursive: true })
  const path = mkdtempSync(join(parent, 'b-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Bundles and minifies; gives the code. With a file, writes it there too. */
export async function bundle(input: string, file?: string): Promise<string> {
  const build = await rolldown({
    input: join(import.meta.dirname, input),
    platform: 'neutral',
    external: ['yaml'],
    treeshake: true,
  })
  const options = { format: 'esm', minify: true, codeSplitting: false } as const
  const { output } = await (file === undefined
    ? build.generate(options)
    : build.write({ ...options, file }))
  await build.close()
  return output[0].code
}
