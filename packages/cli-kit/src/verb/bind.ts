/** `bind` and `unbind`: the profile that counts in a folder and below it, whatever other shells do. */
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow } from '../session/resolved.ts'
import { shownPath } from '../session/shown-path.ts'
import type { Given } from '../tree/catalogue.ts'

export async function bind(context: Context, { argument = '', rest }: Given): Promise<void> {
  const { brand, out, world } = context
  const store = await requireStore(context)
  const folder = await folderOf(context, rest[0])
  if (!(await store.bind(folder, argument))) {
    const names = (await store.entries()).map(({ name }) => name)
    throw new Failure('not_found', `There is no stored login called ${argument}.`, {
      hint: names.length === 0 ? 'None are stored.' : `There are ${names.join(', ')}.`,
    })
  }
  out.answer({ folder, profile: argument }, [])
  out.note(`${argument} is used in ${shownPath(folder, world)} and below it.`)
  const variable = `${brand.env}_PROFILE`
  if (world.env[variable]) out.warn(`${variable} is set and counts before it.`)
}

export async function unbind(context: Context, { argument }: Given): Promise<void> {
  const { out, world } = context
  const store = await requireStore(context)
  const folder = await folderOf(context, argument)
  const shown = shownPath(folder, world)
  if (!(await store.bind(folder, undefined))) {
    throw new Failure('not_found', `${shown} is bound to no profile.`)
  }
  const profile = resolveNow(context).profile ?? 'default'
  out.answer({ folder, profile: null }, [])
  out.note(`${shown} is bound to no profile any more; ${profile} is used.`)
}

/** As the system names it, which is how a process there knows it. */
async function folderOf({ world }: Context, named = '.'): Promise<string> {
  const path = resolve(world.folder, named)
  return realpath(path).catch((error: NodeJS.ErrnoException) => {
    // A folder that is gone can still be taken off the list.
    if (error.code === 'ENOENT') return path
    throw error
  })
}
