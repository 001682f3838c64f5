import type { ProfilesJson, ProfilesJsonInput } from './layout.ts'
import { chooseProfile } from './profile.ts'
import type { ProfilesDocument } from './profiles.ts'
import { parseProfiles } from './profiles.ts'
import type { FileLayers, Reading } from './reading.ts'
import { gather, load, NOTHING } from './reading.ts'

/**
 * `{ "active": "work", "profiles": { "work": { "api_key": "…" } }, "bindings": { "/folder": "work" } }`.
 * The profile is chosen by argument, `<ENV>_PROFILE`, the nearest bound folder, `active`, `default`.
 */
export function profilesJson(input: ProfilesJsonInput): ProfilesJson {
  return { layout: 'profiles-json', file: 'config.json', whenReadable: 'repair', ...input, read }
}

function read(reading: Reading): FileLayers {
  const [path] = reading.paths
  if (path === undefined) return NOTHING
  const { name } = reading.brand.credential
  const loaded = load<ProfilesDocument>(reading, path, {
    parse: parseProfiles,
    holdsSecret: ({ profiles }) => [...profiles.values()].some((entries) => entries.has(name)),
  })
  const gathered = { ...NOTHING, ...gather([loaded], [path]) }
  if (loaded.problems.length > 0) return gathered
  const document = loaded.value ?? { active: undefined, profiles: new Map(), bindings: new Map() }
  const choice = chooseProfile(reading.brand, document, { ...reading, path })
  const entries = document.profiles.get(choice.profile)
  return {
    ...gathered,
    profile: choice.profile,
    problems: choice.problem === undefined ? [] : [choice.problem],
    layers: entries === undefined ? [] : [{ path, section: choice.profile, entries }],
  }
}
