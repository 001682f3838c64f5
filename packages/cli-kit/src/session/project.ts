/** The current project of products that have projects: what `--project` says, then a variable, then a file of the folder. */
import { join } from 'node:path'
import { Failure } from '../output/failure.ts'
import type { Context } from './context.ts'
import { shownPath } from './shown-path.ts'

/** `alice/nanochat` */
export interface Project {
  readonly owner: string
  readonly name: string
}

const PROJECT = /^([^/\s]+)\/([^/\s]+)$/

/**
 * @param flag what `--project` says
 * @throws Failure `usage` when no place names a project, or when the first that does names none
 */
export function currentProject(context: Context, flag: string | boolean | undefined): Project {
  const { brand, world, line } = context
  const variable = `${brand.env}_PROJECT`
  const found =
    typeof flag === 'string'
      ? { text: flag, place: '--project' }
      : world.env[variable]
        ? { text: world.env[variable], place: variable }
        : inFolder(context)
  if (found === undefined) {
    const file = line.projectFile === undefined ? '' : `, or write it into ${line.projectFile} here`
    throw new Failure('usage', 'There is no project to do this for.', {
      hint: `Say --project OWNER/NAME, or set ${variable}${file}.`,
    })
  }
  const [, owner, name] = PROJECT.exec(found.text.trim()) ?? []
  if (owner !== undefined && name !== undefined) return { owner, name }
  throw new Failure('usage', `${found.place} names no project.`, {
    hint: 'Write OWNER/NAME, as alice/nanochat.',
  })
}

/**
 * Of the very folder that the command was started in: a file further up may be somebody else's, who would choose what
 * runs here.
 */
function inFolder({ line, world }: Context): { text: string; place: string } | undefined {
  if (line.projectFile === undefined) return undefined
  const path = join(world.folder, line.projectFile)
  const read = world.files?.read(path)
  if (read === undefined || read.found === 'nothing') return undefined
  const place = shownPath(path, world)
  if (read.found === 'text') return { text: read.text, place }
  throw new Failure('file_unusable', `${place} cannot be read (${read.code}).`)
}
