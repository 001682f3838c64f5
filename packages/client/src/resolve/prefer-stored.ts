// A person can say that the stored login goes before the environment. Only a brand that names a setting for it has this.

import type { Brand } from '../brand/brand.ts'
import type { CheckedPart } from '../brand/findings.ts'
import { recordOf } from '../loose/record.ts'
import type { Layer, Setting } from '../setting/setting.ts'
import type { Places } from './candidates.ts'
import { candidatesOf } from './candidates.ts'

/** What `preferStored` gives a brand. */
export interface StoredPreference extends CheckedPart {
  /** The name of the setting, a boolean. */
  readonly setting: string
  /** The order of each setting's layers, where somebody has chosen it. */
  readonly orderIn: (places: Places) => ((setting: Setting) => readonly Layer[]) | undefined
}

/** @param setting the boolean setting with which a person says that the stored login goes first */
export function preferStored(setting: string): StoredPreference {
  const orderIn: StoredPreference['orderIn'] = (places) => {
    const { brand } = places
    const own = brand.settings.find(({ name }) => name === setting)
    if (own === undefined || candidatesOf(places, own)[0]?.value !== true) return undefined
    const orderOf = (each: Setting): readonly Layer[] => precedenceOf(brand, each)
    // Where an argument counts, or nothing is stored, there is no login to prefer, and no server that goes with it.
    const [first] = candidatesOf({ ...places, orderOf }, brand.credential)
    return first?.source.layer === 'files' ? orderOf : undefined
  }
  const check: StoredPreference['check'] = (findings, { settings }) => {
    const isBoolean = recordOf(recordOf(settings)[setting])['type'] === 'boolean'
    findings.must(isBoolean, 'preferStored', ['is no boolean setting', 'name one'])
  }
  return { setting, check, orderIn }
}

/**
 * A stored login is a credential and the server it is for: one without the other would tell a server somebody else's
 * secret. One that names no server is for the brand's own. Among hosts the server chooses the login, so there its own
 * order stays.
 */
function precedenceOf(brand: Brand, setting: Setting): readonly Layer[] {
  const { precedence } = setting
  const at = precedence.indexOf('environment')
  const isEnvironmentFirst = at >= 0 && at < precedence.indexOf('files')
  if (!isEnvironmentFirst) return precedence
  if (setting === brand.credential) return precedence.map((layer) => SWAPPED[layer] ?? layer)
  if (setting !== brand.server || brand.files?.layout === 'hosts-json') return precedence
  return [...precedence.filter((layer) => layer !== 'environment'), 'environment']
}

const SWAPPED: Partial<Record<Layer, Layer>> = { environment: 'files', files: 'environment' }
