/** A credential that git knows, or that is one `git add .` away from everybody. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Context } from '../../session/context.ts'
import { shownPath } from '../../session/shown-path.ts'
import type { Finding } from './finding.ts'

export async function findInGit(context: Context, path: string): Promise<readonly Finding[]> {
  const found = await findRepository(context, path)
  return found.length > 0 ? found : findCopy(context, path)
}

/** A file that is called as the credentials are, in a folder called as theirs: a copy, as of a home folder's settings. */
async function findCopy({ world }: Context, path: string): Promise<readonly Finding[]> {
  const folder = repositoryOf(world.folder, world)
  if (folder === undefined) return []
  const name = join(basename(dirname(path)), basename(path))
  const asked = ['-C', folder, 'ls-files', '--error-unmatch', '--', `:(top,glob)**/${name}`]
  const isTracked = (await world.run('git', asked, { streams: 'none', env: world.env })) === 0
  if (!isTracked) return []
  const problem = `git keeps a copy of ${name} in the repository ${shownPath(folder, world)}`
  const fix = `run: git rm --cached ':(top,glob)**/${name}'; then revoke the secret and log in again`
  return [{ code: 'tracked_by_git', problem, fix }]
}

async function findRepository({ world }: Context, path: string): Promise<readonly Finding[]> {
  const exists = await stat(path).catch(() => undefined)
  const folder = exists === undefined ? undefined : repositoryOf(dirname(path), world)
  if (folder === undefined) return []
  const shown = shownPath(path, world)
  const place = shownPath(folder, world)
  const asked = ['-C', folder, 'ls-files', '--error-unmatch', '--', path]
  const isTracked = (await world.run('git', asked, { streams: 'none', env: world.env })) === 0
  if (isTracked) {
    const problem = `${shown} holds a secret and git keeps it, in the repository ${place}`
    const fix = `run: git -C ${place} rm --cached ${shown}; then revoke the secret and log in again`
    return [{ code: 'tracked_by_git', problem, fix }]
  }
  // A home folder under version control names what it keeps; nobody adds all of it.
  if (folder === world.home) return []
  const problem = `${shown} holds a secret and lies in the repository ${place}`
  return [{ code: 'in_repository', problem, fix: 'move it out of the repository' }]
}

function repositoryOf(start: string, world: Context['world']): string | undefined {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (world.exists(join(folder, '.git'))) return folder
  }
  return undefined
}
