// Which profile counts: argument, variable, the nearest bound folder, the active one, `default`.

import type { Brand } from '../brand/brand.ts'
import type { ConfigProblem } from '../resolve/resolution.ts'
import type { ProfilesDocument } from './profiles.ts'
import type { Reading } from './reading.ts'

export interface ProfileChoice {
  readonly profile: string
  readonly problem: ConfigProblem | undefined
}

const DEFAULT_PROFILE = 'default'

/** A profile that somebody named has to exist; `default` need not. */
export function chooseProfile(
  brand: Pick<Brand, 'env'>,
  document: ProfilesDocument,
  request: Pick<Reading, 'profile' | 'surroundings'> & { readonly path: string },
): ProfileChoice {
  const { surroundings, path } = request
  const variable = `${brand.env}_PROFILE`
  const bound = nearestBinding(document.bindings, surroundings.cwd)
  const named: readonly [string | undefined, string][] = [
    [request.profile, 'the profile argument'],
    [surroundings.env[variable], variable],
    [bound?.profile, `the binding of ${bound?.folder ?? ''} in ${path}`],
    [document.active, `'active' in ${path}`],
  ]
  const [profile, place] = named.find(([name]) => name !== undefined && name !== '') ?? []
  if (profile === undefined || place === undefined) {
    return { profile: DEFAULT_PROFILE, problem: undefined }
  }
  if (document.profiles.has(profile)) return { profile, problem: undefined }
  const known = [...document.profiles.keys()]
  const fix = known.length > 0 ? `use one of ${known.join(', ')}` : `log in to make it`
  const problem = `${place} names the profile '${profile}', which ${path} does not have`
  return { profile, problem: { code: 'unknown_profile', problem, fix, place } }
}

function nearestBinding(
  bindings: ReadonlyMap<string, string>,
  cwd: string | undefined,
): { readonly folder: string; readonly profile: string } | undefined {
  if (cwd === undefined) return undefined
  return [...bindings]
    .map(([folder, profile]) => ({ folder, profile }))
    .filter(({ folder }) => isWithin(folder.replace(/[/\\]+$/, ''), cwd))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`)
}
