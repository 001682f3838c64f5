// Where a brand's files lie for one user. The folder is the same on macOS as on Linux, because that is what products
// document; on Windows an `xdg` folder lies in %APPDATA%.

import type { Brand } from '../brand/brand.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'
import type { FilePlaces } from './layout.ts'

/** The places; undefined for a brand without files, or where neither a home nor a folder is known. */
export function placesOf(
  brand: Pick<Brand, 'files' | 'env'>,
  surroundings: Surroundings,
): FilePlaces | undefined {
  const { files } = brand
  if (files === undefined) return undefined
  const directory = directoryOf(brand, surroundings)
  const single =
    files.layout === 'split-yaml'
      ? given(surroundings.env[files.singleFileVariable ?? `${brand.env}_CONFIG`])
      : undefined
  if (directory === undefined && single === undefined) return undefined
  const place = (name: string): string => join(surroundings, directory ?? '', name)
  return {
    directory: directory ?? '',
    credentials: place(files.layout === 'split-yaml' ? files.credentials : files.file),
    settings: place(files.layout === 'split-yaml' ? files.settings : files.file),
    single,
  }
}

function directoryOf(
  { files, env: prefix }: Pick<Brand, 'files' | 'env'>,
  surroundings: Surroundings,
): string | undefined {
  const { env, home, platform } = surroundings
  const chosen = given(env[`${prefix}_CONFIG_DIR`])
  if (chosen !== undefined || files === undefined) return chosen
  if ('home' in files.directory) {
    return home === undefined ? undefined : join(surroundings, home, files.directory.home)
  }
  const { xdg } = files.directory
  // The base directory specification says that a relative path here is to be ignored.
  const base = given(env.XDG_CONFIG_HOME)
  if (base?.startsWith('/')) return join(surroundings, base, xdg)
  if (platform === 'win32' && given(env.APPDATA) !== undefined) {
    return join(surroundings, env.APPDATA ?? '', xdg)
  }
  return home === undefined ? undefined : join(surroundings, home, '.config', xdg)
}

/** An empty variable counts as unset. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

function join({ platform }: Surroundings, ...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(platform === 'win32' ? '\\' : '/')
}
